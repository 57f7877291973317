package baton.handoff.notification;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What is owed to subscribers. Due and leased by PostgreSQL's clock. */
public interface Deliveries {

  /** How much may be taken at once: in all, and for one subscription, less what is under way. */
  record Room(int all, int each, Map<UUID, Integer> underWay) {
    public Room {
      underWay = Map.copyOf(underWay);
    }
  }

  /** How an attempt went. */
  record Report(Errand errand, Instant startedAt, Duration took, Reply reply, Next next) {}

  /** What became of being asked to deliver again. */
  enum Redelivery {
    ASKED,
    UNDER_WAY,
    DISABLED,
    UNKNOWN
  }

  /**
   * Claims what is due for as long as {@code lease}; nobody else gets it meanwhile, and somebody
   * does afterwards if nothing was reported. A subscription that fails gets one at a time.
   */
  Uni<List<Errand>> claim(SqlConnection tx, Room room, Duration lease);

  /** Too late a report, of a delivery that was claimed again, counts only if it was delivered. */
  Uni<Void> report(SqlConnection tx, Report report);

  /** The newest first, those before {@code before}; {@code state} null is all. */
  Uni<List<Delivery>> list(
      SqlConnection tx,
      UUID subscriptionId,
      @Nullable String state,
      @Nullable Long before,
      int limit);

  Uni<Optional<Delivery>> find(SqlConnection tx, UUID subscriptionId, long number);

  /** Due now and by a fresh count of attempts, under the same webhook id. */
  Uni<Redelivery> redeliver(SqlConnection tx, UUID subscriptionId, long number);

  /** The same for what failed since then, at most {@code limit} of it; says how many. */
  Uni<Integer> redeliverFailed(SqlConnection tx, UUID subscriptionId, Instant since, int limit);

  /** How many wait and how many failed for good, a million of each at most. */
  record Backlog(long pending, long failed) {}

  Uni<Backlog> measure(SqlConnection tx);

  /** Deletes some of what was settled longer ago than that; says whether any may be left. */
  Uni<Boolean> prune(SqlConnection tx, Duration keptFor);
}
