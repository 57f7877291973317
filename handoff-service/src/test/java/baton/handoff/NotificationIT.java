package baton.handoff;

import static baton.handoff.Office.NINE;
import static baton.handoff.Office.as;
import static baton.handoff.Office.handoffOf;
import static baton.handoff.Office.hire;
import static baton.handoff.Office.id;
import static baton.handoff.Office.publish;
import static baton.handoff.Office.qualified;
import static baton.handoff.Office.sendEverybodyHome;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.containsInAnyOrder;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.matchesPattern;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.nullValue;
import static org.hamcrest.Matchers.startsWith;

import baton.chassis.database.Transactions;
import baton.contracts.Json;
import baton.handoff.Receiver.Received;
import baton.handoff.Receiver.Script;
import baton.handoff.notification.Deliveries;
import baton.handoff.notification.Deliveries.Room;
import baton.handoff.notification.Errand;
import baton.handoff.notification.Notice;
import baton.handoff.notification.Notifications;
import baton.infrastructure.BatonTestResource;
import com.standardwebhooks.Webhook;
import com.standardwebhooks.exceptions.WebhookVerificationException;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.IntStream;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
@TestProfile(NotificationIT.Hurried.class)
@QuarkusTestResource(
    value = BatonTestResource.class,
    initArgs = @ResourceArg(name = "database", value = "notification"))
class NotificationIT {
  static final Duration SOON = Duration.ofSeconds(60);
  static final Duration LEASE = Duration.ofSeconds(4);
  static final Duration TIMEOUT = Duration.ofSeconds(2);

  /** The pauses of hours in tenths of seconds, and receivers on this machine. */
  public static final class Hurried implements QuarkusTestProfile {
    @Override
    public Map<String, String> getConfigOverrides() {
      return Map.of(
          "baton.notification.allow-http", "true",
          "baton.notification.allow-private", "true",
          "baton.notification.looked-at-every", "PT0.1S",
          "baton.notification.pauses", "PT0.1S,PT0.2S,PT0.3S",
          "baton.notification.timeout", TIMEOUT.toString(),
          "baton.notification.lease", LEASE.toString());
    }
  }

  record Subscribed(String id, String secret) {}

  private final Notifications notifications;
  private final Deliveries deliveries;
  private final Transactions transactions;
  private final Pool pool;
  private final Receiver receiver = new Receiver();
  private final List<String> subscriptions = new ArrayList<>();

  NotificationIT(
      Notifications notifications, Deliveries deliveries, Transactions transactions, Pool pool) {
    this.notifications = notifications;
    this.deliveries = deliveries;
    this.transactions = transactions;
    this.pool = pool;
  }

  @BeforeEach
  void nobody_is_there_yet() {
    sendEverybodyHome();
  }

  @AfterEach
  void nobody_listens_any_more() {
    subscriptions.forEach(id -> as("admin").delete("/subscriptions/" + id));
    receiver.close();
  }

  @Test
  void every_step_reaches_who_subscribed_signed_and_without_a_person() throws Exception {
    var subscribed = subscribe("marketing", "/steps", "[\"lead-handoff\"]");
    subscribe("sales-manager", "/accepted", "[\"lead-handoff.accepted\", \"sla-breach\"]");
    hire("ada", "\"team\": \"dach\"");
    var lead = id();
    publish(List.of(qualified(lead, id(), NINE)));
    await().atMost(SOON).untilAsserted(() -> assertThat(receiver.on("/steps")).hasSize(1));

    as("sales-manager")
        .body("{\"occurredAt\": \"2026-11-20T10:00:00Z\"}")
        .post("/handoffs/" + handoffOf(lead) + "/accept")
        .then()
        .statusCode(200);

    await().atMost(SOON).untilAsserted(() -> assertThat(receiver.on("/steps")).hasSize(2));
    await().atMost(SOON).untilAsserted(() -> assertThat(receiver.on("/accepted")).hasSize(1));
    var accepted = receiver.on("/steps").getLast();
    new Webhook(subscribed.secret()).verify(accepted.body(), accepted.headers());
    assertThat(signatures(accepted)).containsExactly(signedByHand(subscribed.secret(), accepted));
    assertThat(accepted.header("host")).isEqualTo("localhost:" + receiver.port());
    assertThat(accepted.header("content-type")).isEqualTo("application/json");
    var told = Json.mapper().readTree(accepted.body());
    assertThat(told.properties().stream().map(Map.Entry::getKey))
        .containsExactlyInAnyOrder("type", "timestamp", "data");
    assertThat(told.path("type").asText()).isEqualTo("lead-handoff.accepted");
    assertThat(told.path("timestamp").asText()).isEqualTo("2026-11-20T10:00:00.000Z");
    assertThat(told.path("data").properties().stream().map(Map.Entry::getKey))
        .containsExactlyInAnyOrder(
            "charterVersion",
            "handoffId",
            "leadId",
            "links",
            "passId",
            "revision",
            "sellerId",
            "step",
            "team");
    assertThat(told.path("data").path("links").path("handoff").asText())
        .isEqualTo("/handoffs/" + handoffOf(lead));
  }

