package baton.chassis.database;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import baton.chassis.problem.Problem;
import baton.infrastructure.BatonTestResource;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.subscription.Cancellable;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.SqlConnection;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
@WithTestResource(BatonTestResource.class)
class TransactionsIT {
  private static final Duration SOON = Duration.ofSeconds(30);
  private static final int POOL = 16;

  @Inject Transactions transactions;
  @Inject SessionTransactions sessions;
  @Inject Pool pool;

  @BeforeEach
  void empty() {
    run("CREATE TABLE IF NOT EXISTS tally (id int PRIMARY KEY, n int NOT NULL)");
    run("TRUNCATE tally");
    run("INSERT INTO tally VALUES (1, 0), (2, 0)");
  }

  @Test
  void ten_thousand_cancelled_transactions_leave_the_pool_idle_and_lose_no_commit() {
    for (var round = 0; round < 100; round++) {
      var waiting = new ArrayList<Cancellable>();
      for (var n = 0; n < 100; n++) {
        waiting.add(transactions.run(tx -> add(tx, 1)).subscribe().with(_ -> {}, _ -> {}));
      }
      waiting.forEach(Cancellable::cancel);
      await().atMost(SOON).untilAsserted(() -> assertThat(active()).isZero());
    }

    assertThat(tally(1)).isEqualTo(10_000);
    var everyConnection = Stream.generate(pool::getConnection).limit(POOL).toList();
    Uni.join()
        .all(everyConnection)
        .andFailFast()
        .await()
        .atMost(SOON)
        .forEach(SqlConnection::closeAndAwait);
  }

  @Test
  void two_transactions_that_wait_for_each_other_both_commit() {
    var arrived = new AtomicInteger();
    var met = new CompletableFuture<@Nullable Void>();
    Supplier<Uni<?>> meeting =
        () -> {
          if (arrived.incrementAndGet() == 2) {
            met.complete(null);
          }
          return Uni.createFrom().completionStage(met);
        };
    var oneWay = transactions.run(tx -> add(tx, 1).call(meeting).chain(() -> add(tx, 2)));
    var otherWay = transactions.run(tx -> add(tx, 2).call(meeting).chain(() -> add(tx, 1)));

    Uni.join().all(oneWay, otherWay).andFailFast().await().atMost(SOON);

    assertThat(tally(1)).isEqualTo(2);
    assertThat(tally(2)).isEqualTo(2);
  }

  @Test
  void a_connection_that_breaks_is_told_as_503_with_a_time_to_come_back() {
    var broken =
        transactions.run(
            tx ->
                tx.query("SELECT pg_terminate_backend(pg_backend_pid())")
                    .execute()
                    .replaceWithVoid());

    assertThatThrownBy(() -> broken.await().atMost(SOON))
        .isInstanceOfSatisfying(
            Problem.class,
            problem -> {
              assertThat(problem.status()).isEqualTo(503);
              assertThat(problem.headers()).containsKey("Retry-After");
            });
  }

  @Test
  void a_failure_of_the_work_itself_is_passed_on_and_undone() {
    var failing =
        transactions.run(
            tx -> add(tx, 1).chain(() -> Uni.createFrom().failure(new ArithmeticException())));

    assertThatThrownBy(() -> failing.await().atMost(SOON)).isInstanceOf(ArithmeticException.class);
    assertThat(tally(1)).isZero();
    await().atMost(5, SECONDS).untilAsserted(() -> assertThat(active()).isZero());
  }

  @Test
  void work_that_throws_before_it_begins_gives_its_connection_back() {
    var tries = new AtomicInteger();
    for (var n = 0; n < 50; n++) {
      var throwing =
          transactions.<Void>run(
              _ -> {
                tries.incrementAndGet();
                throw new IllegalStateException("at once");
              });
      assertThatThrownBy(() -> throwing.await().atMost(SOON))
          .isInstanceOf(IllegalStateException.class);
    }

    assertThat(tries).hasValue(50);
    await().atMost(5, SECONDS).untilAsserted(() -> assertThat(active()).isZero());
  }

  private static Uni<Void> add(SqlConnection tx, int id) {
    return tx.query("UPDATE tally SET n = n + 1 WHERE id = " + id).execute().replaceWithVoid();
  }

  private int tally(int id) {
    return number("SELECT n FROM tally WHERE id = " + id);
  }

  /** How many of the service's own connections are in the middle of something. */
  private int active() {
    return number(
        "SELECT count(*)::int FROM pg_stat_activity WHERE datname = current_database()"
            + " AND application_name = 'chassis-test' AND state <> 'idle'"
            + " AND pid <> pg_backend_pid()");
  }

  private int number(String sql) {
    return pool.query(sql).execute().await().atMost(SOON).iterator().next().getInteger(0);
  }

  private void run(String sql) {
    pool.query(sql).execute().await().atMost(SOON);
  }
}
