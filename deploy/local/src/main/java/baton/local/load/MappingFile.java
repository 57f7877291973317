package baton.local.load;

import baton.chassis.mapping.Mapping;
import baton.chassis.mapping.MappingBody;
import baton.chassis.mapping.MappingReader;
import baton.chassis.problem.Faults;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;

/**
 * A mapping as it stands in a file, in YAML or JSON: the language that lead-service keeps mappings
 * in.
 *
 * @param document as it was read
 * @param fields of the API, that it makes something of
 */
public record MappingFile(
    Path file, JsonNode document, Mapping<Posts> mapping, Posts posts, Set<String> fields) {
  private static final YAMLMapper YAML =
      YAMLMapper.builder().enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION).build();

  public static MappingFile read(Path file) throws Unusable {
    try {
      var document = YAML.readTree(Files.readString(file));
      var body = YAML.treeToValue(document, MappingBody.class);
      if (body == null) {
        throw new Unusable(file + " is empty");
      }
      return of(file, document, body);
    } catch (JsonProcessingException bad) {
      throw new Unusable(file + ": " + bad.getOriginalMessage());
    } catch (IOException unreadable) {
      throw new Unusable(file + " can't be read");
    }
  }

  /** A mapping that nobody wrote, for the file that it was made for. */
  public static MappingFile of(Path file, MappingBody body) throws Unusable {
    return of(file, YAML.valueToTree(body), body);
  }

  private static MappingFile of(Path file, JsonNode document, MappingBody body) throws Unusable {
    var faults = new Faults();
    var mapping = MappingReader.read(body, Posts.values(), "", faults);
    if (faults.any()) {
      throw Unusable.of(file, faults.list());
    }
    return new MappingFile(file, document, mapping, posts(body), fields(document));
  }

  private static Set<String> fields(JsonNode document) {
    var fields = new TreeSet<String>();
    for (var each : document.path("cases")) {
      each.path("fields").fieldNames().forEachRemaining(fields::add);
      each.path("constants").fieldNames().forEachRemaining(fields::add);
    }
    return fields;
  }

  /** What columns say that bear the names of the API's fields. */
  static Mapping<Posts> byName(List<String> columns, Posts posts) throws Unusable {
    var faults = new Faults();
    var mapping = MappingReader.read(MappingBody.byName(columns), new Posts[] {posts}, "", faults);
    if (faults.any()) {
      throw Unusable.of("without a mapping, columns are fields", faults.list());
    }
    return mapping;
  }

  /**
   * A file of outcomes or of history has nothing else; one of touches may have leads too, and is of
   * leads.
   */
  private static Posts posts(MappingBody body) {
    var into =
        Objects.requireNonNull(body.cases()).stream()
            .map(one -> one == null ? null : one.into())
            .distinct()
            .toList();
    for (var alone : List.of(Posts.OUTCOMES, Posts.HISTORY)) {
      if (into.contains(alone.word())) {
        return alone;
      }
    }
    return into.size() == 1 && Posts.TOUCHES.word().equals(into.getFirst())
        ? Posts.TOUCHES
        : Posts.LEADS;
  }

  /** What it is kept as. */
  public String name() {
    var name = String.valueOf(file.getFileName()).toLowerCase(Locale.ROOT);
    int dot = name.lastIndexOf('.');
    return (dot > 0 ? name.substring(0, dot) : name).replaceAll("[^a-z0-9._-]", "-");
  }
}