  @Test
  void while_a_secret_is_changed_both_sign() throws Exception {
    var subscribed = subscribe("admin", "/rotation", "[\"sla-met\"]");
    String fresh =
        as("admin")
            .post("/subscriptions/" + subscribed.id() + "/secret")
            .then()
            .statusCode(201)
            .body("secret", startsWith("whsec_"))
            .body("oldUntil", notNullValue())
            .extract()
            .path("secret");
    enqueue(1);
    await().atMost(SOON).untilAsserted(() -> assertThat(receiver.on("/rotation")).hasSize(1));
    as("admin")
        .body("{\"oldUntil\": \"2026-01-01T00:00:00Z\"}")
        .post("/subscriptions/" + subscribed.id() + "/secret")
        .then()
        .statusCode(201);

    enqueue(1);

    await().atMost(SOON).untilAsserted(() -> assertThat(receiver.on("/rotation")).hasSize(2));
    var both = receiver.on("/rotation").getFirst();
    assertThat(signatures(both))
        .containsExactly(signedByHand(fresh, both), signedByHand(subscribed.secret(), both));
    new Webhook(subscribed.secret()).verify(both.body(), both.headers());
    new Webhook(fresh).verify(both.body(), both.headers());
    var neither = receiver.on("/rotation").getLast();
    assertThat(signatures(neither)).hasSize(1);
    assertThatThrownBy(() -> new Webhook(fresh).verify(neither.body(), neither.headers()))
        .isInstanceOf(WebhookVerificationException.class);
  }

  @Test
  void what_passes_is_tried_again_under_the_same_id_and_no_sooner_than_asked() {
    var subscribed = subscribe("admin", "/busy", "[\"sla-met\"]");
    receiver.answers(
        "/busy",
        new Script(503, Map.of(), "down\u0000 for\nlunch"),
        new Script(429, Map.of("Retry-After", "2"), ""),
        new Script(204, Map.of(), ""));

    enqueue(1);

    await().atMost(SOON).untilAsserted(() -> assertThat(receiver.on("/busy")).hasSize(3));
    var came = receiver.on("/busy");
    assertThat(came.stream().map(each -> each.header("webhook-id")).distinct()).hasSize(1);
    assertThat(came.stream().map(Received::body).distinct()).hasSize(1);
    assertThat(Duration.ofNanos(came.get(2).nanos() - came.get(1).nanos()))
        .isGreaterThanOrEqualTo(Duration.ofSeconds(2));
    await()
        .atMost(SOON)
        .untilAsserted(() -> assertThat(state(subscribed, 0)).isEqualTo("delivered"));
    as("admin")
        .get("/subscriptions/" + subscribed.id() + "/deliveries")
        .then()
        .statusCode(200)
        .body("items", hasSize(1))
        .body("items[0].webhookId", equalTo(came.getFirst().header("webhook-id")))
        .body("items[0].attempts.status", equalTo(List.of(503, 429, 204)))
        .body("items[0].attempts.attempt", equalTo(List.of(1, 2, 3)))
        .body("items[0].attempts[0].excerpt", equalTo("down  for lunch"))
        .body("items[0].settledAt", notNullValue())
        .body("items[0].dueAt", nullValue());
    as("admin").get("/subscriptions/" + subscribed.id()).then().body("failingSince", nullValue());
  }

  @Test
  void who_is_gone_is_sent_nothing_until_enabled() {
    var subscribed = subscribe("admin", "/gone", "[\"sla-met\"]");
    receiver.answers("/gone", new Script(410, Map.of(), ""));
    enqueue(1);
    await()
        .atMost(SOON)
        .untilAsserted(
            () ->
                as("admin")
                    .get("/subscriptions/" + subscribed.id())
                    .then()
                    .body("state", equalTo("disabled"))
                    .body("disabledBecause", equalTo("the receiver answered 410")));
    subscribe("admin", "/there", "[\"sla-met\"]");
    enqueue(1);
    await().atMost(SOON).untilAsserted(() -> assertThat(receiver.on("/there")).hasSize(1));
    assertThat(receiver.on("/gone")).hasSize(1);

    as("admin")
        .post("/subscriptions/" + subscribed.id() + "/enable")
        .then()
        .statusCode(200)
        .body("state", equalTo("active"));

    enqueue(1);
    await().atMost(SOON).untilAsserted(() -> assertThat(receiver.on("/gone")).hasSize(2));
  }

