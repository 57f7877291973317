package baton.handoff.clock.timer;

import baton.chassis.database.Transactions;
import baton.handoff.clock.ClockSet;
import baton.handoff.clock.Deadlines;
import baton.handoff.clock.DueClocks;
import baton.handoff.clock.DueClocks.Lane;
import baton.handoff.clock.Escalations;
import baton.handoff.clock.Look;
import baton.handoff.clock.Promise;
import baton.handoff.clock.Warnings;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Vertx;
import io.vertx.mutiny.sqlclient.SqlConnection;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Collections;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Looks for due clocks when the next is due, and every so often whatever it believes: another
 * instance may have set one, or died over one. What a look finds is PostgreSQL's to say; an own
 * clock that is wrong only makes it look at another time.
 */
@ApplicationScoped
class BreachWatch {
  private static final Logger LOG = Logger.getLogger(BreachWatch.class);

  private final DueClocks due;
  private final Warnings warnings;
  private final Escalations escalations;
  private final Deadlines deadlines;
  private final Transactions transactions;
  private final ClockSettings settings;
  private final InstantSource clock;
  private final MeterRegistry metrics;
  private final Vertx vertx;
  private final AtomicBoolean looking = new AtomicBoolean();
  private volatile boolean closed;
  private long timer = -1;
  private long wakesAt = Long.MAX_VALUE;

  BreachWatch(
      DueClocks due,
      Warnings warnings,
      Escalations escalations,
      Deadlines deadlines,
      Transactions transactions,
      ClockSettings settings,
      InstantSource clock,
      MeterRegistry metrics,
      Vertx vertx) {
    this.due = due;
    this.warnings = warnings;
    this.escalations = escalations;
    this.deadlines = deadlines;
    this.transactions = transactions;
    this.settings = settings;
    this.clock = clock;
    this.metrics = metrics;
    this.vertx = vertx;
  }

  void open(@Observes StartupEvent start) {
    transactions
        .run(deadlines::retry)
        .chain(() -> recompute(null))
        .onFailure()
        .invoke(failure -> LOG.warnf("open deadlines weren't computed anew: %s", failure))
        .onTermination()
        .invoke(() -> wakeIn(1))
        .subscribe()
        .with(_ -> {}, _ -> {});
  }

  /** Time zone rules come with a new JVM, so that once at the start is often enough. */
  private Uni<Void> recompute(@Nullable Promise after) {
    return transactions
        .run(tx -> deadlines.recompute(tx, after, settings.atOnce()))
        .chain(last -> last.isPresent() ? recompute(last.get()) : Uni.createFrom().voidItem());
  }

  void close(@Observes ShutdownEvent end) {
    closed = true;
  }

  /** What is set now is committed soon: until it is due, it mostly is. */
  void on(@Observes ClockSet set) {
    wakeIn(Math.max(1, Duration.between(clock.instant(), set.dueAt()).toMillis() + 1));
  }

  Uni<Void> look() {
    if (closed || !looking.compareAndSet(false, true)) {
      return Uni.createFrom().voidItem();
    }
    return judged()
        .chain(
            next ->
                all(tx -> warnings.give(tx, settings.atOnce()), "warned")
                    .map(warned -> Math.min(next, warned)))
        .chain(
            next ->
                all(tx -> escalations.take(tx, settings.atOnce()), "escalated")
                    .map(escalated -> Math.min(next, escalated)))
        .onFailure()
        .invoke(failure -> LOG.debugf("clocks could not be looked at: %s", failure))
        .onFailure()
        .recoverWithItem(Long.MAX_VALUE)
        .invoke(
            next -> {
              looking.set(false);
              wakeIn(next);
            })
        .replaceWithVoid();
  }

  /**
   * Who finds more than a few is behind, and judges in lanes, each on its own connection, until
   * each has caught up.
   */
  private Uni<Long> judged() {
    return some(tx -> due.judge(tx, Lane.WHOLE, settings.few()), "judged")
        .chain(
            look ->
                look.mayBeMore()
                    ? inLanes(settings.lanes())
                    : Uni.createFrom().item(look.nextInMillis()));
  }

  private Uni<Long> inLanes(int lanes) {
    var judged =
        IntStream.range(0, lanes)
            .mapToObj(n -> new Lane(n, lanes))
            .map(lane -> all(tx -> due.judge(tx, lane, settings.atOnce()), "judged"))
            .toList();
    return Uni.join().all(judged).andCollectFailures().map(Collections::min);
  }

  private Uni<Look> some(Function<SqlConnection, Uni<Look>> work, String what) {
    return transactions
        .run(work)
        .invoke(look -> metrics.counter("baton.clock." + what).increment(look.taken()));
  }

  private Uni<Long> all(Function<SqlConnection, Uni<Look>> work, String what) {
    return some(work, what)
        .repeat()
        .whilst(look -> look.mayBeMore() && !closed)
        .collect()
        .last()
        .map(Look::nextInMillis);
  }

  /** At the latest when the longest pause between two looks is over. */
  private synchronized void wakeIn(long millis) {
    if (closed) {
      return;
    }
    var pause = Math.max(1, Math.min(millis, settings.lookedAtEvery().toMillis()));
    var at = clock.millis() + pause;
    if (timer >= 0 && wakesAt <= at) {
      return;
    }
    if (timer >= 0) {
      vertx.cancelTimer(timer);
    }
    wakesAt = at;
    timer = vertx.setTimer(pause, _ -> wake());
  }

  private void wake() {
    synchronized (this) {
      timer = -1;
      wakesAt = Long.MAX_VALUE;
    }
    look().subscribe().with(_ -> {}, _ -> {});
  }
}
