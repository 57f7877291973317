package baton.chassis.outbox;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.pgclient.PgConnectOptions;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Brings what is committed in the outbox to Kafka, on a thread of its own. Of all relays on a
 * database one leads: it holds the database's advisory lock on its own connection, then fences the
 * one before it by its transactional id. Each batch is one Kafka transaction; what the broker
 * acknowledged is deleted. After any failure it starts over from what the table says, so an event
 * may come twice, but none is lost and no key's events change order.
 */
public final class Relay implements AutoCloseable {
  private static final Logger LOG = Logger.getLogger(Relay.class);
  private static final Duration STANDBY = Duration.ofMillis(500);
  private static final Duration LONGEST_BACKOFF = Duration.ofSeconds(2);
  private static final Duration LIVELY = Duration.ofSeconds(1);
  private static final Duration LIVELY_LOOK = Duration.ofMillis(10);
  private static final Duration BREATH = Duration.ofMillis(1);
  private static final int MANY_IN_VAIN = 3;

  /** Under load a Kafka transaction for each commit would cost more than the events in it. */
  private static final Duration APART = Duration.ofMillis(25);

  private static final int FEW = 50;

  /** After so many deletions the table is swept; while behind, a sweep has more to look through. */
  private static final int SWEPT_AFTER = 10_000;

  private static final int SWEPT_AFTER_BEHIND = 200_000;

  /**
   * What a relay needs to know.
   *
   * @param service names the events' source and the fence
   * @param kafka the producer's settings, with at least {@code bootstrap.servers}
   * @param batch how many events one Kafka transaction holds at most
   * @param look how often an idle relay looks for what it wasn't told of
   */
  public record Settings(
      String service,
      PgConnectOptions database,
      Map<String, Object> kafka,
      int batch,
      Duration look) {
    public static final int BATCH = 4_000;
    public static final Duration LOOK = Duration.ofMillis(100);

    public Settings(String service, PgConnectOptions database, Map<String, Object> kafka) {
      this(service, database, kafka, BATCH, LOOK);
    }
  }

  private final Settings settings;
  private final Supplier<Broker> brokers;
  private final Thread thread;
  private final AtomicBoolean woken = new AtomicBoolean();
  private final LongAdder published = new LongAdder();
  private final LongAdder failures = new LongAdder();
  private volatile boolean running = true;
  private volatile boolean leading;
  private volatile Backlog.Size size = new Backlog.Size(0, null);

  public Relay(Settings settings) {
    this(settings, () -> new Kafka(settings.service(), settings.kafka()));
  }

  Relay(Settings settings, Supplier<Broker> brokers) {
    this.settings = settings;
    this.brokers = brokers;
    this.thread =
        Thread.ofPlatform().name("relay-" + settings.service()).daemon().unstarted(this::run);
  }

  public void start() {
    thread.start();
  }

  /** Says that something was committed. */
  public void wake() {
    if (!woken.getAndSet(true)) {
      LockSupport.unpark(thread);
    }
  }

  /** Whether this relay is the one that publishes. */
  public boolean leading() {
    return leading;
  }

  /** How many events the broker has acknowledged to this relay. */
  public long published() {
    return published.sum();
  }

  /** How often this relay had to start over. */
  public long failures() {
    return failures.sum();
  }

  /** How many events wait, as measured within the last seconds. */
  public long waiting() {
    return size.rows();
  }

  /** When the oldest waiting event was appended, or null when none waits. */
  public @Nullable Instant oldest() {
    return size.oldest();
  }