  @Test
  void a_redirect_is_not_followed() {
    var subscribed = subscribe("admin", "/moved", "[\"sla-met\"]");
    receiver.answers("/moved", new Script(307, Map.of("Location", receiver.url("/elsewhere")), ""));

    enqueue(1);

    await().atMost(SOON).untilAsserted(() -> assertThat(state(subscribed, 0)).isEqualTo("failed"));
    await()
        .atMost(SOON)
        .untilAsserted(
            () ->
                as("admin")
                    .get("/metrics")
                    .then()
                    .body(
                        matchesPattern(
                            "(?s).*baton_notification_deliveries\\{[^}]*state=\"failed\"[^}]*} [1-9].*")));
    assertThat(receiver.on("/moved")).hasSize(1);
    assertThat(receiver.on("/elsewhere")).isEmpty();
  }

  @Test
  void what_was_refused_can_be_delivered_again() {
    var subscribed = subscribe("admin", "/picky", "[\"sla-met\"]");
    receiver.answers("/picky", new Script(400, Map.of(), "not today"));
    enqueue(1);
    await().atMost(SOON).untilAsserted(() -> assertThat(state(subscribed, 0)).isEqualTo("failed"));
    int number =
        as("admin")
            .get("/subscriptions/" + subscribed.id() + "/deliveries?state=failed")
            .then()
            .body("items", hasSize(1))
            .extract()
            .path("items[0].number");

    as("admin")
        .post("/subscriptions/" + subscribed.id() + "/deliveries/" + number + "/redeliver")
        .then()
        .statusCode(202)
        .body("state", equalTo("pending"));

    await()
        .atMost(SOON)
        .untilAsserted(
            () ->
                as("admin")
                    .get("/subscriptions/" + subscribed.id() + "/deliveries/" + number)
                    .then()
                    .body("state", equalTo("delivered"))
                    .body("attempts.status", equalTo(List.of(400, 204))));
    assertThat(receiver.on("/picky").stream().map(each -> each.header("webhook-id")).distinct())
        .hasSize(1);
  }

  @Test
  void all_that_failed_since_then_can_be_delivered_again() {
    var subscribed = subscribe("admin", "/mended", "[\"sla-met\"]");
    var no = new Script(401, Map.of(), "");
    receiver.answers("/mended", no, no, no);
    enqueue(4);
    await()
        .atMost(SOON)
        .untilAsserted(
            () ->
                as("admin")
                    .get("/subscriptions/" + subscribed.id() + "/deliveries?state=pending")
                    .then()
                    .body("items", hasSize(0)));

    as("admin")
        .body("{\"since\": \"2026-01-01T00:00:00Z\"}")
        .post("/subscriptions/" + subscribed.id() + "/redeliver")
        .then()
        .statusCode(202)
        .body("asked", equalTo(3));

    await().atMost(SOON).untilAsserted(() -> assertThat(receiver.on("/mended")).hasSize(7));
    assertThat(receiver.on("/mended").stream().map(each -> each.header("webhook-id")).distinct())
        .hasSize(4);
  }

  @Test
  void nobody_home_is_tried_until_the_pauses_are_used_up() {
    var gone = new Receiver();
    var subscribed = subscribe("admin", gone.url("/x"), "[\"sla-met\"]");
    gone.close();

    enqueue(1);

    await().atMost(SOON).untilAsserted(() -> assertThat(state(subscribed, 0)).isEqualTo("failed"));
    as("admin")
        .get("/subscriptions/" + subscribed.id() + "/deliveries")
        .then()
        .body("items[0].attempts", hasSize(4))
        .body("items[0].attempts.error.unique()", equalTo(List.of("no connection")));
    as("admin")
        .get("/subscriptions/" + subscribed.id())
        .then()
        .body("failingSince", notNullValue());
  }

  @Test
  void who_says_nothing_holds_up_nobody_else() {
    subscribe("admin", "/asleep", "[\"sla-met\"]");
    receiver.saysNothingOn("/asleep");
    enqueue(200);
    await().atMost(SOON).untilAsserted(() -> assertThat(receiver.on("/asleep")).isNotEmpty());
    subscribe("admin", "/awake", "[\"sla-met\"]");

    enqueue(100);

    await()
        .atMost(TIMEOUT.multipliedBy(5))
        .untilAsserted(() -> assertThat(receiver.on("/awake")).hasSize(100));
    assertThat(receiver.on("/asleep")).hasSizeLessThan(50);
  }

