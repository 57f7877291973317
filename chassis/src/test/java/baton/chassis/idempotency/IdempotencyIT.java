package baton.chassis.idempotency;

import static org.assertj.core.api.Assertions.assertThat;

import baton.chassis.access.Caller;
import baton.chassis.access.Role;
import baton.infrastructure.BatonTestResource;
import baton.infrastructure.Infrastructure;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Tuple;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.Collections;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

@QuarkusTest
@WithTestResource(BatonTestResource.class)
class IdempotencyIT {
  private static final String SALES = Infrastructure.shared().key("sales");
  private static final String ADMIN = Infrastructure.shared().key("admin");

  private final HttpClient client = HttpClient.newHttpClient();
  private final String key = UUID.randomUUID().toString();
  private final String thing = "thing-" + UUID.randomUUID();
  private final Pool pool;
  private final Answers answers;

  IdempotencyIT(Pool pool, Answers answers) {
    this.pool = pool;
    this.answers = answers;
  }

  /** What a caller can see of an answer. */
  record Seen(int status, String body, List<String> location, List<String> type) {
    static Seen of(HttpResponse<String> response) {
      return new Seen(
          response.statusCode(),
          response.body(),
          response.headers().allValues("Location"),
          response.headers().allValues("Content-Type"));
    }
  }

  @Test
  void two_hundred_twins_have_one_effect_and_one_answer() throws Exception {
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      Callable<Seen> twin = this::persistentOrder;

      var seen =
          threads.invokeAll(Collections.nCopies(200, twin)).stream()
              .map(f -> f.resultNow())
              .distinct()
              .toList();

      assertThat(seen).hasSize(1);
      assertThat(seen.getFirst().status()).isEqualTo(201);
      assertThat(seen.getFirst().location()).hasSize(1);
      assertThat(effects()).isEqualTo(1);
    }
  }

  @Test
  void the_same_key_with_another_body_is_refused() throws Exception {
    order(SALES, key, thing);

    var other = order(SALES, key, thing + "-too");

    assertThat(other.status()).isEqualTo(422);
    assertThat(other.body()).contains("urn:baton:problem:key-reused");
  }

  @Test
  void a_key_is_its_callers_own() throws Exception {
    order(SALES, key, thing);

    var other = order(ADMIN, key, thing);

    assertThat(other.status()).isEqualTo(201);
    assertThat(effects()).isEqualTo(2);
  }

  @Test
  void without_a_key_every_call_has_its_effect() throws Exception {
    order(SALES, null, thing);

    order(SALES, null, thing);

    assertThat(effects()).isEqualTo(2);
  }

  @Test
  void errors_are_not_kept() throws Exception {
    var refused = order(SALES, key, "refused");

    var next = order(SALES, key, thing);

    assertThat(refused.status()).isEqualTo(409);
    assertThat(next.status()).isEqualTo(201);
    assertThat(count("refused")).isZero();
  }

  @Test
  void after_a_day_a_key_is_new_again() throws Exception {
    order(SALES, key, thing);
    age(key);

    var next = order(SALES, key, thing + "-next-day");

    assertThat(next.status()).isEqualTo(201);
  }

  @Test
  void old_answers_are_forgotten() throws Exception {
    pool.query(
            """
            INSERT INTO idempotency (caller, path, key, body_hash, created_at)
            SELECT 'old', '/orders', n::text, '', now() - interval '25 hours'
            FROM generate_series(1, 2500) n
            """)
        .execute()
        .await()
        .indefinitely();
    order(SALES, key, thing);

    answers.purge().await().indefinitely();

    assertThat(rows("SELECT count(*) FROM idempotency WHERE caller = $1", "old")).isZero();
    assertThat(rows("SELECT count(*) FROM idempotency WHERE key = $1", kept(key))).isEqualTo(1);
  }

  @Test
  void an_answer_that_names_somebody_erased_says_nothing_and_its_key_stays_taken()
      throws Exception {
    var lead = UUID.randomUUID();
    order(SALES, key, thing);
    pool.preparedQuery("UPDATE idempotency SET body = convert_to($2, 'UTF8') WHERE key = $1")
        .execute(Tuple.of(kept(key), "{\"leadId\":\"" + lead + "\",\"note\":\"Ada\"}"))
        .await()
        .indefinitely();

    var blanked =
        pool.withTransaction(tx -> answers.blank(tx, List.of(lead))).await().indefinitely();

    assertThat(blanked).isEqualTo(1);
    assertThat(order(SALES, key, thing).body()).isEqualTo("{\"erased\":true}");
    assertThat(effects()).isEqualTo(1);
  }

  /** As a client does that is told to come again. */
  private Seen persistentOrder() throws Exception {
    Seen seen;
    do {
      seen = order(SALES, key, thing);
    } while (seen.status() == 503);
    return seen;
  }

  private Seen order(String token, @Nullable String idempotencyKey, String what) throws Exception {
    var request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + RestAssured.port + "/orders"))
            .header("Authorization", "Bearer " + token)
            .header("Content-Type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofString("{\"thing\":\"" + what + "\"}"));
    if (idempotencyKey != null) {
      request.header("Idempotency-Key", idempotencyKey);
    }
    return Seen.of(client.send(request.build(), HttpResponse.BodyHandlers.ofString()));
  }

  private void age(String idempotencyKey) {
    pool.preparedQuery(
            "UPDATE idempotency SET created_at = created_at - interval '24 hours' WHERE key = $1")
        .execute(Tuple.of(kept(idempotencyKey)))
        .await()
        .indefinitely();
  }

  private static String kept(String idempotencyKey) {
    var anybody = new Caller("anybody", Role.SALES, null, null);
    return Claim.of(idempotencyKey, anybody, "", new byte[0]).key();
  }

  private long effects() {
    return count(thing);
  }

  private long count(String what) {
    return rows("SELECT count(*) FROM thing_ordered WHERE thing = $1", what);
  }

  private long rows(String statement, String parameter) {
    return pool.preparedQuery(statement)
        .execute(Tuple.of(parameter))
        .await()
        .indefinitely()
        .iterator()
        .next()
        .getLong(0);
  }
}
