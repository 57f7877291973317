package baton.local.load;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Which command a row becomes, field by field. A field is a path of names and list positions
 * ({@code externalIds.0.id}); one whose column is empty is left out, and a constant inside an
 * object is left out with it, so that no currency stands without an amount.
 */
public record Mapping(Target posts, List<String> nulls, Map<String, Field> fields) {

  /** Where a row is posted. */
  public enum Target {
    LEADS("lead", "/leads/batch"),
    TOUCHES("lead", "/touches/batch"),
    OUTCOMES("feedback", "/outcomes/batch");

    private final String service;
    private final String path;

    Target(String service, String path) {
      this.service = service;
      this.path = path;
    }

    public String service() {
      return service;
    }

    public String path() {
      return path;
    }

    public String word() {
      return name().toLowerCase(Locale.ROOT);
    }

    @JsonCreator
    static Target named(String name) {
      return valueOf(name.toUpperCase(Locale.ROOT));
    }
  }

  /** What a cell is to become in JSON. */
  public enum Type {
    TEXT,
    INTEGER,
    BOOLEAN;

    @JsonCreator
    static Type named(String name) {
      return valueOf(name.toUpperCase(Locale.ROOT));
    }
  }

  /** Where a field's value comes from: a column or a constant. */
  public record Field(
      @Nullable String column,
      @Nullable JsonNode constant,
      @Nullable DateForm date,
      Type type,
      Map<String, String> values) {

    @JsonCreator
    static Field read(String column) {
      return new Field(column, null, null, Type.TEXT, Map.of());
    }

    @JsonCreator
    static Field read(
        @JsonProperty("column") @Nullable String column,
        @JsonProperty("constant") @Nullable JsonNode constant,
        @JsonProperty("date") @Nullable String date,
        @JsonProperty("zone") @Nullable String zone,
        @JsonProperty("type") @Nullable Type type,
        @JsonProperty("values") @Nullable Map<String, String> values) {
      if ((column == null) == (constant == null)) {
        throw new IllegalArgumentException("a field has either a column or a constant");
      }
      return new Field(
          column,
          constant,
          date == null ? null : DateForm.of(date, zone),
          type == null ? Type.TEXT : type,
          values == null ? Map.of() : values);
    }
  }

  /** A mapping that can't be used, and why. */
  public static final class Unusable extends Exception {
    private static final long serialVersionUID = 1;

    Unusable(String why) {
      super(why);
    }
  }

  private static final YAMLMapper YAML =
      YAMLMapper.builder()
          .enable(com.fasterxml.jackson.core.JsonParser.Feature.STRICT_DUPLICATE_DETECTION)
          .build();
  private static final JsonMapper JSON = JsonMapper.builder().build();

  @JsonCreator
  static Mapping of(
      @JsonProperty(value = "posts", required = true) Target posts,
      @JsonProperty("nulls") @Nullable List<String> nulls,
      @JsonProperty(value = "fields", required = true) Map<String, Field> fields) {
    return new Mapping(
        posts, nulls == null ? List.of("") : List.copyOf(nulls), new LinkedHashMap<>(fields));
  }

  /** Reads a mapping from YAML or JSON. */
  public static Mapping read(Path file) throws Unusable {
    try {
      return YAML.readValue(Files.readString(file), Mapping.class);
    } catch (JsonProcessingException bad) {
      throw new Unusable(file + ": " + bad.getOriginalMessage());
    } catch (IOException unreadable) {
      throw new Unusable(file + " can't be read");
    }
  }

  /** What stands where no mapping is named: columns bear the names of the fields. */
  public static Mapping byName(Target posts, Collection<String> columns) {
    var fields = new LinkedHashMap<String, Field>();
    columns.forEach(column -> fields.put(column, Field.read(column)));
    return new Mapping(posts, List.of(""), fields);
  }

