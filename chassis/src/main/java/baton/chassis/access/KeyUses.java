package baton.chassis.access;

import baton.chassis.clock.Ticks;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.subscription.Cancellable;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.StreamSupport;
import org.jboss.logging.Logger;

/**
 * Writes down now and then in which hour each key was used last; no request waits for it. What a
 * crash takes is some seconds of a key's first use in an hour.
 */
@ApplicationScoped
public class KeyUses {
  /** A key and the hour in which it was used last. */
  public record Use(String keyId, Instant lastUsedAt) {}

  private static final Logger LOG = Logger.getLogger(KeyUses.class);
  private static final Duration EVERY = Duration.ofSeconds(5);
  private static final String WRITE =
      """
      INSERT INTO key_use (key_id, last_at)
      SELECT key_id, last_at FROM unnest($1::text[], $2::timestamptz[]) AS used (key_id, last_at)
      ON CONFLICT (key_id) DO UPDATE SET last_at = excluded.last_at
      WHERE key_use.last_at < excluded.last_at
      """;

  private static final String LIST =
      "SELECT key_id, last_at FROM key_use WHERE key_id > $1 ORDER BY key_id LIMIT $2";

  private final Keys keys;
  private final Pool pool;
  private Map<String, Instant> written = Map.of();
  private Cancellable ticks = () -> {};

  KeyUses(Keys keys, Pool pool) {
    this.keys = keys;
    this.pool = pool;
  }

  void start(@Observes StartupEvent start) {
    ticks =
        Ticks.ask(
            EVERY, this::write, uses -> written = uses, ended -> LOG.error("key uses", ended));
  }

  void stop(@Observes ShutdownEvent stop) {
    ticks.cancel();
  }

  /** By their ids, those after {@code after}. */
  public Uni<List<Use>> list(String after, int limit) {
    return pool.preparedQuery(LIST)
        .execute(Tuple.of(after, limit))
        .map(
            rows ->
                StreamSupport.stream(rows.spliterator(), false)
                    .map(
                        row ->
                            new Use(
                                row.getString("key_id"),
                                row.getOffsetDateTime("last_at").toInstant()))
                    .toList());
  }

  /** Answers what is written then. */
  private Uni<Map<String, Instant>> write() {
    var uses = keys.lastUses();
    var news = new HashMap<>(uses);
    news.entrySet().removeAll(written.entrySet());
    if (news.isEmpty()) {
      return Uni.createFrom().item(written);
    }
    var ids = news.keySet().toArray(String[]::new);
    var hours =
        news.values().stream()
            .map(hour -> hour.atOffset(ZoneOffset.UTC))
            .toArray(OffsetDateTime[]::new);
    return pool.preparedQuery(WRITE)
        .execute(Tuple.of(ids, hours))
        .replaceWith(uses)
        .onFailure()
        .recoverWithItem(written);
  }
}
