package baton.contracts;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

class SchemaChangeTest {

  @ParameterizedTest
  @EnumSource
  void no_schema_breaks_what_was_released(Topic topic) {
    var released = Golden.json("/released/schemas/" + topic.topicName() + ".v1.json");

    assertThat(SchemaChange.breaking(released, Golden.schema(topic))).isEmpty();
  }

  @Test
  void another_optional_field_breaks_nobody() {
    var changed = outcome();
    properties(changed).putObject("competitor").put("type", "string");

    assertThat(SchemaChange.breaking(outcome(), changed)).isEmpty();
  }

  @Test
  void another_description_breaks_nobody() {
    var changed = outcome();
    changed.withObject("/properties/reason").put("description", "Why.");

    assertThat(SchemaChange.breaking(outcome(), changed)).isEmpty();
  }

  static Stream<Arguments> every_other_change_is_refused() {
    return Stream.of(
        refused("/properties/reason removed", it -> properties(it).remove("reason")),
        refused(
            "/properties/reason removed",
            it -> properties(it).set("why", properties(it).remove("reason"))),
        refused("/required changed", it -> it.withArray("required").add("reason")),
        refused("/required changed", it -> it.withArray("required").remove(0)),
        refused(
            "/properties/revision/type changed",
            it -> it.withObject("/properties/revision").put("type", "string")),
        refused(
            "/properties/result/enum changed",
            it -> it.withObject("/properties/result").withArray("enum").remove(0)),
        refused(
            "/properties/result/enum changed",
            it -> it.withObject("/properties/result").withArray("enum").add("won-back")),
        refused(
            "/properties/leadId/format removed",
            it -> it.withObject("/properties/leadId").remove("format")),
        refused(
            "/properties/reason/maxLength added",
            it -> it.withObject("/properties/reason").put("maxLength", 9)),
        refused(
            "/properties/revision/minimum changed",
            it -> it.withObject("/properties/revision").put("minimum", 5)),
        refused("/additionalProperties added", it -> it.put("additionalProperties", false)),
        refused(
            "/properties/contacts/items/format changed",
            it -> it.withObject("/properties/contacts/items").put("format", "uri")),
        refused(
            "/$defs/money/properties/currency removed",
            it -> it.withObject("/$defs/money/properties").remove("currency")),
        refused("/$id changed", it -> it.put("$id", "baton:/schemas/elsewhere.json")));
  }

  @ParameterizedTest
  @MethodSource
  void every_other_change_is_refused(String because, Consumer<ObjectNode> change) {
    var changed = outcome();
    change.accept(changed);

    assertThat(SchemaChange.breaking(outcome(), changed)).isEqualTo(List.of(because));
  }

  private static Arguments refused(String because, Consumer<ObjectNode> change) {
    return Arguments.of(because, change);
  }

  private static ObjectNode properties(ObjectNode schema) {
    return schema.withObject("/properties");
  }

  private static ObjectNode outcome() {
    return (ObjectNode) Golden.schema(Topic.LEAD_OUTCOME);
  }
}
