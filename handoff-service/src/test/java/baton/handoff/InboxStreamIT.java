package baton.handoff;

import static baton.handoff.Office.NINE;
import static baton.handoff.Office.as;
import static baton.handoff.Office.asSeller;
import static baton.handoff.Office.handoffOf;
import static baton.handoff.Office.hire;
import static baton.handoff.Office.id;
import static baton.handoff.Office.publish;
import static baton.handoff.Office.qualified;
import static baton.handoff.Office.sendEverybodyHome;
import static baton.handoff.Office.stateOf;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.startsWith;

import baton.infrastructure.BatonTestResource;
import baton.infrastructure.Infrastructure;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import io.restassured.RestAssured;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Tuple;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
@TestProfile(InboxStreamIT.Hurried.class)
@QuarkusTestResource(
    value = BatonTestResource.class,
    initArgs = @ResourceArg(name = "database", value = "inbox"))
class InboxStreamIT {
  static final Duration SOON = Duration.ofSeconds(60);
  static final Duration REVOKED_WITHIN = Duration.ofSeconds(5);
  static final String BEGINNING = "0.00000000-0000-0000-0000-000000000000.0";

  public static final class Hurried implements QuarkusTestProfile {
    @Override
    public Map<String, String> getConfigOverrides() {
      return Map.of(
          "baton.handoff.stream.looked-at-every", "PT0.1S",
          "baton.handoff.stream.heartbeat", "PT1S",
          "baton.handoff.stream.patience", "PT3S");
    }
  }

  private final Pool pool;
  private final List<Listener> listeners = new ArrayList<>();

  InboxStreamIT(Pool pool) {
    this.pool = pool;
  }

  @BeforeEach
  void nobody_is_there_yet() {
    sendEverybodyHome();
  }

  @AfterEach
  void nobody_listens_any_more() {
    listeners.forEach(Listener::close);
  }

  @Test
  void each_sees_his_own_handoffs_move_and_a_manager_sees_all() throws Exception {
    hire("ada", "\"team\": \"dach\"");
    var ada = listen(Infrastructure.shared().sellerKey("ada"), null);
    var grace = listen(Infrastructure.shared().sellerKey("grace"), null);
    var manager = listen(Infrastructure.shared().key("sales-manager"), null);
    var lead = id();
    publish(List.of(qualified(lead)));
    await().atMost(SOON).untilAsserted(() -> assertThat(ada.told("handoff")).hasSize(1));
    var handoff = handoffOf(lead);
    hire("grace", "\"team\": \"dach\"");

    as("sales-manager")
        .body("{\"seller\": \"grace\"}")
        .post("/handoffs/" + handoff + "/reassign")
        .then()
        .statusCode(200);

    await().atMost(SOON).untilAsserted(() -> assertThat(grace.told("handoff")).hasSize(1));
    await().atMost(SOON).untilAsserted(() -> assertThat(manager.told("handoff")).hasSize(2));
    await().atMost(SOON).untilAsserted(() -> assertThat(ada.told("gone")).hasSize(1));
    assertThat(ada.told("gone").getFirst().handoffId()).isEqualTo(handoff);
    assertThat(ada.told("handoff").getFirst().data().path("sellerId").asText()).isEqualTo("ada");
    var seen = grace.told("handoff").getFirst().data();
    assertThat(seen.path("handoffId").asText()).isEqualTo(handoff);
    assertThat(seen.path("state").asText()).isEqualTo("offered");
    assertThat(seen.path("revision").asLong()).isEqualTo(2);
    assertThat(seen.has("contact")).isFalse();
    assertThat(grace.told("gone")).isEmpty();
  }

  @Test
  void who_comes_back_misses_nothing_and_is_told_nothing_twice() throws Exception {
    hire("ada", "\"team\": \"dach\"");
    var before = listen(Infrastructure.shared().key("sales-manager"), null);
    var first = handedOff();
    await().atMost(SOON).untilAsserted(() -> assertThat(before.told("handoff")).hasSize(1));
    before.close();
    var meanwhile = List.of(handedOff(), handedOff());

    var after = listen(Infrastructure.shared().key("sales-manager"), before.lastEventId());

    await().atMost(SOON).untilAsserted(() -> assertThat(after.told("handoff")).hasSize(2));
    assertThat(after.told("handoff"))
        .extracting(Listener.Told::handoffId)
        .containsExactlyElementsOf(meanwhile)
        .doesNotContain(first);
  }