  @Test
  void what_a_dead_worker_held_is_sent_when_its_lease_ends() {
    var subscribed = subscribe("admin", "/orphan", "[\"sla-met\"]");

    var held =
        transactions
            .run(
                tx ->
                    notifications
                        .enqueue(tx, notices(1))
                        .chain(() -> deliveries.claim(tx, new Room(9, 9, Map.of()), LEASE)))
            .await()
            .atMost(SOON);

    assertThat(held).hasSize(1);
    var begun = System.nanoTime();
    await().atMost(SOON).untilAsserted(() -> assertThat(receiver.on("/orphan")).hasSize(1));
    assertThat(Duration.ofNanos(receiver.on("/orphan").getFirst().nanos() - begun))
        .isGreaterThan(LEASE.minusSeconds(1));
    assertThat(receiver.on("/orphan").getFirst().header("webhook-id"))
        .isEqualTo(held.getFirst().webhookId().toString());
    await()
        .atMost(SOON)
        .untilAsserted(() -> assertThat(state(subscribed, 0)).isEqualTo("delivered"));
    as("admin")
        .get("/subscriptions/" + subscribed.id() + "/deliveries")
        .then()
        .body("items[0].attempts.attempt", equalTo(List.of(2)));
  }

  @Test
  void what_was_not_committed_is_not_sent() {
    subscribe("admin", "/truth", "[\"sla-met\"]");
    transactions
        .run(
            tx ->
                notifications
                    .enqueue(tx, notices(5))
                    .chain(
                        () -> Uni.createFrom().failure(new IllegalStateException("rolled back"))))
        .onFailure(IllegalStateException.class)
        .recoverWithNull()
        .await()
        .atMost(SOON);

    var committed = enqueue(1).getFirst();

    await().atMost(SOON).untilAsserted(() -> assertThat(receiver.on("/truth")).hasSize(1));
    assertThat(receiver.on("/truth").getFirst().body())
        .contains(String.valueOf(committed.data().get("verdictId")));
  }

  @Test
  void two_workers_never_hold_the_same_delivery() {
    subscribe("admin", "/shared", "[\"sla-met\"]");
    var notices = enqueue(300);

    var elsewhere = new HashSet<UUID>();
    for (var round = 0; round < 20; round++) {
      transactions
          .run(tx -> deliveries.claim(tx, new Room(3, 3, Map.of()), Duration.ofHours(1)))
          .await()
          .atMost(SOON)
          .stream()
          .map(Errand::webhookId)
          .forEach(elsewhere::add);
    }

    await()
        .atMost(SOON)
        .untilAsserted(
            () -> assertThat(receiver.on("/shared")).hasSize(notices.size() - elsewhere.size()));
    assertThat(
            receiver.on("/shared").stream().map(each -> UUID.fromString(each.header("webhook-id"))))
        .doesNotHaveDuplicates()
        .doesNotContainAnyElementsOf(elsewhere);
  }

  @Test
  void a_channel_of_slack_reads_it_in_words() throws Exception {
    String id =
        as("sales-manager")
            .body(
                "{\"url\": \"%s\", \"events\": [\"lead-handoff\"], \"format\": \"slack\"}"
                    .formatted(receiver.url("/services/T/B/secret")))
            .post("/subscriptions")
            .then()
            .statusCode(201)
            .body("url", equalTo("http://localhost:" + receiver.port() + "/…"))
            .extract()
            .path("subscriptionId");
    subscriptions.add(id);
    hire("grace", "\"team\": \"<inside>\"");
    var lead = id();

    publish(List.of(qualified(lead, id(), NINE)));

    await()
        .atMost(SOON)
        .untilAsserted(() -> assertThat(receiver.on("/services/T/B/secret")).hasSize(1));
    var message = Json.mapper().readTree(receiver.on("/services/T/B/secret").getFirst().body());
    assertThat(message.path("text").asText()).isEqualTo("lead-handoff.offered " + handoffOf(lead));
    assertThat(message.path("blocks").get(0).path("text").path("text").asText())
        .isEqualTo("*lead-handoff offered*");
    assertThat(message.path("blocks").get(1).path("fields").findValuesAsText("text"))
        .contains("*team*\n&lt;inside&gt;", "*sellerId*\ngrace");
  }

