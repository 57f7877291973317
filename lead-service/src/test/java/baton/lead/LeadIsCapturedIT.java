package baton.lead;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import baton.contracts.CloudEvent;
import baton.contracts.HandoffStep;
import baton.contracts.Json;
import baton.contracts.LeadHandoff;
import baton.contracts.LeadQualified;
import baton.contracts.Topic;
import baton.infrastructure.BatonTestResource;
import baton.infrastructure.Infrastructure;
import baton.infrastructure.telling.Stepped;
import com.github.f4b6a3.uuid.UuidCreator;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(BatonTestResource.class)
class LeadIsCapturedIT {
  private static final Duration SOON = Duration.ofSeconds(60);
  private static final String TRACE = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";

  private final Callers tool = Callers.with(Infrastructure.shared().key("capture"));
  private final Callers marketing = Callers.with(Infrastructure.shared().key("marketing"));

  @Test
  void a_lead_is_captured_touched_qualified_given_back_and_qualified_again() throws Exception {
    var captured =
        tool.post(
            "/leads",
            """
            {"contact": {"email": "ada@story.example", "name": "Ada"}, "source": "google", "medium": "cpc",
             "campaign": "story", "externalIds": [{"system": "crm", "id": "ada@story.example"}],
             "attributes": {"secret": "s"}, "occurredAt": "2026-01-05T09:00:00.123456Z"}
            """,
            "traceparent",
            TRACE);
    var lead = captured.json().path("leadId").asText();
    assertThat(captured.status()).as(captured.body()).isEqualTo(201);

    var touched =
        tool.post(
            "/touches",
            """
            {"contact": {"email": "ADA@story.example"}, "kind": "webinar", "source": "linkedin",
             "externalId": "t-1", "occurredAt": "2026-01-06T09:00:00Z"}
            """);
    var same =
        tool.post(
            "/touches",
            "{\"contact\": {\"email\": \"ADA@story.example\"}, \"kind\": \"webinar\", \"externalId\": \"t-1\"}");
    assertThat(touched.status()).as(touched.body()).isEqualTo(201);
    assertThat(same.status()).as(same.body()).isEqualTo(200);
    assertThat(same.json().path("touchId")).isEqualTo(touched.json().path("touchId"));

    var raised =
        tool.post("/touches", "{\"leadId\": \"%s\", \"kind\": \"demo-request\"}".formatted(lead));
    assertThat(raised.json().path("stage").asText()).isEqualTo("mql");

    await()
        .atMost(SOON)
        .untilAsserted(
            () ->
                assertThat(told(lead))
                    .containsExactly(
                        "1 lead-captured",
                        "2 lead-contact",
                        "3 lead-touched",
                        "4 lead-touched",
                        "5 lead-qualified"));
    var first = records(Topic.LEAD_CAPTURED, lead).getFirst();
    assertThat(header(first, "ce_type")).isEqualTo("baton.lead-captured.v1");
    assertThat(header(first, "ce_source")).isEqualTo("/lead-service");
    assertThat(header(first, "ce_subject")).isEqualTo(lead);
    assertThat(header(first, "ce_time")).isEqualTo("2026-01-05T09:00:00.123Z");
    assertThat(header(first, "traceparent")).isEqualTo(TRACE);
    assertThat(new String(first.value(), UTF_8))
        .doesNotContain("ada@", "secret")
        .contains("\"channel\":\"Paid Search\"", "hmac-");
    assertThat(records(Topic.CAMPAIGN, "story")).hasSize(1);

    var qualified = qualified(lead).getFirst();
    assertThat(qualified.touches()).hasSize(3);
    say(
        Stepped.of(UUID.fromString(lead), UuidCreator.getTimeOrderedEpoch(), qualified.passId())
            .revision(2)
            .with("grace")
            .because("timing")
            .to(HandoffStep.RETURNED, Instant.parse("2026-01-07T09:00:00Z")));
    await()
        .atMost(SOON)
        .untilAsserted(
            () ->
                assertThat(marketing.get("/leads/" + lead).json().path("stage").asText())
                    .isEqualTo("returned"));

    var history = marketing.get("/leads/" + lead + "/timeline").json().path("items");
    assertThat(history.findValuesAsText("topic"))
        .containsExactly(
            "lead-captured", "lead-touched", "lead-handoff", "lead-touched", "lead-qualified");
    assertThat(history.at("/2/fact/step").asText()).isEqualTo("returned");
    var page = marketing.get("/leads/" + lead + "/timeline?limit=2").json();
    var rest =
        marketing.get("/leads/" + lead + "/timeline?cursor=" + page.path("next").asText()).json();
    assertThat(rest.path("items")).hasSize(3);

    tool.post("/leads", "{\"contact\": {\"email\": \"ada@story.example\"}, \"qualified\": true}");

    await().atMost(SOON).untilAsserted(() -> assertThat(qualified(lead)).hasSize(2));
    assertThat(qualified(lead).getLast().passId()).isNotEqualTo(qualified.passId());
    assertThat(marketing.get("/leads/" + lead).json().at("/pass/number").asInt()).isEqualTo(2);
  }

  private static List<LeadQualified> qualified(String lead) {
    return records(Topic.LEAD_QUALIFIED, lead).stream()
        .map(
            record -> {
              try {
                return Json.mapper().readValue(record.value(), LeadQualified.class);
              } catch (IOException unreadable) {
                throw new java.io.UncheckedIOException(unreadable);
              }
            })
        .toList();
  }

  /** What was published of a lead, in the order of its sequence. */
  private static List<String> told(String lead) {
    return Stream.of(
            Topic.LEAD_CAPTURED,
            Topic.LEAD_CONTACT,
            Topic.LEAD_TOUCHED,
            Topic.LEAD_UPDATED,
            Topic.LEAD_QUALIFIED)
        .flatMap(topic -> records(topic, lead).stream())
        .sorted(Comparator.comparing(record -> Long.valueOf(header(record, "ce_sequence"))))
        .map(record -> header(record, "ce_sequence") + " " + record.topic())
        .toList();
  }

  private static List<ConsumerRecord<String, byte[]>> records(Topic topic, String key) {
    return Infrastructure.shared().read(topic).stream()
        .filter(record -> key.equals(record.key()))
        .toList();
  }

  private static String header(ConsumerRecord<String, byte[]> record, String name) {
    return new String(record.headers().lastHeader(name).value(), UTF_8);
  }

  private static void say(LeadHandoff handoff) throws Exception {
    var event =
        new CloudEvent(
            UuidCreator.getTimeOrderedEpoch(),
            Topic.LEAD_HANDOFF,
            "/handoff-service",
            handoff.occurredAt(),
            handoff.key(),
            1,
            null,
            Json.bytes(handoff));
    var record = new ProducerRecord<>(Topic.LEAD_HANDOFF.topicName(), handoff.key(), event.data());
    event.headers().forEach((name, value) -> record.headers().add(name, value));
    try (var producer =
        new KafkaProducer<>(
            Map.of("bootstrap.servers", Infrastructure.shared().bootstrapServers()),
            new StringSerializer(),
            new ByteArraySerializer())) {
      producer.send(record).get();
    }
  }
}