  @Test
  void a_step_that_commits_late_is_not_missed() throws Exception {
    hire("ada", "\"team\": \"dach\"");
    var listener = listen(Infrastructure.shared().key("sales-manager"), null);
    await().atMost(SOON).untilAsserted(() -> assertThat(listener.told("ready")).hasSize(1));
    var connection = pool.getConnection().await().atMost(SOON);
    var late = id();
    var open = connection.begin().await().atMost(SOON);
    insert(connection, late);
    var quick = handedOff();
    await().atMost(SOON).until(() -> listener.heartbeats() >= 2);

    open.commit().await().atMost(SOON);

    connection.close().await().atMost(SOON);
    await()
        .atMost(SOON)
        .untilAsserted(
            () ->
                assertThat(listener.told("handoff"))
                    .extracting(Listener.Told::handoffId)
                    .containsExactly(late.toString(), quick));
  }

  @Test
  void a_stream_ends_with_its_key() throws Exception {
    var minted = as("admin").body("{\"role\": \"sales-manager\"}").post("/keys");
    String key = minted.path("key");
    await().atMost(SOON).untilAsserted(() -> assertThat(listen(key, null).status()).isEqualTo(200));
    var listener = listeners.getLast();
    assertThat(listener.over()).isFalse();

    as("admin").delete("/keys/" + minted.path("keyId")).then().statusCode(204);

    await().atMost(REVOKED_WITHIN).until(listener::over);
    assertThat(listener.told("end"))
        .extracting(each -> each.data().path("reason").asText())
        .containsExactly("the key no longer holds");
    assertThat(listen(key, null).status()).isEqualTo(401);
  }

  @Test
  void silence_is_filled_with_heartbeats_that_say_where_to_resume() throws Exception {
    var listener = listen(Infrastructure.shared().key("sales"), null);
    await().atMost(SOON).until(() -> listener.heartbeats() >= 1);
    var begun = listener.lastEventId();
    pool.query("SELECT pg_current_xact_id()").execute().await().atMost(SOON);

    await()
        .atMost(SOON)
        .untilAsserted(() -> assertThat(listener.lastEventId()).isNotEqualTo(begun));

    assertThat(listener.told("handoff")).isEmpty();
  }

  @Test
  void who_takes_nothing_is_cut_and_holds_up_nobody() throws Exception {
    pool.query(
            """
            WITH many AS (
              INSERT INTO handoff (handoff_id, lead_id, pass_id, qualified_at, charter_version,
                revision, state, since, seller_id, team, offered_at, routing)
              SELECT gen_random_uuid(), gen_random_uuid(), gen_random_uuid(), now(), 0, 1,
                'offered', now(), 'many', 'many', now(), repeat('said at length ', 60)
              FROM generate_series(1, 20000) RETURNING handoff_id)
            INSERT INTO handoff_step (handoff_id, revision, step, occurred_at, seller_id)
            SELECT handoff_id, 1, 'offered', now(), 'many' FROM many
            """)
        .execute()
        .await()
        .atMost(SOON);
    try (var sleeper = new Socket()) {
      sleeper.setReceiveBufferSize(4096);
      sleeper.connect(new InetSocketAddress("127.0.0.1", RestAssured.port));
      sleeper
          .getOutputStream()
          .write(
              ("GET /handoffs/stream?seller=many HTTP/1.1\r\nHost: x\r\nAccept: text/event-stream"
                      + "\r\nLast-Event-ID: "
                      + BEGINNING
                      + "\r\nAuthorization: Bearer "
                      + Infrastructure.shared().key("sales-manager")
                      + "\r\n\r\n")
                  .getBytes(StandardCharsets.US_ASCII));

      var awake = listen(Infrastructure.shared().key("sales-manager"), "?seller=many", BEGINNING);

      await().atMost(SOON).untilAsserted(() -> assertThat(awake.told("handoff")).hasSize(20000));
      await().atMost(SOON).untilAsserted(() -> assertThat(cut()).isEqualTo(1));
      assertThat(awake.over()).isFalse();
      sleeper.setSoTimeout(20_000);
      assertThat(sleeper.getInputStream().readAllBytes()).hasSizeLessThan(20_000 * 1_000);
    }
  }

