package baton.handoff;

import static baton.handoff.Office.as;
import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.endsWith;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.nullValue;

import baton.contracts.Topic;
import baton.infrastructure.BatonTestResource;
import baton.infrastructure.Infrastructure;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.junit.QuarkusTest;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(
    value = BatonTestResource.class,
    initArgs = @ResourceArg(name = "database", value = "handoff"))
class KeysIT {
  static final Duration SOON = Duration.ofSeconds(30);
  static final Duration REVOKED_WITHIN = Duration.ofSeconds(5);

  @Test
  void a_minted_key_opens_what_its_role_may_until_it_is_revoked() {
    var minted =
        as("admin").body("{\"role\": \"sales-manager\", \"source\": \"till\"}").post("/keys");
    String key = minted.then().statusCode(201).extract().path("key");
    String keyId = minted.path("keyId");
    await().atMost(SOON).untilAsserted(() -> assertThat(statusOf(key, "/sellers")).isEqualTo(200));
    assertThat(statusOf(key, "/keys")).isEqualTo(403);

    as("admin").delete("/keys/" + keyId).then().statusCode(204);

    await()
        .atMost(REVOKED_WITHIN)
        .untilAsserted(() -> assertThat(statusOf(key, "/sellers")).isEqualTo(401));
    as("admin").delete("/keys/" + keyId).then().statusCode(204);
  }

  @Test
  void two_keys_hold_side_by_side_while_one_replaces_the_other() {
    var crm = "{\"role\": \"sales\", \"source\": \"crm\"}";
    String old = as("admin").body(crm).post("/keys").path("key");
    String fresh = as("admin").body(crm).post("/keys").path("key");
    var third = as("admin").body(crm).post("/keys");

    await()
        .atMost(SOON)
        .untilAsserted(
            () ->
                assertThat(List.of(statusOf(old, "/handoffs"), statusOf(fresh, "/handoffs")))
                    .containsOnly(200));
    third.then().statusCode(409).body("state", equalTo("two-live"));
  }

  @Test
  void a_key_that_is_revoked_makes_room_for_another() {
    var form = "{\"role\": \"capture\", \"source\": \"form\"}";
    String old = as("admin").body(form).post("/keys").path("keyId");
    as("admin").body(form).post("/keys").then().statusCode(201);
    as("admin").body(form).post("/keys").then().statusCode(409);

    as("admin").delete("/keys/" + old).then().statusCode(204);

    as("admin").body(form).post("/keys").then().statusCode(201);
    as("admin")
        .get("/audit?subject=" + old)
        .then()
        .statusCode(200)
        .body("items.act", equalTo(List.of("key.revoked", "key.minted")))
        .body("items.caller", equalTo(List.of("testadmin", "testadmin")))
        .body("items[0].details.source", equalTo("form"))
        .body("items.intact", equalTo(List.of(true, true)));
  }

  @Test
  void twenty_mints_at_once_make_two_keys() throws Exception {
    var till = "{\"role\": \"report\", \"source\": \"till\"}";
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      var mint =
          Collections.<Callable<Integer>>nCopies(
              20, () -> as("admin").body(till).post("/keys").statusCode());

      var answers = threads.invokeAll(mint).stream().map(Future::resultNow).toList();

      assertThat(answers).containsOnly(201, 409);
      assertThat(Collections.frequency(answers, 201)).isEqualTo(2);
    }
  }

  @Test
  void the_hour_of_its_last_use_is_known() {
    var minted = as("admin").body("{\"role\": \"sales\", \"source\": \"watch\"}").post("/keys");
    String key = minted.path("key");
    String keyId = minted.path("keyId");
    await().atMost(SOON).untilAsserted(() -> assertThat(statusOf(key, "/handoffs")).isEqualTo(200));

    await()
        .atMost(SOON.multipliedBy(2))
        .untilAsserted(
            () ->
                as("admin")
                    .get("/keys?limit=500")
                    .then()
                    .body(
                        "items.find { it.keyId == '" + keyId + "' }.lastUsedAt",
                        endsWith(":00:00.000Z")));
    as("admin").get("/key-uses?limit=500").then().body("items.keyId", hasItem(keyId));
  }

  @Test
  void a_key_holds_until_it_expires() {
    var inAMoment = java.time.Instant.now().plusSeconds(10);
    String key =
        as("admin")
            .body(
                "{\"role\": \"sales\", \"source\": \"short\", \"expiresAt\": \""
                    + inAMoment
                    + "\"}")
            .post("/keys")
            .path("key");
    await().atMost(SOON).untilAsserted(() -> assertThat(statusOf(key, "/handoffs")).isEqualTo(200));

    await().atMost(SOON).untilAsserted(() -> assertThat(statusOf(key, "/handoffs")).isEqualTo(401));
  }

  @Test
  void a_secret_is_shown_once_and_published_never() {
    var minted = as("admin").body("{\"role\": \"capture\", \"source\": \"site\"}").post("/keys");
    String key = minted.path("key");
    String keyId = minted.path("keyId");

    as("admin")
        .get("/keys?limit=500")
        .then()
        .statusCode(200)
        .body("items.keyId", hasItem(keyId))
        .body("items.find { it.keyId == '" + keyId + "' }.role", equalTo("capture"))
        .body("items.find { it.keyId == '" + keyId + "' }.source", equalTo("site"))
        .body("items.find { it.keyId == '" + keyId + "' }.createdAt", notNullValue())
        .body("items.find { it.keyId == '" + keyId + "' }.key", nullValue())
        .body("items.find { it.keyId == '" + keyId + "' }.secretHash", nullValue());
    await()
        .atMost(SOON)
        .untilAsserted(
            () ->
                assertThat(Infrastructure.shared().read(Topic.ACCESS_KEY))
                    .anySatisfy(record -> assertThat(record.key()).isEqualTo(keyId))
                    .allSatisfy(
                        record ->
                            assertThat(new String(record.value(), StandardCharsets.UTF_8))
                                .doesNotContain(key.substring(key.lastIndexOf('_') + 1))));
  }

  @Test
  void a_key_nobody_may_have_is_refused_with_every_reason() {
    as("admin")
        .body("{\"role\": \"king\", \"expiresAt\": \"2001-01-01T00:00:00Z\"}")
        .post("/keys")
        .then()
        .statusCode(422)
        .body("errors.pointer.sort()", is(List.of("/expiresAt", "/role")));
    as("admin")
        .body("{\"role\": \"sales\", \"sellerId\": \"never-hired\"}")
        .post("/keys")
        .then()
        .statusCode(422)
        .body("errors[0].pointer", equalTo("/sellerId"));
    as("sales-manager").body("{\"role\": \"sales\"}").post("/keys").then().statusCode(403);
    as("admin").delete("/keys/never-minted").then().statusCode(404);
    as("admin").get("/keys").then().body("items.role", not(hasItem("king")));
  }

  private static int statusOf(String key, String path) {
    return given().header("Authorization", "Bearer " + key).get(path).statusCode();
  }
}
