package baton.chassis.inbox;

import static org.assertj.core.api.Assertions.assertThat;

import baton.infrastructure.BatonTestResource;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.vertx.mutiny.sqlclient.Pool;
import jakarta.inject.Inject;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
@WithTestResource(BatonTestResource.class)
class InboxIT {
  @Inject Inbox inbox;
  @Inject Pool pool;

  private final UUID today = UUID.randomUUID();

  @BeforeEach
  void empty() {
    run("TRUNCATE inbox");
  }

  @Test
  void what_can_not_come_again_is_forgotten_in_batches() {
    seen("awake", "now() - interval '31 days'", 2_500);
    seen("awake", "now() - interval '29 days'", 3);
    see("awake");

    var purged = inbox.purge().await().indefinitely();

    assertThat(purged).isEqualTo(2_500);
    assertThat(rows()).isEqualTo(4);
    assertThat(see("awake")).isFalse();
  }

  @Test
  void after_a_long_standstill_the_last_batch_is_still_remembered() {
    see("asleep");
    run("UPDATE inbox SET seen_at = now() - interval '2 years'");
    seen("asleep", "now() - interval '3 years'", 5);

    inbox.purge().await().indefinitely();

    assertThat(rows()).isEqualTo(1);
    assertThat(see("asleep")).isFalse();
  }

  private boolean see(String consumer) {
    return pool.withTransaction(tx -> inbox.firstSeen(tx, consumer, List.of(today)))
        .await()
        .indefinitely()
        .contains(today);
  }

  private void seen(String consumer, String at, int many) {
    run(
        "INSERT INTO inbox SELECT '%s', gen_random_uuid(), %s FROM generate_series(1, %d)"
            .formatted(consumer, at, many));
  }

  private long rows() {
    return pool.query("SELECT count(*) FROM inbox")
        .execute()
        .await()
        .indefinitely()
        .iterator()
        .next()
        .getLong(0);
  }

  private void run(String sql) {
    pool.query(sql).execute().await().indefinitely();
  }
}
