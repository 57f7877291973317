package baton.local.load;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import de.siegmar.fastcsv.reader.FieldMismatchStrategy;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A file of leads or outcomes: CSV (separated by comma, semicolon or tab, with or without a byte
 * order mark) or NDJSON. It is read line by line, so that its size doesn't matter.
 */
public sealed interface Export {
  JsonMapper JSON =
      JsonMapper.builder()
          .enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION)
          .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .build();

  /** How many lines it has, roughly: for progress only. */
  long lines() throws IOException;

  /** Hands over every line in order. */
  void forEach(Consumer<Line> to) throws IOException, Mapping.Unusable;

  /** Tells the form of a file by what it begins with. */
  static Export of(Path file, Mapping.Target posts, @Nullable Mapping mapping)
      throws IOException, Mapping.Unusable {
    if (mapping != null && mapping.posts() != posts) {
      throw new Mapping.Unusable(
          "the mapping for " + file.getFileName() + " posts " + mapping.posts().word());
    }
    try (var reader = Files.newBufferedReader(file, StandardCharsets.UTF_8)) {
      var first = firstLine(reader);
      return first.startsWith("{")
          ? new Ndjson(file, mapping)
          : new Csv(file, separator(first), posts, mapping);
    }
  }

  private static String firstLine(BufferedReader reader) throws IOException {
    var line = reader.readLine();
    return line == null ? "" : line.replace("\uFEFF", "").strip();
  }

  private static char separator(String header) {
    var best = ',';
    var most = 0L;
    for (var candidate : new char[] {',', ';', '\t'}) {
      var count = header.chars().filter(c -> c == candidate).count();
      if (count > most) {
        most = count;
        best = candidate;
      }
    }
    return best;
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

  record Csv(Path file, char separator, Mapping.Target posts, @Nullable Mapping given)
      implements Export {
    @Override
    public long lines() throws IOException {
      return Math.max(0, countLines(file) - 1);
    }

    @Override
    public void forEach(Consumer<Line> to) throws IOException, Mapping.Unusable {
      try (CsvReader<CsvRecord> reader =
          CsvReader.builder()
              .fieldSeparator(separator)
              .detectBomHeader(true)
              .extraFieldStrategy(FieldMismatchStrategy.IGNORE)
              .missingFieldStrategy(FieldMismatchStrategy.IGNORE)
              .ofCsvRecord(file, StandardCharsets.UTF_8)) {
        var records = reader.iterator();
        if (!records.hasNext()) {
          return;
        }
        var header = records.next().getFields().stream().map(String::strip).toList();
        var mapping = given == null ? Mapping.byName(posts, header) : given;
        mapping.check(header);
        while (records.hasNext()) {
          var row = records.next();
          to.accept(line(row, header, mapping));
        }
      } catch (CsvParseException broken) {
        throw new Mapping.Unusable(file + ": " + broken.getMessage());
      }
    }

    private static Line line(CsvRecord row, List<String> header, Mapping mapping) {
      var cells = new LinkedHashMap<String, String>();
      for (var i = 0; i < Math.min(header.size(), row.getFieldCount()); i++) {
        cells.put(header.get(i), row.getField(i));
      }
      var mapped =
          row.getFieldCount() == header.size()
              ? mapping.map(cells)
              : new Mapped.Refused(
                  "the row has "
                      + row.getFieldCount()
                      + " fields where the header has "
                      + header.size());
      return new Line(row.getStartingLineNumber(), cells, mapped);
    }
  }

  record Ndjson(Path file, @Nullable Mapping mapping) implements Export {
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
      try {
        if (JSON.readTree(text) instanceof ObjectNode body) {
          if (mapping == null) {
            cells.put("json", text);
            return new Line(number, cells, new Mapped.Command(body));
          }
          flatten("", body, cells);
          return new Line(number, cells, mapping.map(cells));
        }
        cells.put("json", text);
        return new Line(number, cells, new Mapped.Refused("the line is not a JSON object"));
      } catch (JsonProcessingException bad) {
        cells.put("json", text);
        return new Line(number, cells, new Mapped.Refused("the line is not JSON"));
      }
    }

    private static void flatten(String prefix, JsonNode node, Map<String, String> cells) {
      if (node.isObject()) {
        node.properties()
            .forEach(
                property -> flatten(prefix + "." + property.getKey(), property.getValue(), cells));
      } else if (node.isArray()) {
        for (var i = 0; i < node.size(); i++) {
          flatten(prefix + "." + i, node.get(i), cells);
        }
      } else if (!node.isNull()) {
        cells.put(prefix.substring(1), node.asText());
      }
    }
  }
}