  /** Says which columns are missing before the first row is posted. */
  public void check(Collection<String> columns) throws Unusable {
    var missing = new TreeSet<String>();
    for (var field : fields.values()) {
      if (field.column() != null && !columns.contains(field.column())) {
        missing.add(field.column());
      }
    }
    if (!missing.isEmpty()) {
      throw new Unusable(
          "the mapping names columns that the file doesn't have: "
              + String.join(", ", missing)
              + " (it has "
              + String.join(", ", columns)
              + ")");
    }
  }

  public Mapped map(Map<String, String> cells) {
    var leaves = new LinkedHashMap<String, JsonNode>();
    var faults = new ArrayList<String>();
    fields.forEach(
        (path, field) -> {
          if (field.column() != null) {
            var cell = cells.get(field.column());
            if (cell != null && !nulls.contains(cell.strip())) {
              try {
                leaves.put(path, value(field, cell.strip()));
              } catch (DateTimeException | IllegalArgumentException bad) {
                faults.add(path + ": " + bad.getMessage());
              }
            }
          }
        });
    if (!faults.isEmpty()) {
      return new Mapped.Refused(String.join("; ", faults));
    }
    var body = JsonNodeFactory.instance.objectNode();
    fields.forEach(
        (path, field) -> {
          var value = field.constant() == null ? leaves.get(path) : field.constant();
          if (value != null && (field.constant() == null || stands(path, leaves))) {
            put(body, path, value);
          }
        });
    return new Mapped.Command(lists(body));
  }

  /** Whether the object that holds a constant has anything else to say. */
  private boolean stands(String path, Map<String, JsonNode> leaves) {
    var parent = parent(path);
    if (parent.isEmpty()) {
      return true;
    }
    var fromColumns =
        fields.entrySet().stream()
            .filter(other -> other.getValue().column() != null)
            .map(Map.Entry::getKey)
            .filter(other -> parent(other).equals(parent))
            .toList();
    return fromColumns.isEmpty() || fromColumns.stream().anyMatch(leaves::containsKey);
  }

  private static String parent(String path) {
    return path.substring(0, Math.max(0, path.lastIndexOf('.')));
  }

  private static JsonNode value(Field field, String cell) {
    var text = field.values().getOrDefault(cell, cell);
    if (field.date() != null) {
      return JsonNodeFactory.instance.textNode(field.date().instant(text).toString());
    }
    return switch (field.type()) {
      case TEXT -> JsonNodeFactory.instance.textNode(text);
      case INTEGER -> integer(text);
      case BOOLEAN -> JsonNodeFactory.instance.booleanNode(bool(text));
    };
  }

  private static JsonNode integer(String text) {
    try {
      return JsonNodeFactory.instance.numberNode(Long.parseLong(text));
    } catch (NumberFormatException bad) {
      throw new IllegalArgumentException("'" + text + "' is not a whole number", bad);
    }
  }

  private static boolean bool(String text) {
    return switch (text.toLowerCase(Locale.ROOT)) {
      case "true", "yes", "y", "1" -> true;
      case "false", "no", "n", "0" -> false;
      default -> throw new IllegalArgumentException("'" + text + "' is neither yes nor no");
    };
  }

  private static void put(ObjectNode body, String path, JsonNode value) {
    var at = body;
    var names = path.split("\\.");
    for (var i = 0; i < names.length - 1; i++) {
      at = at.withObjectProperty(names[i]);
    }
    at.set(names[names.length - 1], value);
  }

  /** Objects whose names are all numbers are lists. */
  private static ObjectNode lists(ObjectNode body) {
    for (var name : List.copyOf(names(body))) {
      if (body.get(name) instanceof ObjectNode inner) {
        lists(inner);
        if (names(inner).stream().allMatch(key -> key.matches("\\d+"))) {
          var list = JSON.createArrayNode();
          inner.elements().forEachRemaining(list::add);
          body.set(name, list);
        }
      }
    }
    return body;
  }

  private static List<String> names(ObjectNode node) {
    var names = new ArrayList<String>();
    node.fieldNames().forEachRemaining(names::add);
    return names;
  }
}
