package baton.handoff.pass.rest;

import baton.chassis.access.Caller;
import baton.chassis.access.Keys;
import baton.chassis.database.Transactions;
import baton.chassis.problem.Problem;
import baton.handoff.clock.Clocks;
import baton.handoff.pass.Changes;
import baton.handoff.pass.Changes.Position;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerResponse;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.ws.rs.sse.OutboundSseEvent;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * All streams of this instance. While any is open it asks once for all of them what is new and
 * wakes those it concerns; a stream whose key no longer holds is ended, one whose client takes
 * nothing is cut.
 */
@ApplicationScoped
class InboxStreams {
  private static final Logger LOG = Logger.getLogger(InboxStreams.class);
  private static final long LAST_WORDS_MILLIS = 1000;
  private static final String SLOW =
      "event: end\ndata: {\"reason\":\"too slow: come back with Last-Event-ID\"}\n\n";

  private final Changes changes;
  private final Clocks clocks;
  private final Transactions transactions;
  private final Keys keys;
  private final StreamSettings settings;
  private final Vertx vertx;
  private final MeterRegistry metrics;
  private final Set<InboxStream> open = ConcurrentHashMap.newKeySet();
  private final AtomicBoolean looking = new AtomicBoolean();

  /** Quarkus waits for open requests before it tells anybody here that it stops. */
  private final Thread farewell =
      new Thread(() -> open.forEach(stream -> stream.end("the service stops: come back")));

  private volatile @Nullable Position seen;
  private long timer;

  InboxStreams(
      Changes changes,
      Clocks clocks,
      Transactions transactions,
      Keys keys,
      StreamSettings settings,
      Vertx vertx,
      MeterRegistry metrics) {
    this.changes = changes;
    this.clocks = clocks;
    this.transactions = transactions;
    this.keys = keys;
    this.settings = settings;
    this.vertx = vertx;
    this.metrics = metrics;
  }

  void begin(@Observes StartupEvent start) {
    metrics.gauge("baton.inbox.streams", open, Set::size);
    Runtime.getRuntime().addShutdownHook(farewell);
    transactions
        .run(changes::rebase)
        .subscribe()
        .with(_ -> {}, failure -> LOG.warnf("steps weren't rebased: %s", failure.toString()));
    timer = vertx.setPeriodic(settings.lookedAtEvery().toMillis(), _ -> look());
  }

  void end(@Observes ShutdownEvent end) {
    vertx.cancelTimer(timer);
    try {
      Runtime.getRuntime().removeShutdownHook(farewell);
    } catch (IllegalStateException saidAlready) {
      LOG.debug("every stream was told");
    }
  }

  Multi<OutboundSseEvent> open(
      Caller caller,
      @Nullable String seller,
      @Nullable String lastEventId,
      HttpServerResponse response) {
    if (open.size() >= settings.most()) {
      throw Problem.unavailable(Duration.ofSeconds(5));
    }
    var own = caller.sellerId();
    if (own != null && seller != null && !own.equals(seller)) {
      throw Problem.notFound("There is no such seller's inbox.");
    }
    var stream =
        new InboxStream(
            caller,
            own == null ? seller : own,
            position(lastEventId),
            changes,
            clocks,
            transactions,
            settings.heartbeat(),
            response);
    return stream
        .events()
        .onSubscription()
        .invoke(() -> open.add(stream))
        .onTermination()
        .invoke(() -> open.remove(stream));
  }

  private void look() {
    if (open.isEmpty()) {
      seen = null;
      return;
    }
    var now = System.nanoTime();
    for (var stream : open) {
      if (!keys.holds(stream.caller())) {
        stream.end("the key no longer holds");
      }
      if (stream.stalled(settings.patience(), now)) {
        cut(stream);
      }
    }
    if (looking.compareAndSet(false, true)) {
      Uni.createFrom()
          .deferred(this::wakeWhomItConcerns)
          .repeat()
          .whilst(mayBeMore -> mayBeMore)
          .collect()
          .last()
          .onTermination()
          .invoke(() -> looking.set(false))
          .subscribe()
          .with(_ -> {}, failure -> LOG.debugf("the inbox could not be looked at: %s", failure));
    }
  }

  private Uni<Boolean> wakeWhomItConcerns() {
    var from = seen;
    if (from == null) {
      return transactions
          .run(changes::now)
          .invoke(
              now -> {
                seen = now;
                open.forEach(InboxStream::wake);
              })
          .replaceWith(false);
    }
    return transactions
        .run(tx -> changes.news(tx, from))
        .map(
            news -> {
              seen = news.next();
              open.stream().filter(stream -> stream.concerns(news)).forEach(InboxStream::wake);
              return news.mayBeMore();
            });
  }

  /** What it didn't take is lost with it; the reason is written behind that, if it still reads. */
  private void cut(InboxStream stream) {
    if (open.remove(stream)) {
      LOG.infof("a stream of key %s took nothing and is cut", stream.caller().keyId());
      metrics.counter("baton.inbox.streams.cut").increment();
      var response = stream.response();
      if (!response.ended() && !response.closed()) {
        response.end(SLOW);
      }
      vertx.setTimer(LAST_WORDS_MILLIS, _ -> response.close());
    }
  }

  private static @Nullable Position position(@Nullable String lastEventId) {
    try {
      return InboxStream.position(lastEventId);
    } catch (IllegalArgumentException anothers) {
      throw Problem.malformed(
          "The Last-Event-ID is not one of ours: send it back as it was, or none.");
    }
  }
}