  @Test
  void a_sides_subscriptions_are_its_own() {
    var marketings = subscribe("marketing", "/own", "[\"sla-met\"]").id();

    as("sales-manager").get("/subscriptions/" + marketings).then().statusCode(404);

    as("sales-manager").delete("/subscriptions/" + marketings).then().statusCode(404);
    as("sales-manager")
        .get("/subscriptions")
        .then()
        .body("items.subscriptionId", not(hasItem(marketings)));
    as("sales-manager").post("/subscriptions/" + marketings + "/secret").then().statusCode(404);
    as("sales-manager").get("/subscriptions/" + marketings + "/deliveries").then().statusCode(404);
    as("sales").get("/subscriptions").then().statusCode(403);
    as("report").get("/subscriptions").then().statusCode(403);
    as("admin").get("/subscriptions/" + marketings).then().statusCode(200);
    as("marketing")
        .get("/subscriptions/" + marketings)
        .then()
        .statusCode(200)
        .body("secret", nullValue())
        .body("events", containsInAnyOrder("sla-met"))
        .body("state", equalTo("active"));
    as("marketing").delete("/subscriptions/" + marketings).then().statusCode(204);
    as("marketing").get("/subscriptions/" + marketings).then().statusCode(404);
  }

  @Test
  void old_deliveries_and_removed_subscriptions_are_pruned() {
    var kept = subscribe("admin", "/kept", "[\"sla-met\"]");
    enqueue(3);
    await()
        .atMost(SOON)
        .untilAsserted(
            () ->
                as("admin")
                    .get("/subscriptions/" + kept.id() + "/deliveries?state=delivered")
                    .then()
                    .body("items", hasSize(3)));

    transactions.run(tx -> deliveries.prune(tx, Duration.ZERO)).await().atMost(SOON);

    as("admin").get("/subscriptions/" + kept.id() + "/deliveries").then().body("items", hasSize(0));
    assertThat(
            count(
                "SELECT count(*) FROM delivery_attempt a JOIN delivery d USING (number)"
                    + " WHERE d.subscription_id = '"
                    + kept.id()
                    + "'"))
        .isZero();
  }

  @Test
  void no_secret_stands_in_the_database_as_it_is() {
    var subscribed = subscribe("admin", "/sealed", "[\"sla-met\"]");

    var secret = Base64.getDecoder().decode(subscribed.secret().substring("whsec_".length()));

    assertThat(secret).hasSize(32);
    assertThat(
            count(
                "SELECT count(*) FROM subscription_secret WHERE position('\\x"
                    + java.util.HexFormat.of().formatHex(secret)
                    + "'::bytea IN sealed) > 0"))
        .isZero();
  }

  private Subscribed subscribe(String role, String path, String events) {
    var url = path.startsWith("/") ? receiver.url(path) : path;
    var answer =
        as(role)
            .body("{\"url\": \"" + url + "\", \"events\": " + events + "}")
            .post("/subscriptions")
            .then()
            .statusCode(201)
            .header("Cache-Control", "no-store")
            .body("secret", startsWith("whsec_"))
            .extract();
    var subscribed = new Subscribed(answer.path("subscriptionId"), answer.path("secret"));
    subscriptions.add(subscribed.id());
    return subscribed;
  }

  private List<Notice> enqueue(int count) {
    var notices = notices(count);
    transactions.run(tx -> notifications.enqueue(tx, notices)).await().atMost(SOON);
    return notices;
  }

  private static List<Notice> notices(int count) {
    return IntStream.range(0, count)
        .mapToObj(n -> new Notice("sla-met", NINE, 0, Map.of("verdictId", id())))
        .toList();
  }

  private static String state(Subscribed subscribed, int at) {
    return as("admin")
        .get("/subscriptions/" + subscribed.id() + "/deliveries")
        .then()
        .extract()
        .path("items[" + at + "].state");
  }

  private static List<String> signatures(Received received) {
    return List.of(received.header("webhook-signature").split(" ", -1));
  }

  private static String signedByHand(String secret, Received received)
      throws GeneralSecurityException {
    var mac = Mac.getInstance("HmacSHA256");
    mac.init(
        new SecretKeySpec(
            Base64.getDecoder().decode(secret.substring("whsec_".length())), "HmacSHA256"));
    var content =
        received.header("webhook-id")
            + "."
            + received.header("webhook-timestamp")
            + "."
            + received.body();
    return "v1,"
        + Base64.getEncoder().encodeToString(mac.doFinal(content.getBytes(StandardCharsets.UTF_8)));
  }

  private long count(String query) {
    return pool.query(query).execute().await().atMost(SOON).iterator().next().getLong(0);
  }
}
