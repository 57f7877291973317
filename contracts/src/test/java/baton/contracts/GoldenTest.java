package baton.contracts;

import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.InputFormat;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.lang.reflect.RecordComponent;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class GoldenTest {
  /** Optional fields that older writers did not send, as {@code topic/field}. */
  private static final Set<String> ADDED_LATER =
      Set.of(
          "campaign/channel",
          "campaign/source",
          "campaign/personas",
          "campaign/announcedAt",
          "campaign/announcedUnder",
          "campaign/reviews");

  private static final SchemaRegistry SCHEMAS =
      SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12);

  @ParameterizedTest
  @EnumSource
  void a_golden_event_is_read_and_written_back_to_the_byte(Topic topic) throws Exception {
    var golden = Golden.value(topic);

    var written = Json.bytes(Json.mapper().readValue(golden, topic.event()));

    assertThat(new String(written, StandardCharsets.UTF_8))
        .isEqualTo(new String(golden, StandardCharsets.UTF_8));
  }

  @ParameterizedTest
  @EnumSource
  void a_golden_event_names_every_field_it_was_released_with(Topic topic) {
    var golden = Golden.json("/golden/" + topic.topicName() + ".v1.json");

    assertThat(golden.propertyStream().map(Map.Entry::getKey))
        .containsExactlyElementsOf(
            Arrays.stream(topic.event().getRecordComponents())
                .map(RecordComponent::getName)
                .filter(field -> !ADDED_LATER.contains(topic.topicName() + "/" + field))
                .toList());
  }

  @ParameterizedTest
  @EnumSource
  void a_golden_event_obeys_its_schema(Topic topic) {
    var schema = SCHEMAS.getSchema(Golden.schema(topic));

    var faults =
        schema.validate(
            new String(Golden.value(topic), StandardCharsets.UTF_8),
            InputFormat.JSON,
            context -> context.executionConfig(config -> config.formatAssertionsEnabled(true)));

    assertThat(faults).isEmpty();
  }

  @ParameterizedTest
  @EnumSource
  void a_schema_sees_what_is_wrong(Topic topic) {
    var schema = SCHEMAS.getSchema(Golden.schema(topic));
    var wrong =
        new String(Golden.value(topic), StandardCharsets.UTF_8)
            .replaceFirst("\"occurredAt\":\"[^\"]*\"", "\"occurredAt\":\"yesterday\"")
            .replaceFirst("\"charterVersion\":[0-9]+,?", "");

    var faults =
        schema.validate(
            wrong,
            InputFormat.JSON,
            context -> context.executionConfig(config -> config.formatAssertionsEnabled(true)));

    assertThat(faults)
        .extracting(com.networknt.schema.Error::getKeyword)
        .containsExactlyInAnyOrder("format", "required");
  }

  @ParameterizedTest
  @EnumSource
  void a_released_golden_event_is_never_edited(Topic topic) {
    var name = "/golden/" + topic.topicName() + ".v1.json";

    assertThat(Golden.bytes(name)).isEqualTo(Golden.bytes("/released" + name));
  }
}
