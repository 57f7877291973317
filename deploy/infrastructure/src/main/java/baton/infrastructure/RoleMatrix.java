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
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * Who may make which call, on their own, on another's and on what isn't there: a table, {@code
 * role-matrix.md} among a service's test resources, held against the calls that the service says it
 * has: a call without a row differs from it, as does a row without a call, and a path that names
 * something without a row in which that is there. What the service answers is left in {@code
 * target}.
 *
 * <p>Each row is made in the order of its columns: what one changed, the next one finds. A {@code
 * $word} of its call or body stands for what its object has by that word, and so does a {@code
 * {variable}} of its path; {@code \n} in a body that isn't JSON is a new line.
 */
public final class RoleMatrix implements AutoCloseable {
  private static final String FILE = "role-matrix.md";
  private static final Path ANSWERED = Path.of("target", FILE);
  private static final Duration PATIENCE = Duration.ofSeconds(20);
  private static final Pattern VARIABLE = Pattern.compile("\\{([^}:]+)[^}]*}");
  private static final String NOBODY = "nobody";
  private static final String ABSENT = "absent";
  private static final Map<String, String> PLAIN = Map.of("Content-Type", "application/json");
  private static final Map<String, String> ODD =
      Map.of("Content-Type", "application/x-nothing", "Accept", "image/png");
  private static final Map<String, String> COMPRESSED =
      Map.of("Content-Type", "application/json", "Content-Encoding", "gzip");
  private static final Pattern WORD = Pattern.compile("\\$([a-zA-Z]+)");

  /** What an object may have beside variables: the revision that a change is made of. */
  private static final String IF_MATCH = "If-Match";

  private static final String SELLER = "seller";
  private static final int FIRST_CALLER = 3;

  private record Row(String call, String object, String body, List<String> cells) {
    String method() {
      return call.substring(0, call.indexOf(' '));
    }

    String address() {
      return call.substring(call.indexOf(' ') + 1);
    }

    /** The call as the service describes it, without what it is asked for by this row. */
    String described() {
      int query = call.indexOf('?');
      return query < 0 ? call : call.substring(0, query);
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

  /** Parks a record in a service's database that nobody hears; answers its id. */
  public static String park(DataSource database) {
    run(
        database,
        """
        INSERT INTO parked_record
          (consumer, topic, partition, "offset", record_time, header_names, header_values, reason)
        VALUES ('matrix', 'lead-handoff', 0, 0, now(), '{}', '{}', 'it was put here')
        """);
    return "matrix@lead-handoff:0:0";
  }

  /** Takes it away again, so that others find nothing parked. */
  public static void unpark(DataSource database) {
    run(database, "DELETE FROM parked_record WHERE consumer = 'matrix'");
  }

  private static void run(DataSource database, String statement) {
    try (var connection = database.getConnection();
        var run = connection.createStatement()) {
      run.execute(statement);
    } catch (SQLException failed) {
      throw new IllegalStateException(failed);
    }
  }

  /** The table as it is written. */
  public String expected() {
    return rows.stream().map(row -> line(row, row.cells())).collect(Collectors.joining("\n"));
  }

  /**
   * The table as the service answers.
   *
   * @param objects what variables stand for, by the word in the column {@code object}; a variable
   *     that nothing is said of stands for what isn't there
   */
  public String actual(Map<String, Map<String, String>> objects) {
    var table =
        Stream.concat(rows.stream(), unlisted())
            .map(
                row ->
                    types.containsKey(row.described())
                        ? line(row, answers(row, object(row, objects)))
                        : line(row, List.of("is no call of this service")))
            .collect(Collectors.joining("\n"));
    keep(table);
    return table;
  }

  /**
   * The calls by which a stranger is told anything but to say who they are, in whatever format they
   * ask; there should be none. A webhook's body is its credential, so it is read as it comes.
   */
  public List<String> open() {
    var open = new ArrayList<String>();
    for (var call : types.keySet()) {
      var formats = call.contains(" /webhooks/") ? List.of(PLAIN) : List.of(PLAIN, ODD, COMPRESSED);
      for (var credential : List.of("", "Bearer baton_nobody")) {
        for (var format : formats) {
          var request = request(call.substring(call.indexOf(' ') + 1), Map.of());
          format.forEach(request::header);
          if (!credential.isEmpty()) {
            request.header("Authorization", credential);
          }
          request.method(call.substring(0, call.indexOf(' ')), BodyPublishers.ofString("[]"));
          int status = status(request, call);
          if (status != 401) {
            open.add("%s as %s answers %d".formatted(call, format, status));
          }
        }
      }
    }
    return open;
  }

  private static Map<String, String> object(Row row, Map<String, Map<String, String>> objects) {
    var object = objects.get(row.object());
    if (object == null && !row.object().equals(ABSENT)) {
      throw new IllegalStateException("nothing is \"%s\"".formatted(row.object()));
    }
    return object == null ? Map.of() : object;
  }

  /** Calls without a row, or without one in which what they name is there. */
  private Stream<Row> unlisted() {
    var listed =
        rows.stream()
            .filter(row -> !row.object().equals(ABSENT) || !VARIABLE.matcher(row.call()).find())
            .map(Row::described)
            .collect(Collectors.toSet());
    return types.keySet().stream()
        .filter(call -> !listed.contains(call))
        .map(call -> new Row(call, ABSENT, "", List.of()));
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
    return header.stream()
        .skip(FIRST_CALLER)
        .map(caller -> Integer.toString(status(row, caller, object)))
        .toList();
  }

  private int status(Row row, String caller, Map<String, String> object) {
    var request = request(filled(row.address(), object), object);
    if (!caller.equals(NOBODY)) {
      request.header("Authorization", "Bearer " + token(caller));
    }
    var ifMatch = object.get(IF_MATCH);
    if (ifMatch != null) {
      request.header(IF_MATCH, ifMatch);
    }
    if (row.method().equals("GET") || row.method().equals("DELETE")) {
      request.method(row.method(), BodyPublishers.noBody());
    } else {
      var type = types.getOrDefault(row.described(), "application/json");
      var body = filled(row.body(), object);
      request
          .header("Content-Type", type)
          .method(
              row.method(),
              body.isEmpty()
                  ? BodyPublishers.noBody()
                  : BodyPublishers.ofString(
                      type.contains("json") ? body : body.replace("\\n", "\n")));
    }
    return status(request, row.call() + " as " + caller);
  }

  private HttpRequest.Builder request(String address, Map<String, String> object) {
    var path =
        VARIABLE
            .matcher(address)
            .replaceAll(found -> object.getOrDefault(found.group(1), absent(found.group(1))));
    return HttpRequest.newBuilder(service.resolve(path)).timeout(PATIENCE);
  }

  private static String filled(String text, Map<String, String> object) {
    return WORD.matcher(text)
        .replaceAll(
            found ->
                Matcher.quoteReplacement(
                    object.getOrDefault(found.group(1), absent(found.group(1)))));
  }

  private int status(HttpRequest.Builder request, String what) {
    try {
      var answer = client.send(request.build(), BodyHandlers.ofInputStream());
      answer.body().close();
      return answer.statusCode();
    } catch (IOException failed) {
      throw new UncheckedIOException(what, failed);
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
      case "call" -> "batch";
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