  /** Stops after the batch at hand. */
  @Override
  public void close() {
    running = false;
    wake();
    try {
      thread.join(Duration.ofSeconds(10));
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  private void run() {
    // Rows are decoded on an event loop of the relay's own, never on one that serves requests.
    var vertx =
        Vertx.vertx(
            new VertxOptions()
                .setEventLoopPoolSize(1)
                .setWorkerPoolSize(1)
                .setInternalBlockingPoolSize(1));
    var backoff = Duration.ofMillis(50);
    while (running) {
      var before = published();
      try {
        serve(vertx);
      } catch (Exception failure) {
        failures.increment();
        LOG.warnf("The relay starts over: %s", describe(failure));
      } finally {
        leading = false;
      }
      backoff = published() > before ? Duration.ofMillis(50) : shorter(backoff.multipliedBy(2));
      rest(backoff.plusMillis(ThreadLocalRandom.current().nextInt(50)));
    }
    var _ = vertx.close();
  }

  private static Duration shorter(Duration backoff) {
    return backoff.compareTo(LONGEST_BACKOFF) < 0 ? backoff : LONGEST_BACKOFF;
  }

  /** Waits for the lock, then leads until it is lost or something fails. */
  private void serve(Vertx vertx) throws Exception {
    var backlog = await(Backlog.connect(vertx, settings.database()));
    var lost = new AtomicBoolean();
    backlog.onLost(
        () -> {
          lost.set(true);
          wake();
        });
    // Also a sign of life: PostgreSQL cuts a leader that falls silent.
    var measuring = vertx.setPeriodic(0, 5_000, _ -> measure(backlog));
    try {
      while (running && !lost.get() && !await(backlog.tryLock())) {
        pause(STANDBY);
      }
      if (running && !lost.get()) {
        lead(backlog, lost);
      }
    } finally {
      vertx.cancelTimer(measuring);
      var _ = backlog.close();
    }
  }

  private void lead(Backlog backlog, AtomicBoolean lost) throws Exception {
    try (var broker = brokers.get()) {
      broker.fence();
      leading = true;
      LOG.infof("The relay of %s leads", settings.service());
      var quietSince = System.nanoTime();
      var inVain = 0;
      var unswept = 0;
      var read = backlog.read(List.of(), settings.batch());
      while (running && !lost.get()) {
        var batch = await(read);
        if (batch.isEmpty()) {
          inVain++;
          if (inVain > MANY_IN_VAIN) { // commits without events must not keep it spinning
            Thread.sleep(BREATH);
          }
          var lively = System.nanoTime() - quietSince < LIVELY.toNanos();
          pause(lively ? LIVELY_LOOK : settings.look());
          woken.set(false);
          read = backlog.read(List.of(), settings.batch());
          continue;
        }
        woken.set(false);
        inVain = 0;
        var ids = batch.stream().map(Unpublished::id).toList();
        var more = batch.size() == settings.batch();
        if (more) {
          read = backlog.read(ids, settings.batch()); // while the broker works on this one
        }
        var begun = System.nanoTime();
        broker.publish(batch);
        published.add(batch.size());
        var deleted = backlog.delete(ids);
        unswept += ids.size();
        if (unswept >= (more ? SWEPT_AFTER_BEHIND : SWEPT_AFTER)) {
          deleted = backlog.sweep();
          unswept = 0;
        }
        if (!more) {
          if (batch.size() > FEW) {
            rest(APART.minusNanos(System.nanoTime() - begun));
          }
          read = backlog.read(List.of(), settings.batch());
          await(deleted);
        }
        quietSince = System.nanoTime();
      }
      if (lost.get()) {
        throw new IllegalStateException("the connection that held the lock is gone");
      }
    }
  }

  private void measure(Backlog backlog) {
    backlog.measure().onSuccess(measured -> size = measured);
  }

  private void pause(Duration atMost) {
    if (!woken.get()) {
      LockSupport.parkNanos(this, atMost.toNanos());
    }
  }

  /** Not cut short by a wake-up: who commits can't mend what failed. */
  private void rest(Duration length) {
    var until = System.nanoTime() + length.toNanos();
    for (var left = length.toNanos(); running && left > 0; left = until - System.nanoTime()) {
      LockSupport.parkNanos(this, left);
    }
  }

  private static <T> T await(Future<T> future) throws Exception {
    try {
      return future.toCompletionStage().toCompletableFuture().get(90, TimeUnit.SECONDS);
    } catch (ExecutionException failed) {
      throw failed.getCause() instanceof Exception cause ? cause : failed;
    } catch (TimeoutException silent) {
      throw new IllegalStateException("the database does not answer", silent);
    }
  }

  private static String describe(Throwable failure) {
    var cause = failure.getCause();
    return failure.getClass().getSimpleName()
        + ": "
        + failure.getMessage()
        + (cause == null ? "" : " (" + describe(cause) + ")");
  }
}
