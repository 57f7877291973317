package baton.chassis.database;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.core.Vertx;
import java.time.Duration;
import java.util.function.Supplier;
import org.jboss.logging.Logger;

/** How tables that only remember for a while are kept small. */
public final class Purge {
  /** Rows a statement deletes at most, so that none holds its locks for long. */
  public static final int BATCH = 1000;

  private static final Logger LOG = Logger.getLogger(Purge.class);
  private static final Duration BETWEEN = Duration.ofMinutes(10);

  private Purge() {}

  /** Purges every ten minutes; a failure is logged and left to the next time. */
  public static void nowAndThen(Vertx vertx, String what, Supplier<Uni<Integer>> purge) {
    vertx.setPeriodic(
        BETWEEN.toMillis(),
        timer ->
            purge
                .get()
                .subscribe()
                .with(
                    purged -> LOG.debugf("%d %s forgotten", purged, what),
                    failure ->
                        LOG.warnf(
                            "%s can't be forgotten now: %s",
                            what, failure.getClass().getSimpleName())));
  }

  /**
   * Repeats a deletion of at most {@link #BATCH} rows until there were fewer; how many in all.
   *
   * @param batch deletes, and says how many rows
   */
  public static Uni<Integer> inBatches(Supplier<Uni<Integer>> batch) {
    return batch
        .get()
        .chain(
            purged ->
                purged < BATCH
                    ? Uni.createFrom().item(purged)
                    : inBatches(batch).map(further -> purged + further));
  }
}
