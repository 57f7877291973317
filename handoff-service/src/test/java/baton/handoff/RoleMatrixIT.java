package baton.handoff;

import static baton.handoff.Notary.LATER;
import static baton.handoff.Notary.charter;
import static baton.handoff.Notary.hashOf;
import static baton.handoff.Notary.proposed;
import static baton.handoff.Office.as;
import static baton.handoff.Office.asSeller;
import static baton.handoff.Office.hire;
import static baton.handoff.Office.id;
import static baton.handoff.Office.publish;
import static baton.handoff.Office.qualified;
import static baton.handoff.Office.sendEverybodyHome;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.hasSize;

import baton.contracts.Json;
import baton.infrastructure.BatonTestResource;
import baton.infrastructure.RoleMatrix;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import java.io.IOException;
import java.net.URI;
import java.sql.SQLException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(
    value = BatonTestResource.class,
    initArgs = @ResourceArg(name = "database", value = "handoff"))
class RoleMatrixIT {
  static final Duration SOON = Duration.ofSeconds(60);

  private final DataSource database;

  RoleMatrixIT(DataSource database) {
    this.database = database;
  }

  @AfterEach
  void nothing_is_parked() {
    RoleMatrix.unpark(database);
  }

  @Test
  void each_role_may_what_the_table_says() throws Exception {
    var objects = new HashMap<String, Map<String, String>>();
    handoffs(objects);
    breaches(objects);
    charters(objects);
    subscription(objects);
    objects.put("ada", Map.of("id", "ada"));
    objects.put(
        "a key",
        Map.of(
            "id",
            as("admin")
                .body("{\"role\": \"capture\", \"source\": \"matrix-key\"}")
                .post("/keys")
                .path("keyId")));
    objects.put("a parked record", Map.of("id", RoleMatrix.park(database)));
    try (var matrix = new RoleMatrix(here(), RoleMatrixIT.class)) {
      var answered = matrix.actual(objects);

      assertThat(answered).isEqualTo(matrix.expected());
    }
  }

  @Test
  void strangers_are_asked_who_they_are_before_anything_else() {
    try (var matrix = new RoleMatrix(here(), RoleMatrixIT.class)) {
      assertThat(matrix.open()).isEmpty();
    }
  }

  private static URI here() {
    return URI.create("http://127.0.0.1:" + RestAssured.port);
  }

  private static void handoffs(Map<String, Map<String, String>> objects) {
    sendEverybodyHome();
    hire("ada", "\"team\": \"dach\"");
    hire("grace", "\"team\": \"dach\"");
    objects.put("own", handoffOf("ada"));
    objects.put("a second of one's own", handoffOf("ada"));
    objects.put("a third of one's own", accepted("ada"));
    objects.put("another's", handoffOf("grace"));
    objects.put("a second of another's", handoffOf("grace"));
    objects.put("a third of another's", handoffOf("grace"));
    objects.put("a fourth of another's", accepted("grace"));
  }

  private static Map<String, String> accepted(String seller) {
    var handoff = handoffOf(seller);
    asSeller(seller).post("/handoffs/" + handoff.get("id") + "/accept").then().statusCode(200);
    return handoff;
  }

  private static Map<String, String> handoffOf(String seller) {
    var lead = id();
    publish(List.of(qualified(lead)));
    await()
        .atMost(SOON)
        .untilAsserted(
            () -> as("admin").get("/handoffs?lead=" + lead).then().body("items", hasSize(1)));
    String handoff = as("admin").get("/handoffs?lead=" + lead).path("items[0].handoffId");
    String holder = as("admin").get("/handoffs/" + handoff).path("sellerId");
    if (!seller.equals(holder)) {
      as("sales-manager")
          .body("{\"seller\": \"" + seller + "\"}")
          .post("/handoffs/" + handoff + "/reassign")
          .then()
          .statusCode(200);
    }
    return Map.of("id", handoff);
  }

  private void breaches(Map<String, Map<String, String>> objects) throws SQLException {
    objects.put("own breach", breach("sales", "ada"));
    objects.put("another's breach", breach("sales", "grace"));
    objects.put("breach of marketing", breach("marketing", null));
  }

  /** As a verdict leaves it, which takes a charter that would govern other tests. */
  private Map<String, String> breach(String side, @org.jspecify.annotations.Nullable String seller)
      throws SQLException {
    var breach = id();
    try (var connection = database.getConnection();
        var statement =
            connection.prepareStatement(
                """
                INSERT INTO breach (breach_id, revision, state, clause_id, owed_by, seller_id,
                  charter_version, started_at, due_at, judged_at, tzdb_version, evidence)
                VALUES (?, 1, 'breached', 'matrix', ?, ?, 0, now(), now(), now(), '2026a', '{}')
                """)) {
      statement.setObject(1, breach);
      statement.setString(2, side);
      statement.setString(3, seller);
      statement.execute();
    }
    return Map.of("id", breach.toString());
  }

  private static void charters(Map<String, Map<String, String>> objects) throws IOException {
    int version = proposed(charter("matrix", LATER));
    var other = Integer.toString(proposed(charter("other matrix", LATER)));
    var document = new YAMLMapper().readTree(charter("matrix again", LATER));
    objects.put(
        "a charter",
        Map.of(
            "version", Integer.toString(version),
            "other", other,
            "hash", hashOf(version),
            "charter", Json.mapper().writeValueAsString(document)));
    objects.put(
        "a template", Map.of("name", as("report").get("/charters/templates").path("items[0]")));
  }

  /** One delivery of it is over, and no further one gets anywhere. */
  private void subscription(Map<String, Map<String, String>> objects) throws SQLException {
    String subscription =
        as("marketing")
            .body("{\"url\": \"https://93.184.215.14/\", \"events\": [\"sla-warning\"]}")
            .post("/subscriptions")
            .path("subscriptionId");
    try (var connection = database.getConnection();
        var statement =
            connection.prepareStatement(
                """
                WITH nowhere AS (
                  UPDATE subscription SET url = 'https://127.0.0.1/' WHERE subscription_id = ?::uuid
                  RETURNING subscription_id)
                INSERT INTO delivery (subscription_id, webhook_id, type, occurred_at, data, state,
                  settled_at)
                SELECT subscription_id, gen_random_uuid(), 'sla-warning', now(), '{}', 'delivered',
                  now()
                FROM nowhere
                RETURNING number
                """)) {
      statement.setString(1, subscription);
      try (var rows = statement.executeQuery()) {
        rows.next();
        objects.put(
            "marketing's subscription", Map.of("id", subscription, "number", rows.getString(1)));
      }
    }
  }
}