  @Test
  void pages_stay_right_while_handoffs_come() {
    hire("ada", "\"team\": \"pages\"");
    var leads = IntStream.range(0, 30).mapToObj(n -> qualified(id())).toList();
    publish(leads);
    await()
        .atMost(SOON)
        .untilAsserted(
            () ->
                as("sales-manager")
                    .get("/handoffs?team=pages&limit=100")
                    .then()
                    .body("items", hasSize(30)));
    var before = as("sales-manager").get("/handoffs?team=pages&limit=100").path("items.handoffId");

    var walked = new ArrayList<String>();
    String cursor = null;
    do {
      var page =
          as("sales-manager")
              .get("/handoffs?team=pages&limit=7" + (cursor == null ? "" : "&cursor=" + cursor))
              .then()
              .statusCode(200)
              .extract();
      walked.addAll(page.path("items.handoffId"));
      cursor = page.path("next");
      handedOff();
    } while (cursor != null);

    assertThat(walked).isEqualTo(before);
    assertThat(new LinkedHashSet<>(walked)).hasSameSizeAs(walked);
  }

  @Test
  void the_list_is_narrowed_by_when_a_handoff_came_into_its_state() {
    hire("ada", "\"team\": \"since\"");
    var old = handedOff();
    var fresh = handedOff();
    asSeller("ada")
        .body("{\"occurredAt\": \"2026-11-20T10:00:00Z\"}")
        .post("/handoffs/" + old + "/accept")
        .then()
        .statusCode(200);

    asSeller("ada")
        .get("/handoffs?team=since&since=2026-11-20T10:00:01Z")
        .then()
        .statusCode(200)
        .body("items.handoffId", equalTo(List.of(fresh)))
        .body("items[0].revision", equalTo(1));
    asSeller("ada")
        .get("/handoffs?team=since&state=accepted&since=2026-11-20T10:00:00Z")
        .then()
        .body("items.handoffId", equalTo(List.of(old)));
  }

  @Test
  void a_stream_is_refused_with_a_problem() {
    as("sales-manager")
        .accept("text/event-stream")
        .header("Last-Event-ID", "seven")
        .get("/handoffs/stream")
        .then()
        .statusCode(400)
        .contentType("application/problem+json");
    asSeller("ada").get("/handoffs/stream?seller=grace").then().statusCode(404);
    as("marketing").get("/handoffs/stream").then().statusCode(403);
    as("sales-manager")
        .get("/handoffs?since=yesterday")
        .then()
        .statusCode(422)
        .body("errors[0].pointer", startsWith("/since"));
  }

  private Listener listen(String key, @Nullable String lastEventId) throws Exception {
    return listen(key, "", lastEventId);
  }

  private Listener listen(String key, String query, @Nullable String lastEventId) throws Exception {
    var listener = new Listener(RestAssured.port, key, query, lastEventId);
    listeners.add(listener);
    return listener;
  }

  /** A new lead's handoff, once somebody has it. */
  private static String handedOff() {
    var lead = id();
    publish(List.of(qualified(lead, id(), NINE)));
    await().atMost(SOON).untilAsserted(() -> assertThat(stateOf(lead)).isEqualTo("offered"));
    return handoffOf(lead);
  }

  private static void insert(io.vertx.mutiny.sqlclient.SqlConnection connection, UUID handoff) {
    connection
        .preparedQuery(
            """
            INSERT INTO handoff (handoff_id, lead_id, pass_id, qualified_at, charter_version,
              revision, state, since, seller_id, team, offered_at, routing)
            VALUES ($1, gen_random_uuid(), gen_random_uuid(), now(), 0, 1,
              'offered', now(), 'late', 'late', now(), 'by hand')
            """)
        .execute(Tuple.of(handoff))
        .await()
        .atMost(SOON);
    connection
        .preparedQuery(
            """
            INSERT INTO handoff_step (handoff_id, revision, step, occurred_at, seller_id)
            VALUES ($1, 1, 'offered', now(), 'late')
            """)
        .execute(Tuple.of(handoff))
        .await()
        .atMost(SOON);
  }

  private static int cut() {
    var metrics = as("admin").get("/metrics").then().extract().asString();
    return metrics
        .lines()
        .filter(line -> line.startsWith("baton_inbox_streams_cut_total"))
        .mapToInt(line -> (int) Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
        .sum();
  }
}
