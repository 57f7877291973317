package baton.handoff.notification.http;

import baton.chassis.database.Transactions;
import baton.handoff.notification.Deliveries;
import baton.handoff.notification.Deliveries.Backlog;
import baton.handoff.notification.Deliveries.Report;
import baton.handoff.notification.Deliveries.Room;
import baton.handoff.notification.Errand;
import baton.handoff.notification.Next;
import baton.handoff.notification.Next.Again;
import baton.handoff.notification.Next.Delivered;
import baton.handoff.notification.Next.Failed;
import baton.handoff.notification.Next.Gone;
import baton.handoff.notification.Retries;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.quarkus.scheduler.Scheduled;
import io.quarkus.scheduler.Scheduled.ConcurrentExecution;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Vertx;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Duration;
import java.time.InstantSource;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Sends what is due, as much at once as there is room for, and looks again whenever something made
 * room. Any number of instances may do so beside each other; one that dies gives its share back
 * when its lease ends.
 */
@ApplicationScoped
class Dispatch {
  private static final Logger LOG = Logger.getLogger(Dispatch.class);

  private final Deliveries deliveries;
  private final Transactions transactions;
  private final Courier courier;
  private final NotificationSettings settings;
  private final Retries retries;
  private final InstantSource clock;
  private final MeterRegistry metrics;
  private final Vertx vertx;
  private final ConcurrentHashMap<UUID, Integer> underWay = new ConcurrentHashMap<>();
  private final AtomicBoolean looking = new AtomicBoolean();
  private volatile Backlog backlog = new Backlog(0, 0);
  private volatile boolean closed;
  private long timer;

  Dispatch(
      Deliveries deliveries,
      Transactions transactions,
      Courier courier,
      NotificationSettings settings,
      InstantSource clock,
      MeterRegistry metrics,
      Vertx vertx) {
    this.deliveries = deliveries;
    this.transactions = transactions;
    this.courier = courier;
    this.settings = settings;
    this.retries = new Retries(settings.pauses());
    this.clock = clock;
    this.metrics = metrics;
    this.vertx = vertx;
  }

  /** Quarkus' scheduler counts in whole seconds. */
  void open(@Observes StartupEvent start) {
    metrics.gauge(
        "baton.notification.deliveries",
        Tags.of("state", "pending"),
        this,
        it -> it.backlog.pending());
    metrics.gauge(
        "baton.notification.deliveries",
        Tags.of("state", "failed"),
        this,
        it -> it.backlog.failed());
    timer = vertx.setPeriodic(settings.lookedAtEvery().toMillis(), _ -> wake());
  }

  /** Another instance's too: it is the database's backlog, whoever measures it. */
  @Scheduled(every = "10s", concurrentExecution = ConcurrentExecution.SKIP)
  Uni<Void> measure() {
    return transactions
        .run(deliveries::measure)
        .invoke(found -> backlog = found)
        .replaceWithVoid()
        .onFailure()
        .recoverWithNull();
  }

  void close(@Observes ShutdownEvent end) {
    closed = true;
    vertx.cancelTimer(timer);
  }

  Uni<Void> look() {
    if (closed || !looking.compareAndSet(false, true)) {
      return Uni.createFrom().voidItem();
    }
    return Uni.createFrom()
        .deferred(this::claim)
        .repeat()
        .whilst(claimed -> claimed)
        .collect()
        .last()
        .replaceWithVoid()
        .onFailure()
        .invoke(failure -> LOG.debugf("deliveries could not be looked at: %s", failure))
        .onFailure()
        .recoverWithNull()
        .onTermination()
        .invoke(() -> looking.set(false));
  }

  @Scheduled(every = "1h", delayed = "1m", concurrentExecution = ConcurrentExecution.SKIP)
  Uni<Void> prune() {
    return transactions
        .run(tx -> deliveries.prune(tx, settings.keptFor()))
        .repeat()
        .whilst(mayBeMore -> mayBeMore && !closed)
        .collect()
        .last()
        .replaceWithVoid()
        .onFailure()
        .invoke(failure -> LOG.debugf("deliveries could not be pruned: %s", failure))
        .onFailure()
        .recoverWithNull();
  }

  /** Says whether anything was claimed. */
  private Uni<Boolean> claim() {
    var free = settings.atOnce() - underWay.values().stream().mapToInt(Integer::intValue).sum();
    if (closed || free <= 0) {
      return Uni.createFrom().item(false);
    }
    var room = new Room(free, settings.atOnceEach(), underWay);
    return transactions
        .run(tx -> deliveries.claim(tx, room, settings.lease()))
        .invoke(errands -> errands.forEach(this::start))
        .map(errands -> !errands.isEmpty());
  }

  private void start(Errand errand) {
    underWay.merge(errand.subscriptionId(), 1, Integer::sum);
    run(errand)
        .onTermination()
        .invoke(() -> underWay.compute(errand.subscriptionId(), (_, count) -> less(count)))
        .subscribe()
        .with(_ -> wake(), failure -> LOG.debugf("a delivery wasn't recorded: %s", failure));
  }

  private Uni<Void> run(Errand errand) {
    var startedAt = clock.instant();
    var started = System.nanoTime();
    return Uni.createFrom()
        .deferred(() -> courier.send(errand.url(), errand.attempt(), Message.of(errand, startedAt)))
        .chain(
            reply -> {
              var next =
                  retries.after(
                      errand.tried(),
                      reply,
                      clock.instant(),
                      ThreadLocalRandom.current().nextDouble());
              count(next);
              var took = Duration.ofNanos(System.nanoTime() - started);
              var report = new Report(errand, startedAt, took, reply, next);
              return transactions.run(tx -> deliveries.report(tx, report));
            });
  }

  private void wake() {
    look().subscribe().with(_ -> {}, _ -> {});
  }

  private void count(Next next) {
    var outcome =
        switch (next) {
          case Delivered _ -> "delivered";
          case Again _ -> "again";
          case Failed _ -> "failed";
          case Gone _ -> "gone";
        };
    metrics.counter("baton.notification.attempts", "outcome", outcome).increment();
  }

  private static @Nullable Integer less(@Nullable Integer count) {
    return count == null || count <= 1 ? null : count - 1;
  }
}
