package baton.local.load;

import baton.chassis.mapping.Mapped;
import baton.chassis.mapping.Mapping;
import baton.chassis.table.Columns;
import baton.chassis.table.Dialect;
import baton.chassis.table.Row;
import baton.chassis.table.Rows;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A file of leads or outcomes: CSV as spreadsheets and CRMs write it, or NDJSON. It is read line by
 * line, so that its size doesn't matter.
 */
public sealed interface Export {
  int BEGINNING = 64 * 1024;
  JsonMapper JSON =
      JsonMapper.builder()
          .enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION)
          .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .build();

  /** How many lines it has, roughly: for progress only. */
  long lines() throws IOException;

  /** Hands over every line in order. */
  void forEach(Consumer<Line> to) throws IOException, Unusable;

  /** Tells the form of a file by what it begins with. */
  static Export of(Path file, Posts posts, @Nullable MappingFile mapping, @Nullable Charset charset)
      throws IOException, Unusable {
    if (mapping != null && mapping.posts() != posts) {
      throw new Unusable(
          "the mapping for " + file.getFileName() + " posts " + mapping.posts().many());
    }
    var first = new String(beginning(file), StandardCharsets.UTF_8).replace("\uFEFF", "").strip();
    return first.startsWith("{")
        ? new Ndjson(file, posts, mapping)
        : new Csv(file, posts, mapping, charset);
  }

  private static byte[] beginning(Path file) throws IOException {
    try (var in = Files.newInputStream(file)) {
      return in.readNBytes(BEGINNING);
    }
  }

  private static long countLines(Path file) throws IOException {
    try (var in = Files.newInputStream(file)) {
      var buffer = new byte[1 << 16];
      var lines = 0L;
      for (var read = in.read(buffer); read > 0; read = in.read(buffer)) {
        for (var i = 0; i < read; i++) {
          if (buffer[i] == '\n') {
            lines++;
          }
        }
      }
      return lines;
    }
  }

  /** The names of a file's columns, and its first rows that can be read. */
  record Head(List<String> columns, List<ObjectNode> rows) {}

  record Csv(Path file, Posts posts, @Nullable MappingFile given, @Nullable Charset charset)
      implements Export {
    @Override
    public long lines() throws IOException {
      return Math.max(0, countLines(file) - 1);
    }

    @Override
    public void forEach(Consumer<Line> to) throws IOException, Unusable {
      try (var in = Files.newInputStream(file)) {
        var rows = rows(in);
        var columns = columns(rows);
        if (columns == null) {
          return;
        }
        var mapping = given == null ? MappingFile.byName(columns.names(), posts) : given.mapping();
        var lacking = mapping.lacking(Set.copyOf(columns.names()));
        if (!lacking.isEmpty()) {
          throw Unusable.of(file, lacking);
        }
        for (var row = rows.next(); row != null; row = rows.next()) {
          to.accept(line(row, columns, mapping));
        }
      }
    }

    /** What it begins with; at most so many rows. */
    public Head head(int most) throws IOException, Unusable {
      try (var in = Files.newInputStream(file)) {
        var rows = rows(in);
        var columns = columns(rows);
        if (columns == null) {
          throw new Unusable(file + " is empty");
        }
        var first = new ArrayList<ObjectNode>();
        for (var row = rows.next(); row != null && first.size() < most; row = rows.next()) {
          if (row.fault() == null) {
            first.add(columns.object(row));
          }
        }
        return new Head(columns.names(), first);
      }
    }

    private Rows rows(InputStream in) throws IOException {
      return Rows.of(in, Dialect.of(beginning(file), charset));
    }

    /** Null where there is no line at all. */
    private @Nullable Columns columns(Rows rows) throws IOException, Unusable {
      var header = rows.next();
      if (header == null) {
        return null;
      }
      if (header.fault() != null) {
        throw new Unusable(file + ": the header " + header.fault());
      }
      return Columns.of(header);
    }

    private Line line(Row row, Columns columns, Mapping<Posts> mapping) {
      var cells = new LinkedHashMap<String, String>();
      for (var i = 0; i < Math.min(columns.names().size(), row.cells().size()); i++) {
        cells.put(columns.names().get(i), row.cells().get(i));
      }
      var fault = row.fault();
      return new Line(
          row.line(),
          cells,
          fault != null
              ? new Made.Refused("the row " + fault)
              : made(mapping.ofRow(columns.object(row)), posts));
    }
  }

  private static Made made(Mapped<Posts> mapped, Posts posts) {
    if (!mapped.unread().isEmpty()) {
      return new Made.Refused(
          mapped.unread().stream()
              .map(fault -> fault.pointer() + " " + fault.detail())
              .collect(Collectors.joining("; ")));
    }
    return mapped.into() == posts
        ? new Made.Command(mapped.fields())
        : new Made.Refused("the mapping makes none of the " + posts.many() + " of it");
  }

  record Ndjson(Path file, Posts posts, @Nullable MappingFile mapping) implements Export {
    @Override
    public long lines() throws IOException {
      return countLines(file);
    }

    @Override
    public void forEach(Consumer<Line> to) throws IOException {
      try (var reader = Files.newBufferedReader(file, StandardCharsets.UTF_8)) {
        var number = 0L;
        for (var text = reader.readLine(); text != null; text = reader.readLine()) {
          number++;
          if (!text.isBlank()) {
            to.accept(line(number, text.replace("\uFEFF", "")));
          }
        }
      }
    }

    private Line line(long number, String text) {
      var cells = new LinkedHashMap<String, String>();
      cells.put("json", text);
      try {
        return new Line(number, cells, made(JSON.readTree(text)));
      } catch (JsonProcessingException bad) {
        return new Line(number, cells, new Made.Refused("the line is not JSON"));
      }
    }

    private Made made(JsonNode line) {
      if (!(line instanceof ObjectNode body)) {
        return new Made.Refused("the line is not a JSON object");
      }
      return mapping == null
          ? new Made.Command(body)
          : Export.made(mapping.mapping().of(body).getFirst(), posts);
    }
  }
}
