package baton.reporting.funnel.rest;

import baton.charter.Agreement;
import baton.chassis.charter.Charters;
import baton.chassis.problem.Problem;
import baton.reporting.funnel.Compared;
import baton.reporting.funnel.Question;
import baton.reporting.journey.Group;
import baton.reporting.journey.Journeys;
import baton.reporting.whatif.Law;
import baton.reporting.whatif.WhatIf;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.subscription.BackPressureStrategy;
import io.smallrye.mutiny.subscription.MultiEmitter;
import io.vertx.core.Vertx;
import io.vertx.core.WorkerExecutor;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collections;
import java.util.Map;
import java.util.SortedMap;
import java.util.UUID;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * Replays a draft over all leads, beside the event loops: a page of leads for each thread is all
 * that is held. One at a time, for each takes the processors that reports and the fold need too;
 * over when its client is gone.
 */
@ApplicationScoped
class Replays {
  private static final int AT_A_TIME = 1000;
  private static final int AT_ONCE = Math.max(2, Runtime.getRuntime().availableProcessors() / 2);
  private static final long LONGEST_HOURS = 4;
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final Duration AGAIN = Duration.ofSeconds(15);
  private static final long BETWEEN_WORDS = Duration.ofMillis(250).toNanos();

  /** What is said on the way, and at its end. */
  sealed interface Said {}

  record Progress(long read, long of) implements Said {}

  record Done(long read, Compared compared, Instant at) implements Said {}

  private final Journeys journeys;
  private final Charters charters;
  private final InstantSource clock;
  private final WorkerExecutor workers;
  private final Semaphore free = new Semaphore(1);

  Replays(Journeys journeys, Charters charters, InstantSource clock, Vertx vertx) {
    this.journeys = journeys;
    this.charters = charters;
    this.clock = clock;
    this.workers =
        vertx.createSharedWorkerExecutor("baton-what-if", AT_ONCE, LONGEST_HOURS, TimeUnit.HOURS);
  }

  /** The right to replay, to be given back. */
  final class Turn implements AutoCloseable {
    private final AtomicBoolean over = new AtomicBoolean();

    private Turn() {}

    @Override
    public void close() {
      if (over.compareAndSet(false, true)) {
        free.release();
      }
    }

    /** Begins when somebody listens, and gives the turn back when it is over or nobody does. */
    Multi<Said> replay(Question asked, Agreement draft) {
      return Multi.createFrom()
          .<Said>emitter(
              emitter -> new Run(asked, draft, emitter, this).begin(), BackPressureStrategy.BUFFER);
    }
  }

  /** Refused while another replay is under way. */
  Turn turn() {
    if (!free.tryAcquire()) {
      throw Problem.tooMany(AGAIN);
    }
    return new Turn();
  }

  private Law inForce() {
    return new Law() {
      @Override
      public Version at(Instant instant) {
        var signed = charters.at(instant);
        return new Version(signed.version(), signed.agreement());
      }

      @Override
      public Agreement version(int number) {
        return charters.agreement(number);
      }
    };
  }

  private final class Run {
    private final Question asked;
    private final WhatIf whatIf;
    private final MultiEmitter<? super Said> emitter;
    private final Turn turn;
    private final Instant now = clock.instant();

    private volatile boolean stopped;
    private boolean begun;
    private UUID last = Journeys.FIRST;
    private boolean allRead;
    private int working = AT_ONCE;
    private long of;
    private long read;
    private long said = System.nanoTime();
    private final Compared compared;

    Run(Question asked, Agreement draft, MultiEmitter<? super Said> emitter, Turn turn) {
      this.asked = asked;
      this.whatIf = new WhatIf(draft, inForce());
      this.emitter = emitter;
      this.turn = turn;
      this.compared = new Compared(asked, whatIf);
    }

    /** Who listens no more ends it, even before the leads are counted. */
    void begin() {
      var counting =
          journeys
              .count()
              .subscribe()
              .with(
                  this::begin,
                  failure -> {
                    turn.close();
                    emitter.fail(failure);
                  });
      emitter.onTermination(
          () -> {
            counting.cancel();
            leave();
          });
    }

    private synchronized void leave() {
      stopped = true;
      if (!begun) {
        turn.close();
      }
    }

    private synchronized void begin(long leads) {
      if (stopped) {
        return;
      }
      begun = true;
      of = leads;
      emitter.emit(new Progress(0, of));
      for (int worker = 0; worker < AT_ONCE; worker++) {
        workers.executeBlocking(this::work, false);
      }
    }

    private Void work() {
      var mine = new Compared(asked, whatIf);
      Throwable failure = null;
      try {
        for (var page = next(); !page.isEmpty(); page = next()) {
          for (var each : page.entrySet()) {
            look(each, mine);
          }
          tell(page.size());
        }
      } catch (RuntimeException | StackOverflowError broken) {
        failure = broken;
        stopped = true;
      }
      end(mine, failure);
      return null;
    }

    private void look(Map.Entry<UUID, Group> lead, Compared mine) {
      if (!stopped && lead.getValue().survivor().equals(lead.getKey())) {
        mine.add(lead.getValue().journey(), now);
      }
    }

    private synchronized SortedMap<UUID, Group> next() {
      if (stopped || allRead) {
        return Collections.emptySortedMap();
      }
      var page = journeys.after(last, AT_A_TIME, 1).await().atMost(PATIENCE);
      allRead = page.size() < AT_A_TIME;
      if (!page.isEmpty()) {
        last = page.lastKey();
      }
      return page;
    }

    private synchronized void tell(int more) {
      read += more;
      long moment = System.nanoTime();
      if (!stopped && moment - said > BETWEEN_WORDS) {
        said = moment;
        emitter.emit(new Progress(read, Math.max(read, of)));
      }
    }

    private synchronized void end(Compared mine, @Nullable Throwable failure) {
      compared.add(mine);
      working--;
      if (failure != null) {
        emitter.fail(failure);
      }
      if (working == 0) {
        turn.close();
        if (!stopped) {
          emitter.emit(new Done(read, compared, now));
          emitter.complete();
        }
      }
    }
  }
}
