package baton.infrastructure;

import baton.contracts.Json;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Who may make which call, on their own, on another's and on what isn't there: a table, {@code
 * role-matrix.md} among a service's test resources, held against the calls that the service says it
 * has: a call without a row differs from it, as does a row without a call. What the service answers
 * is left in {@code target}. A cell says a status, or {@code may}: let in, whatever comes of it.
 *
 * <p>Each row is made in the order of its columns. A body that isn't said is {@code []}, which
 * every command refuses, so that little changes.
 */
public final class RoleMatrix implements AutoCloseable {
  private static final String FILE = "role-matrix.md";
  private static final Path ANSWERED = Path.of("target", FILE);
  private static final Duration PATIENCE = Duration.ofSeconds(20);
  private static final Pattern VARIABLE = Pattern.compile("\\{([^}:]+)[^}]*}");
  private static final String NOBODY = "nobody";
  private static final String MAY = "may";
  private static final String SELLER = "seller";
  private static final int FIRST_CALLER = 3;

  private record Row(String call, String object, String body, List<String> cells) {
    String method() {
      return call.substring(0, call.indexOf(' '));
    }

    String path() {
      return call.substring(call.indexOf(' ') + 1);
    }
  }

  private final URI service;
  private final List<String> header;
  private final List<Row> rows;
  private final Map<String, String> types;
  private final HttpClient client =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

  /** The table beside this class's package, for the service that answers there. */
  public RoleMatrix(URI service, Class<?> test) {
    this.service = service;
    var lines = lines(test);
    this.header = cells(lines.getFirst());
    this.rows =
        lines.stream()
            .skip(2)
            .map(RoleMatrix::cells)
            .map(
                cells ->
                    new Row(
                        cells.get(0),
                        cells.get(1),
                        cells.get(2),
                        cells.subList(FIRST_CALLER, cells.size())))
            .toList();
    this.types = types();
  }

  /** The table as it is written. */
  public String expected() {
    return rows.stream().map(row -> line(row, row.cells())).collect(Collectors.joining("\n"));
  }

  /**
   * The table as the service answers.
   *
   * @param objects what the variables of a path stand for, by the word in the column {@code
   *     object}; a variable that nothing is said of stands for what isn't there
   */
  public String actual(Map<String, Map<String, String>> objects) {
    var table =
        Stream.concat(rows.stream(), unlisted())
            .map(
                row ->
                    types.containsKey(row.call())
                        ? line(row, answers(row, objects.getOrDefault(row.object(), Map.of())))
                        : line(row, List.of("is no call of this service")))
            .collect(Collectors.joining("\n"));
    keep(table);
    return table;
  }

  private Stream<Row> unlisted() {
    var listed = rows.stream().map(Row::call).collect(Collectors.toSet());
    return types.keySet().stream()
        .filter(call -> !listed.contains(call))
        .map(call -> new Row(call, "absent", "", List.of()));
  }

  /** So that a new call's row can be copied, once it is seen to be right. */
  private void keep(String table) {
    try {
      Files.createDirectories(ANSWERED.getParent());
      Files.writeString(ANSWERED, table + "\n");
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }

  @Override
  public void close() {
    client.close();
  }

  private List<String> answers(Row row, Map<String, String> object) {
    var answers = new ArrayList<String>();
    for (int i = 0; i < header.size() - FIRST_CALLER; i++) {
      int status = status(row, header.get(FIRST_CALLER + i), object);
      var isLetIn = status != 401 && status != 403 && status < 500;
      var cell = i < row.cells().size() ? row.cells().get(i) : "";
      answers.add(isLetIn && cell.equals(MAY) ? MAY : Integer.toString(status));
    }
    return answers;
  }

  private int status(Row row, String caller, Map<String, String> object) {
    var path =
        VARIABLE
            .matcher(row.path())
            .replaceAll(found -> object.getOrDefault(found.group(1), absent(found.group(1))));
    var request = HttpRequest.newBuilder(service.resolve(path)).timeout(PATIENCE);
    if (!caller.equals(NOBODY)) {
      request.header("Authorization", "Bearer " + token(caller));
    }
    if (row.method().equals("GET") || row.method().equals("DELETE")) {
      request.method(row.method(), BodyPublishers.noBody());
    } else {
      var body = row.body().isEmpty() ? "[]" : row.body();
      request
          .header("Content-Type", types.getOrDefault(row.call(), "application/json"))
          .method(row.method(), BodyPublishers.ofString(body));
    }
    try {
      var answer = client.send(request.build(), BodyHandlers.ofInputStream());
      answer.body().close();
      return answer.statusCode();
    } catch (IOException failed) {
      throw new UncheckedIOException(row.call() + " as " + caller, failed);
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(stopped);
    }
  }

  private static String token(String caller) {
    return caller.equals(SELLER)
        ? Infrastructure.shared().sellerKey("ada")
        : Infrastructure.shared().key(caller);
  }

  /** What no variable of this name stands for. */
  private static String absent(String variable) {
    return switch (variable) {
      case "number", "n", "version", "v", "w", "other" -> "999999";
      case "date" -> "2026-01-31";
      default -> "01980f5a-3c00-7000-8000-0000000000ff";
    };
  }

  /** The calls there are, and what each takes. */
  private Map<String, String> types() {
    var found = new LinkedHashMap<String, String>();
    for (var path : document().path("paths").properties()) {
      for (var operation : path.getValue().properties()) {
        var method = operation.getKey().toUpperCase(Locale.ROOT);
        if (List.of("GET", "POST", "PUT", "PATCH", "DELETE").contains(method)) {
          found.put(method + " " + path.getKey(), type(operation.getValue()));
        }
      }
    }
    return found;
  }

  private static String type(JsonNode operation) {
    var types = operation.at("/requestBody/content").fieldNames();
    var first = types.hasNext() ? types.next() : "application/json";
    return first.contains("*") ? "application/json" : first;
  }

  private JsonNode document() {
    var request =
        HttpRequest.newBuilder(service.resolve("/openapi?format=json"))
            .header("X-Api-Key", Infrastructure.shared().key("report"))
            .header("Accept", "application/json")
            .build();
    try {
      return Json.mapper().readTree(client.send(request, BodyHandlers.ofString()).body());
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(stopped);
    }
  }

  private static String line(Row row, List<String> cells) {
    return "| %s | %s | %s | %s |"
        .formatted(row.call(), row.object(), row.body(), String.join(" | ", cells));
  }

  private static List<String> lines(Class<?> test) {
    try (@Nullable InputStream table = test.getResourceAsStream("/" + FILE)) {
      if (table == null) {
        throw new IllegalStateException("there is no " + FILE);
      }
      return new String(table.readAllBytes(), StandardCharsets.UTF_8)
          .lines()
          .filter(line -> line.startsWith("|"))
          .toList();
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }

  private static List<String> cells(String line) {
    var cells = line.strip().split("\\|", -1);
    return List.of(cells).subList(1, cells.length - 1).stream().map(String::strip).toList();
  }
}
