package baton.lead;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import baton.charter.Agreement;
import baton.charter.Form;
import baton.charter.Read;
import baton.contracts.Charter;
import baton.contracts.CloudEvent;
import baton.contracts.Event;
import baton.contracts.HandoffStep;
import baton.contracts.Json;
import baton.contracts.LeadQualified;
import baton.contracts.ScorePart;
import baton.contracts.Topic;
import baton.infrastructure.BatonTestResource;
import baton.infrastructure.Infrastructure;
import baton.infrastructure.telling.Stepped;
import com.github.f4b6a3.uuid.UuidCreator;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(BatonTestResource.class)
@TestProfile(ScoreIT.AfterThoseWithoutCharter.class)
class ScoreIT {
  private static final Duration SOON = Duration.ofSeconds(60);
  private static final Instant LONG_AGO = Instant.parse("2026-01-01T00:00:00Z");

  /** What is signed stays signed: classes of a profile run after those that expect version 0. */
  public static final class AfterThoseWithoutCharter implements QuarkusTestProfile {}

  private final Callers tool = Callers.with(Infrastructure.shared().key("capture"));
  private final Callers marketing = Callers.with(Infrastructure.shared().key("marketing"));

  @Test
  void a_lead_is_scored_qualified_explained_returned_and_qualified_again() throws Exception {
    var before =
        tool.post(
            "/leads",
            """
            {"contact": {"email": "early@score.example"}, "touch": {"kind": "demo-request"},
             "occurredAt": "2025-12-01T09:00:00Z"}
            """);
    assertThat(before.json().path("stage").asText()).isEqualTo("mql");
    signed();

    var captured =
        tool.post(
            "/leads",
            """
            {"contact": {"email": "ada@score.example", "jobTitle": "Head of IT"},
             "company": {"employees": 240, "country": "DE"}, "touch": {"kind": "content-download"},
             "attributes": {"occupation": "engineer", "secret": "s"}}
            """);
    var lead = captured.json().path("leadId").asText();
    var score = marketing.get("/leads/" + lead + "/score");

    assertThat(captured.json().path("persona").asText()).isEqualTo("decision-maker");
    assertThat(captured.json().path("score").decimalValue()).isEqualByComparingTo("50");
    assertThat(score.status()).as(score.body()).isEqualTo(200);
    assertThat(score.json().path("charterVersion").asInt()).isEqualTo(1);
    assertThat(score.json().path("tier").asText()).isEqualTo("A");
    assertThat(score.json().at("/readiness/ready").asBoolean()).isFalse();
    assertThat(score.json().at("/readiness/why").asText()).contains("short of the line of 60");
    assertThat(score.json().path("latestPass").isNull()).isTrue();
    assertThat(sum(score)).isEqualByComparingTo(score.json().path("score").decimalValue());

    var qualifying =
        tool.post("/touches", "{\"leadId\": \"%s\", \"kind\": \"webinar\"}".formatted(lead));
    assertThat(qualifying.json().path("stage").asText()).isEqualTo("mql");
    await().atMost(SOON).untilAsserted(() -> assertThat(qualified(lead)).hasSize(1));
    var first = qualified(lead).getFirst();
    assertThat(first.charterVersion()).isEqualTo(1);
    assertThat(first.persona()).isEqualTo("decision-maker");
    assertThat(first.profile().attributes()).containsOnlyKeys("occupation");
    assertThat(
            first.parts().stream().map(ScorePart::points).reduce(BigDecimal.ZERO, BigDecimal::add))
        .isEqualByComparingTo(java.util.Objects.requireNonNull(first.score()));

    var explained = marketing.get("/leads/" + lead + "/score").json();
    assertThat(explained.at("/readiness/ready").asBoolean()).isTrue();
    assertThat(Instant.parse(explained.path("fallsBelow").asText())).isAfter(Instant.now());
    assertThat(explained.at("/latestPass/passId").asText()).isEqualTo(first.passId().toString());
    assertThat(explained.at("/latestPass/parts").size()).isEqualTo(first.parts().size());
    assertThat(explained.at("/latestPass/endedAt").isNull()).isTrue();

    say(
        Topic.LEAD_HANDOFF,
        Stepped.of(UUID.fromString(lead), UuidCreator.getTimeOrderedEpoch(), first.passId())
            .under(1)
            .revision(2)
            .with("grace")
            .because("timing")
            .to(HandoffStep.RETURNED, Instant.now()));
    await()
        .atMost(SOON)
        .untilAsserted(
            () ->
                assertThat(marketing.get("/leads/" + lead).json().path("stage").asText())
                    .isEqualTo("returned"));
    var again =
        tool.post("/touches", "{\"leadId\": \"%s\", \"kind\": \"demo-request\"}".formatted(lead));

    assertThat(again.json().path("stage").asText()).isEqualTo("mql");
    assertThat(marketing.get("/leads/" + lead + "/score").json().at("/latestPass/number").asInt())
        .isEqualTo(2);
    assertThat(
            marketing
                .get("/leads?persona=decision-maker&limit=500")
                .json()
                .path("items")
                .findValuesAsText("leadId"))
        .contains(lead);
    assertThat(
            marketing
                .get("/leads?persona=practitioner")
                .json()
                .path("items")
                .findValuesAsText("leadId"))
        .doesNotContain(lead);

    var unknown = tool.post("/leads", "{\"contact\": {\"email\": \"bob@score.example\"}}");
    var lacking =
        marketing.get("/leads/" + unknown.json().path("leadId").asText() + "/score").json();
    assertThat(lacking.path("tier").asText()).isEqualTo("unknown");
    assertThat(lacking.path("parts").toString()).contains("no webinar");
    var patched =
        marketing.patch(
            "/leads/" + unknown.json().path("leadId").asText(),
            "{\"contact\": {\"jobTitle\": \"CTO\"}, \"company\": {\"name\": \"Acme\"}}",
            "If-Match",
            "\"1\"");
    assertThat(patched.json().path("persona").asText()).isEqualTo("decision-maker");
    assertThat(patched.json().path("score").decimalValue()).isEqualByComparingTo("10");
    assertThat(tool.get("/leads/" + lead + "/score").status()).isEqualTo(403);
    assertThat(marketing.get("/leads/no-id/score").status()).isEqualTo(404);
  }

