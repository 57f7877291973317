package baton.contracts;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cloudevents.kafka.KafkaMessageFactory;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

class CloudEventTest {
  private static final UUID ID = UUID.fromString("0198b2c0-0000-7000-8000-0000000000ff");
  private static final String TRACE = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";

  @ParameterizedTest
  @EnumSource
  void an_event_comes_back_as_it_was_sent(Topic topic) throws Exception {
    var sent = envelope(topic, Golden.value(topic));

    var read = CloudEvent.read(topic.topicName(), sent.headers()::get, sent.data());

    assertThat(read).isEqualTo(sent);
    assertThat(Json.bytes(read.event())).isEqualTo(Golden.value(topic));
  }

  @Test
  void a_tombstone_comes_back_without_an_event() throws Exception {
    var sent = envelope(Topic.LEAD_CONTACT, null);

    var read = CloudEvent.read("lead-contact", sent.headers()::get, null);

    assertThat(read).isEqualTo(sent);
    assertThatThrownBy(read::event)
        .isInstanceOf(CloudEvent.Unreadable.class)
        .hasMessage("a tombstone on lead-contact carries no event");
  }

  @Test
  void a_cloud_events_library_reads_it() {
    var sent = envelope(Topic.LEAD_OUTCOME, Golden.value(Topic.LEAD_OUTCOME));
    var record =
        new ConsumerRecord<>(
            "lead-outcome", 0, 0L, sent.subject(), Golden.value(Topic.LEAD_OUTCOME));
    sent.headers().forEach(record.headers()::add);

    var read = KafkaMessageFactory.createReader(record).toEvent();

    assertThat(read.getId()).isEqualTo(ID.toString());
    assertThat(read.getType()).isEqualTo("baton.lead-outcome.v1");
    assertThat(read.getSource()).hasToString("/lead-service");
    assertThat(read.getTime()).isEqualTo(OffsetDateTime.parse("2026-11-23T09:00:00Z"));
    assertThat(read.getExtension("sequence")).isEqualTo("7");
    assertThat(read.getDataSchema()).hasToString("baton:/schemas/lead-outcome.v1.json");
    assertThat(read.getDataContentType()).isEqualTo("application/json");
    assertThat(requireNonNull(read.getData()).toBytes())
        .isEqualTo(Golden.value(Topic.LEAD_OUTCOME));
  }

  static Stream<Arguments> what_is_no_event_of_ours_is_unreadable() {
    return Stream.of(
        bad("topic weather is not one of Baton's", "weather", headers -> {}),
        bad("header ce_specversion is missing", without("ce_specversion")),
        bad("specversion 0.3 is not 1.0", with("ce_specversion", "0.3")),
        bad("header ce_type is missing", without("ce_type")),
        bad(
            "type baton.lead-outcome.v2 does not belong on topic lead-outcome",
            with("ce_type", "baton.lead-outcome.v2")),
        bad("header ce_id is missing", without("ce_id")),
        bad("a CloudEvents header is malformed: IllegalArgumentException", with("ce_id", "seven")),
        bad("header ce_source is missing", without("ce_source")),
        bad("header ce_time is missing", without("ce_time")),
        bad("a CloudEvents header is malformed: DateTimeParseException", with("ce_time", "now")),
        bad("header ce_subject is missing", without("ce_subject")),
        bad("header ce_sequence is missing", without("ce_sequence")),
        bad("a CloudEvents header is malformed: NumberFormatException", with("ce_sequence", "x")));
  }

  @ParameterizedTest
  @MethodSource
  void what_is_no_event_of_ours_is_unreadable(
      String why, String topicName, Consumer<Map<String, byte[]>> change) {
    var headers =
        new HashMap<>(envelope(Topic.LEAD_OUTCOME, Golden.value(Topic.LEAD_OUTCOME)).headers());
    change.accept(headers);

    assertThatThrownBy(() -> CloudEvent.read(topicName, headers::get, new byte[0]))
        .isInstanceOf(CloudEvent.Unreadable.class)
        .hasMessage(why);
  }

  static Stream<String> a_value_that_is_no_such_event_is_unreadable() {
    var golden = new String(Golden.value(Topic.LEAD_OUTCOME), StandardCharsets.UTF_8);
    return Stream.of(
        "",
        "null",
        "[]",
        "{",
        "{}",
        golden + "}",
        golden.replace("\"won\"", "\"won-back\""),
        golden.replace("\"revision\":1,", ""),
        golden.replace("\"revision\":1", "\"revision\":null"),
        golden.replaceFirst("\"leadId\":\"[^\"]*\",", ""),
        golden.replaceFirst("\"leadId\":\"[^\"]*\"", "\"leadId\":null"),
        golden.replace(",\"currency\":\"EUR\"", ""),
        golden.replace("{\"leadId\"", "{\"revision\":2,\"leadId\""));
  }

  @ParameterizedTest
  @MethodSource
  void a_value_that_is_no_such_event_is_unreadable(String value) {
    var record = envelope(Topic.LEAD_OUTCOME, value.getBytes(StandardCharsets.UTF_8));

    assertThatThrownBy(record::event)
        .isInstanceOf(CloudEvent.Unreadable.class)
        .hasMessageStartingWith("the value is not a baton.lead-outcome.v1: ");
  }

  @Test
  void a_field_of_a_later_version_is_ignored() throws Exception {
    var golden = new String(Golden.value(Topic.LEAD_OUTCOME), StandardCharsets.UTF_8);
    var later = golden.replace("{\"leadId\"", "{\"competitor\":{\"a\":[1]},\"leadId\"");

    var event = envelope(Topic.LEAD_OUTCOME, later.getBytes(StandardCharsets.UTF_8)).event();

    assertThat(Json.bytes(event)).isEqualTo(Golden.value(Topic.LEAD_OUTCOME));
  }

  private static CloudEvent envelope(Topic topic, byte @Nullable [] data) {
    return new CloudEvent(
        ID, topic, "/lead-service", Instant.parse("2026-11-23T09:00:00Z"), "k", 7, TRACE, data);
  }

  private static Consumer<Map<String, byte[]>> without(String header) {
    return headers -> headers.remove(header);
  }

  private static Consumer<Map<String, byte[]>> with(String header, String value) {
    return headers -> headers.put(header, value.getBytes(StandardCharsets.UTF_8));
  }

  private static Arguments bad(String why, Consumer<Map<String, byte[]>> change) {
    return bad(why, "lead-outcome", change);
  }

  private static Arguments bad(String why, String topic, Consumer<Map<String, byte[]>> change) {
    return Arguments.of(why, topic, change);
  }
}
