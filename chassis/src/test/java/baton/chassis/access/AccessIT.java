package baton.chassis.access;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import baton.contracts.AccessKey;
import baton.contracts.CloudEvent;
import baton.contracts.Json;
import baton.contracts.Topic;
import baton.infrastructure.BatonTestResource;
import baton.infrastructure.Infrastructure;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Map;
import java.util.UUID;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
@WithTestResource(BatonTestResource.class)
class AccessIT {
  private static final Duration FIVE_SECONDS = Duration.ofSeconds(5);

  private final Keys keys;

  AccessIT(Keys keys) {
    this.keys = keys;
  }

  @Test
  void a_published_key_holds_until_its_revocation_is_published() {
    var minted = keys.mint(Role.SALES, "grace", null, null);

    publish(minted.key().keyId(), minted.key());
    await()
        .atMost(FIVE_SECONDS)
        .untilAsserted(() -> assertThat(called(minted.token())).isEqualTo(200));
    publish(minted.key().keyId(), revoked(minted.key()));
    await()
        .atMost(FIVE_SECONDS)
        .untilAsserted(() -> assertThat(called(minted.token())).isEqualTo(401));
  }

  @Test
  void a_key_that_is_removed_holds_no_more() {
    var minted = keys.mint(Role.SALES, null, null, null);

    publish(minted.key().keyId(), minted.key());
    await()
        .atMost(FIVE_SECONDS)
        .untilAsserted(() -> assertThat(called(minted.token())).isEqualTo(200));
    publish(minted.key().keyId(), null);
    await()
        .atMost(FIVE_SECONDS)
        .untilAsserted(() -> assertThat(called(minted.token())).isEqualTo(401));
  }

  @Test
  void who_may_read_the_charter_reads_it() {
    var answer =
        given().header("X-Api-Key", Infrastructure.shared().key("report")).get("/charters/current");

    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.jsonPath().getInt("version")).isNotNegative();
    assertThat(answer.jsonPath().getString("zone")).isNotBlank();
    assertThat(answer.jsonPath().getList("vocabulary.rejectionReasons", String.class))
        .contains("spam");
  }

  @Test
  void who_only_captures_does_not_read_the_charter() {
    given()
        .header("X-Api-Key", Infrastructure.shared().key("capture"))
        .get("/charters/current")
        .then()
        .statusCode(403);
  }

  @ParameterizedTest
  @ValueSource(strings = {"/health", "/health/live", "/health/ready"})
  void health_is_open(String path) {
    var answer = given().get(path);

    assertThat(answer.statusCode()).as(answer.asString()).isEqualTo(200);
  }

  @ParameterizedTest
  @ValueSource(strings = {"/openapi", "/docs/", "/metrics"})
  void a_page_asks_for_a_key_and_takes_it_as_a_password(String path) {
    var nobody = given().get(path);
    var known =
        given()
            .header("Authorization", "Basic " + basic("", Infrastructure.shared().key("report")))
            .get(path);

    assertThat(nobody.statusCode()).isEqualTo(401);
    assertThat(nobody.contentType()).isEqualTo("application/problem+json");
    assertThat(nobody.header("WWW-Authenticate")).contains("Basic");
    assertThat(known.statusCode()).isEqualTo(200);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/openapi/",
        "//openapi",
        "/openapi;a=b",
        "/%6Fpenapi",
        "/docs/../openapi",
        "/openapi.json",
        "/openapi.yaml",
        "/openapi.yml",
        "/docs/index.html",
        "/docs/%2e%2e/openapi",
        "/metrics/",
        "/metrics;a=b",
        "/m%65trics",
        "/.//metrics",
        "/charters/current/",
        "/charters;a/current",
        "//charters/current"
      })
  void no_other_spelling_opens_a_page(String path) {
    var answer = given().urlEncodingEnabled(false).get(path);

    assertThat(answer.statusCode()).isGreaterThanOrEqualTo(400);
  }

  @Test
  void a_command_does_not_take_basic_authentication() {
    given()
        .header("Authorization", "Basic " + basic("", Infrastructure.shared().key("admin")))
        .contentType("application/json")
        .body("{\"thing\":\"a\"}")
        .post("/orders")
        .then()
        .statusCode(401);
  }

  @Test
  void the_api_is_described_with_its_keys_and_problems() throws Exception {
    var document =
        Json.mapper()
            .readTree(
                given()
                    .header("X-Api-Key", Infrastructure.shared().key("report"))
                    .accept("application/json")
                    .get("/openapi")
                    .asString());

    assertThat(document.at("/openapi").asText()).startsWith("3.1");
    assertThat(document.at("/components/securitySchemes/key/scheme").asText()).isEqualTo("bearer");
    assertThat(document.at("/paths/~1orders/post/responses/default/content").fieldNames())
        .toIterable()
        .containsExactly("application/problem+json");
  }

  private static int called(String token) {
    return given().header("Authorization", "Bearer " + token).get("/charters/current").statusCode();
  }

  private static String basic(String user, String password) {
    return Base64.getEncoder().encodeToString((user + ":" + password).getBytes());
  }

  private static AccessKey revoked(AccessKey key) {
    var now = Instant.now();
    return new AccessKey(key.keyId(), now, 0, key.secretHash(), key.role(), null, null, null, now);
  }

  private static void publish(String keyId, @Nullable AccessKey key) {
    var event =
        new CloudEvent(
            UUID.randomUUID(),
            Topic.ACCESS_KEY,
            "/handoff-service",
            Instant.now(),
            keyId,
            1,
            null,
            key == null ? null : Json.bytes(key));
    try (var producer =
        new KafkaProducer<>(
            Map.<String, Object>of("bootstrap.servers", Infrastructure.shared().bootstrapServers()),
            new StringSerializer(),
            new ByteArraySerializer())) {
      var record = new ProducerRecord<>(Topic.ACCESS_KEY.topicName(), keyId, event.data());
      event.headers().forEach((name, value) -> record.headers().add(name, value));
      producer.send(record);
    }
  }
}