  private static BigDecimal sum(Callers.Answered score) {
    var sum = BigDecimal.ZERO;
    for (var part : score.json().path("parts")) {
      sum = sum.add(part.path("points").decimalValue());
    }
    return sum;
  }

  private void signed() throws Exception {
    var agreement =
        switch (Agreement.read(
            java.util.Objects.requireNonNull(Agreement.template("b2b-inside-sales"))
                .getBytes(UTF_8),
            Form.YAML)) {
          case Read.Good(var good) -> good;
          case Read.Faulty(var faults) -> throw new AssertionError(faults);
        };
    say(
        Topic.CHARTER,
        new Charter(
            1, LONG_AGO, 0, agreement.contentHash(), LONG_AGO, List.of(), agreement.document()));
    await()
        .atMost(SOON)
        .untilAsserted(
            () ->
                assertThat(marketing.get("/charters/current").json().path("version").asInt())
                    .isEqualTo(1));
  }

  private static List<LeadQualified> qualified(String lead) {
    return Infrastructure.shared().read(Topic.LEAD_QUALIFIED).stream()
        .filter(record -> lead.equals(record.key()))
        .map(
            record -> {
              try {
                return Json.mapper().readValue(record.value(), LeadQualified.class);
              } catch (IOException unreadable) {
                throw new UncheckedIOException(unreadable);
              }
            })
        .toList();
  }

  private static void say(Topic topic, Event event) throws Exception {
    var envelope =
        new CloudEvent(
            UuidCreator.getTimeOrderedEpoch(),
            topic,
            "/handoff-service",
            event.occurredAt(),
            event.key(),
            1,
            null,
            Json.bytes(event));
    var record = new ProducerRecord<>(topic.topicName(), event.key(), envelope.data());
    envelope.headers().forEach((name, value) -> record.headers().add(name, value));
    try (var producer =
        new KafkaProducer<>(
            Map.<String, Object>of("bootstrap.servers", Infrastructure.shared().bootstrapServers()),
            new StringSerializer(),
            new ByteArraySerializer())) {
      producer.send(record).get();
    }
  }
}
