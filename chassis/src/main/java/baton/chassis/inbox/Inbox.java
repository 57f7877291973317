package baton.chassis.inbox;

import baton.chassis.database.Purge;
import io.quarkus.runtime.StartupEvent;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.core.Vertx;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.SqlResult;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Tells events that a consumer has seen from those it hasn't.
 *
 * <p>A record comes again only while its offset isn't committed, so what may come again is among
 * the last that its consumer saw. Age is therefore measured from the consumer's newest row, not
 * from now: after months of standstill the last batch is still remembered. Kafka forgets the
 * offsets of a group that is away for a week, which nothing here would outlive; {@link #KEPT} is
 * well beyond that.
 */
@ApplicationScoped
public class Inbox {
  private static final Duration KEPT = Duration.ofDays(30);

  private static final String REMEMBER =
      """
      INSERT INTO inbox (consumer, event_id)
      SELECT $1, id FROM unnest($2::uuid[]) AS id ORDER BY id
      ON CONFLICT DO NOTHING
      RETURNING event_id
      """;
  private static final String PURGE =
      """
      DELETE FROM inbox WHERE consumer = $1 AND event_id IN (
        SELECT event_id FROM inbox
        WHERE consumer = $1
          AND seen_at < (SELECT max(seen_at) FROM inbox WHERE consumer = $1) - $2 * interval '1 second'
        ORDER BY seen_at LIMIT $3 FOR UPDATE SKIP LOCKED)
      """;

  private final Pool pool;
  private final Vertx vertx;
  private final Set<String> consumers = ConcurrentHashMap.newKeySet();

  Inbox(Pool pool, Vertx vertx) {
    this.pool = pool;
    this.vertx = vertx;
  }

  /**
   * Those of these events that this consumer never saw before, remembered in the transaction at
   * hand. A concurrent twin waits for it to end.
   */
  public Uni<Set<UUID>> firstSeen(SqlConnection tx, String consumer, List<UUID> eventIds) {
    if (eventIds.isEmpty()) {
      return Uni.createFrom().item(Set.of());
    }
    consumers.add(consumer);
    return tx.preparedQuery(REMEMBER)
        .execute(Tuple.of(consumer, eventIds.stream().distinct().toArray(UUID[]::new)))
        .map(
            rows -> {
              var first = new HashSet<UUID>();
              rows.forEach(row -> first.add(row.getUUID("event_id")));
              return first;
            });
  }

  void purgeNowAndThen(@Observes StartupEvent start) {
    Purge.nowAndThen(vertx, "events that can't come again", this::purge);
  }

  /** Forgets what can't come again to those who asked since the start; how many events. */
  Uni<Integer> purge() {
    return Multi.createFrom()
        .iterable(List.copyOf(consumers))
        .onItem()
        .transformToUniAndConcatenate(this::purge)
        .collect()
        .with(java.util.stream.Collectors.summingInt(purged -> purged));
  }

  private Uni<Integer> purge(String consumer) {
    return Purge.inBatches(
        () ->
            pool.preparedQuery(PURGE)
                .execute(Tuple.of(consumer, KEPT.toSeconds(), Purge.BATCH))
                .map(SqlResult::rowCount));
  }
}
