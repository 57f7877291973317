package baton.reporting.fold.kafka;

import baton.reporting.fold.Ledger;
import baton.reporting.funnel.Contribution;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Collection;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Supplier;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRebalanceListener;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.WakeupException;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * A thread of the fold: the generation that reports read, and in turn with it the one that is being
 * built, if any, on the same partitions.
 */
final class Worker implements Runnable, ConsumerRebalanceListener {
  private static final Logger LOG = Logger.getLogger(Worker.class);
  private static final Duration IDLE = Duration.ofMillis(100);
  private static final long LOOK_AGAIN = Duration.ofMillis(500).toNanos();
  private static final long BREATH = 200;

  private final Supplier<Consumer<byte[], byte[]>> consumers;
  private final Ledger ledger;
  private final FoldSettings settings;
  private final InstantSource clock;
  private final FoldMeters meters;
  private final Consumer<byte[], byte[]> member;
  private final Strand live;
  private @Nullable Strand building;
  private boolean stale = true;
  private Ledger.@Nullable State state;
  private long looked;
  private volatile boolean running = true;

  Worker(
      Supplier<Consumer<byte[], byte[]>> consumers,
      Ledger ledger,
      FoldSettings settings,
      InstantSource clock,
      FoldMeters meters) {
    this.consumers = consumers;
    this.ledger = ledger;
    this.settings = settings;
    this.clock = clock;
    this.meters = meters;
    this.member = consumers.get();
    this.live = new Strand(member, ledger, settings, clock, meters, true);
  }

  @Override
  public void run() {
    member.subscribe(Heard.topics(), this);
    try {
      while (running) {
        try {
          turn();
        } catch (WakeupException | InterruptException asked) {
          LOG.debug("asked to stop", asked);
        } catch (RuntimeException failed) {
          LOG.warnf(failed, "the fold could not go on, and tries again");
          stale = true;
          pause();
        }
      }
    } finally {
      member.close();
      stopBuilding();
    }
  }

  void stop() {
    running = false;
    member.wakeup();
  }

  private void turn() {
    var now = look();
    boolean ours = now.liveRules() == Contribution.RULES;
    if (stale) {
      live.open(now.live(), member.assignment());
      stopBuilding();
      stale = false;
    }
    if (ours) {
      stale = !live.turn(now.building() == null ? IDLE : Duration.ZERO);
      if (stale) {
        state = null;
      }
    } else {
      member.pause(member.assignment());
      member.poll(Duration.ZERO);
      if (now.building() == null) {
        ledger.rebuild(Contribution.RULES);
        state = null;
      }
    }
    build(now);
  }

  /** What reports read may change at any time, by any instance. */
  private Ledger.State look() {
    var known = state;
    if (known == null || System.nanoTime() - looked > LOOK_AGAIN) {
      var found = ledger.state();
      if (known == null || found.live() != known.live()) {
        stale = true;
        member.resume(member.paused());
      }
      known = found;
      state = found;
      looked = System.nanoTime();
    }
    return known;
  }

  private void build(Ledger.State now) {
    var generation = now.building();
    if (generation == null
        || member.assignment().isEmpty()
        || !Integer.valueOf(Contribution.RULES).equals(now.buildingRules())) {
      stopBuilding();
      return;
    }
    var strand = building;
    if (strand == null
        || strand.generation() != generation
        || !strand.consumer().assignment().equals(member.assignment())) {
      stopBuilding();
      var consumer = consumers.get();
      strand = new Strand(consumer, ledger, settings, clock, meters, false);
      building = strand;
      consumer.assign(member.assignment());
      strand.open(generation, member.assignment());
    }
    if (!strand.turn(Duration.ofMillis(5))) {
      stopBuilding();
      state = null;
    } else if (strand.caughtUp() && ledger.flip(generation)) {
      LOG.infof("generation %d is read from now on", generation);
      state = null;
    }
  }

  private void stopBuilding() {
    if (building != null) {
      building.consumer().close();
      building = null;
    }
  }

  @Override
  public void onPartitionsAssigned(Collection<TopicPartition> partitions) {
    stale = true;
    // nothing is fetched before it is known from where on
    var now = look();
    live.open(now.live(), member.assignment());
    stale = false;
  }

  @Override
  public void onPartitionsRevoked(Collection<TopicPartition> partitions) {
    live.forget(partitions);
    stopBuilding();
  }

  private static void pause() {
    try {
      Thread.sleep(BREATH + ThreadLocalRandom.current().nextLong(BREATH));
    } catch (InterruptedException asked) {
      Thread.currentThread().interrupt();
    }
  }
}
