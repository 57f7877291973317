package baton.contracts;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.databind.JsonNode;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class SchemaTest {

  @ParameterizedTest
  @EnumSource
  void a_schema_says_of_every_field_what_its_record_says(Topic topic) {
    var schema = Golden.schema(topic);

    assertThat(saidBySchema(schema, schema)).isEqualTo(saidByRecord(topic.event()));
  }

  @ParameterizedTest
  @EnumSource
  void a_schema_describes_every_field(Topic topic) {
    var schema = Golden.schema(topic);
    var objects =
        Stream.concat(Stream.of(schema), schema.path("$defs").valueStream())
            .flatMap(object -> object.path("properties").valueStream());

    assertThat(objects)
        .allSatisfy(field -> assertThat(field.path("description").asText()).isNotBlank());
  }

  @ParameterizedTest
  @EnumSource
  void a_schema_is_found_where_the_envelope_says_and_stays_open(Topic topic) {
    var schema = Golden.schema(topic);

    assertThat(schema.path("$schema").asText())
        .isEqualTo("https://json-schema.org/draft/2020-12/schema");
    assertThat(schema.path("$id").asText()).isEqualTo(topic.dataSchema());
    assertThat(schema.findValues("additionalProperties"))
        .allSatisfy(open -> assertThat(open.asBoolean()).isTrue());
  }

  @Test
  void every_event_has_exactly_one_topic() {
    var permitted =
        Stream.of(Event.class, LeadEvent.class)
            .flatMap(family -> Arrays.stream(family.getPermittedSubclasses()))
            .filter(Class::isRecord)
            .map(Class::getName)
            .toList();

    assertThat(Arrays.stream(Topic.values()).map(topic -> topic.event().getName()))
        .containsExactlyInAnyOrderElementsOf(permitted);
  }

  @Test
  void a_word_on_the_wire_is_the_word_in_the_code() {
    var enums =
        List.of(
            BreachStep.values(),
            ClockChange.values(),
            ErasureKind.values(),
            HandoffStep.values(),
            Origin.values(),
            OutcomeResult.values(),
            RequestStep.values(),
            ReviewVerdict.values(),
            SellerStep.values(),
            Side.values(),
            SpendKind.values());

    assertThat(enums.stream().flatMap(Arrays::stream))
        .allSatisfy(
            constant ->
                assertThat(constant.getClass().getMethod("word").invoke(constant))
                    .isEqualTo(wire((Enum<?>) constant)));
  }

  /** Field by field: what may stand there, and whether it must. */
  private static Map<String, String> saidBySchema(JsonNode object, JsonNode root) {
    var required = object.path("required").valueStream().map(JsonNode::asText).toList();
    var said = new TreeMap<String, String>();
    object
        .path("properties")
        .propertyStream()
        .forEach(
            field ->
                said.put(
                    field.getKey(),
                    kind(field.getValue(), root)
                        + (required.contains(field.getKey()) ? " required" : "")));
    return said;
  }

  private static String kind(JsonNode field, JsonNode root) {
    if (field.has("$ref")) {
      var target = root.at(field.path("$ref").asText().substring(1));
      return saidBySchema(target, root).toString();
    }
    if (field.has("enum")) {
      return field.path("enum").valueStream().map(JsonNode::asText).toList().toString();
    }
    var type = field.path("type").asText();
    return switch (type) {
      case "array" -> "array of " + kind(field.path("items"), root);
      case "string" -> field.has("format") ? field.path("format").asText() : "string";
      default -> type;
    };
  }

  private static Map<String, String> saidByRecord(Class<?> type) {
    var said = new TreeMap<String, String>();
    for (var component : type.getRecordComponents()) {
      said.put(
          component.getName(),
          kind(component.getGenericType(), component) + (required(component) ? " required" : ""));
    }
    return said;
  }

  private static String kind(Type generic, RecordComponent component) {
    if (generic instanceof ParameterizedType parameterized) {
      return parameterized.getRawType() == Map.class
          ? "object"
          : "array of " + kind(parameterized.getActualTypeArguments()[0], component);
    }
    var type = (Class<?>) generic;
    // The amount of money is a decimal in a string; a role is one of six words.
    if (component.getDeclaringRecord() == Money.class) {
      return "string";
    }
    if (component.getDeclaringRecord() == AccessKey.class && component.getName().equals("role")) {
      return List.of("capture", "marketing", "sales", "sales-manager", "report", "admin")
          .toString();
    }
    if (type.isEnum()) {
      return Arrays.stream(type.getEnumConstants())
          .map(constant -> wire((Enum<?>) constant))
          .toList()
          .toString();
    }
    if (type.isRecord()) {
      return saidByRecord(type).toString();
    }
    return KINDS.getOrDefault(type, type.getName());
  }

  private static final Map<Class<?>, String> KINDS =
      Map.ofEntries(
          Map.entry(UUID.class, "uuid"),
          Map.entry(Instant.class, "date-time"),
          Map.entry(LocalDate.class, "date"),
          Map.entry(String.class, "string"),
          Map.entry(int.class, "integer"),
          Map.entry(long.class, "integer"),
          Map.entry(Integer.class, "integer"),
          Map.entry(boolean.class, "boolean"),
          Map.entry(Boolean.class, "boolean"),
          Map.entry(BigDecimal.class, "number"),
          Map.entry(JsonNode.class, "object"));

  private static boolean required(RecordComponent component) {
    return !component.getAnnotatedType().isAnnotationPresent(Nullable.class)
        && !List.class.isAssignableFrom(component.getType())
        && !Map.class.isAssignableFrom(component.getType());
  }

  private static String wire(Enum<?> constant) {
    try {
      var property =
          constant.getDeclaringClass().getField(constant.name()).getAnnotation(JsonProperty.class);
      return property == null ? "(no word)" : property.value();
    } catch (NoSuchFieldException impossible) {
      throw new AssertionError(impossible);
    }
  }
}
