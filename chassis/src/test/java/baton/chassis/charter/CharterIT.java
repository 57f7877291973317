package baton.chassis.charter;

import static io.restassured.RestAssured.given;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import baton.charter.Agreement;
import baton.charter.Form;
import baton.charter.Read;
import baton.contracts.Charter;
import baton.contracts.CloudEvent;
import baton.contracts.Json;
import baton.contracts.Topic;
import baton.infrastructure.BatonTestResource;
import baton.infrastructure.Infrastructure;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.vertx.mutiny.sqlclient.Pool;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.Test;

@QuarkusTest
@WithTestResource(BatonTestResource.class)
class CharterIT {
  private static final Instant LONG_AGO = Instant.parse("2001-01-01T00:00:00Z");

  private final Charters charters;
  private final Pool pool;

  CharterIT(Charters charters, Pool pool) {
    this.charters = charters;
    this.pool = pool;
  }

  @Test
  void a_published_charter_governs_from_its_instant_and_is_kept() throws Exception {
    var agreement = template();

    publish(
        new Charter(
            1, LONG_AGO, 0, agreement.contentHash(), LONG_AGO, List.of(), agreement.document()));

    await()
        .atMost(Duration.ofSeconds(10))
        .untilAsserted(() -> assertThat(charters.versionAt(LONG_AGO)).isEqualTo(1));
    assertThat(charters.versionAt(LONG_AGO.minusMillis(1))).isZero();
    assertThat(charters.agreement(1)).isEqualTo(agreement);
    await()
        .atMost(Duration.ofSeconds(10))
        .untilAsserted(
            () ->
                assertThat(
                        pool.query("SELECT version FROM known_charter")
                            .execute()
                            .await()
                            .indefinitely()
                            .iterator()
                            .next()
                            .getInteger(0))
                    .isEqualTo(1));
    var answer =
        given().header("X-Api-Key", Infrastructure.shared().key("sales")).get("/charters/current");
    assertThat(answer.jsonPath().getString("contentHash")).isEqualTo(agreement.contentHash());
  }

  private static Agreement template() {
    var text = Agreement.template("b2b-inside-sales");
    return switch (Agreement.read(Objects.requireNonNull(text).getBytes(UTF_8), Form.YAML)) {
      case Read.Good(var agreement) -> agreement;
      case Read.Faulty(var faults) -> throw new AssertionError(faults);
    };
  }

  private static void publish(Charter charter) throws Exception {
    var event =
        new CloudEvent(
            UUID.randomUUID(),
            Topic.CHARTER,
            "/handoff-service",
            Instant.now(),
            charter.key(),
            1,
            null,
            Json.bytes(charter));
    try (var producer =
        new KafkaProducer<>(
            Map.<String, Object>of("bootstrap.servers", Infrastructure.shared().bootstrapServers()),
            new StringSerializer(),
            new ByteArraySerializer())) {
      var record = new ProducerRecord<>(Topic.CHARTER.topicName(), charter.key(), event.data());
      event.headers().forEach((name, value) -> record.headers().add(name, value));
      producer.send(record).get();
    }
  }
}
