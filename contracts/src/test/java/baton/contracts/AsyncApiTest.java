package baton.contracts;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class AsyncApiTest {
  private final JsonNode document = document();

  @Test
  void the_document_names_exactly_the_topics_there_are() {
    var addresses =
        document.path("channels").valueStream().map(channel -> channel.path("address").asText());

    assertThat(document.path("asyncapi").asText()).isEqualTo("3.1.0");
    assertThat(addresses)
        .containsExactlyElementsOf(Arrays.stream(Topic.values()).map(Topic::topicName).toList());
  }

  @ParameterizedTest
  @EnumSource
  void a_channel_says_how_its_topic_is_made(Topic topic) {
    var bindings = follow(document.at("/channels/" + topic.topicName() + "/bindings"));
    var said = new TreeMap<String, String>();
    bindings
        .at("/kafka/topicConfiguration")
        .propertyStream()
        .forEach(setting -> said.put(setting.getKey(), text(setting.getValue())));
    bindings
        .path("x-kafka-settings")
        .propertyStream()
        .forEach(setting -> said.put(setting.getKey(), text(setting.getValue())));

    assertThat(said).isEqualTo(new TreeMap<>(topic.settings()));
  }

  @ParameterizedTest
  @EnumSource
  void a_message_says_its_type_and_schema(Topic topic) {
    var name = topic.topicName();

    var message = follow(document.at("/channels/" + name + "/messages/" + name));

    assertThat(message.path("name").asText()).isEqualTo(topic.type());
    assertThat(message.at("/payload/schema/$ref").asText())
        .isEqualTo("." + topic.dataSchema().substring("baton:".length()));
  }

  @Test
  void the_document_names_exactly_the_headers_there_are() {
    var envelope =
        new CloudEvent(
            new java.util.UUID(0, 0),
            Topic.CHARTER,
            "/handoff-service",
            java.time.Instant.EPOCH,
            "1",
            1,
            "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01",
            null);

    var said = document.at("/components/schemas/headers/properties");

    assertThat(said.propertyStream().map(Map.Entry::getKey))
        .containsExactlyInAnyOrderElementsOf(envelope.headers().keySet());
  }

  @Test
  void one_service_publishes_a_topic() {
    var publishers =
        document
            .path("operations")
            .propertyStream()
            .filter(operation -> operation.getValue().path("action").asText().equals("send"))
            .collect(
                Collectors.groupingBy(
                    operation ->
                        follow(operation.getValue().path("channel")).path("address").asText(),
                    Collectors.counting()));

    assertThat(publishers).hasSize(Topic.values().length);
    assertThat(publishers.values()).containsOnly(1L);
  }

  private JsonNode follow(JsonNode reference) {
    return document.at(reference.path("$ref").asText().substring(1));
  }

  private static String text(JsonNode setting) {
    return setting.isArray()
        ? setting.valueStream().map(JsonNode::asText).collect(Collectors.joining(","))
        : setting.asText();
  }

  private static JsonNode document() {
    try {
      return new YAMLMapper().readTree(Golden.bytes("/asyncapi.yaml"));
    } catch (IOException bad) {
      throw new AssertionError(bad);
    }
  }
}
