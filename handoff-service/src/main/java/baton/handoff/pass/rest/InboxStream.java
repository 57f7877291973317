package baton.handoff.pass.rest;

import baton.chassis.access.Caller;
import baton.chassis.database.Transactions;
import baton.chassis.json.AnswerJson;
import baton.handoff.clock.Clocks;
import baton.handoff.clock.Promise;
import baton.handoff.pass.Changes;
import baton.handoff.pass.Changes.Change;
import baton.handoff.pass.Changes.Position;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.subscription.UniEmitter;
import io.vertx.core.http.HttpServerResponse;
import jakarta.ws.rs.sse.OutboundSseEvent;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jboss.resteasy.reactive.server.jaxrs.OutboundSseEventImpl;
import org.jspecify.annotations.Nullable;

/**
 * One open stream. It reads only what its client has room for, one page at a time, from its own
 * place: who is slow costs nothing but his place, and memory stays that of a page.
 */
final class InboxStream {
  private static final int PAGE = 100;
  private static final long RECONNECT_MILLIS = 2000;

  private final Caller caller;
  private final @Nullable String sellerId;

  private record Read(Changes.Page page, Map<UUID, List<Promise>> promises) {}

  private final Changes changes;
  private final Clocks clocks;
  private final Transactions transactions;
  private final Duration heartbeat;
  private final HttpServerResponse response;

  private @Nullable Position position;
  private boolean begun;
  private boolean news = true;
  private boolean over;
  private @Nullable String end;
  private @Nullable UniEmitter<? super Boolean> waiting;

  /** Since when the client has been asked to take something; 0 while it is the one who waits. */
  private volatile long handedAt;

  InboxStream(
      Caller caller,
      @Nullable String sellerId,
      @Nullable Position position,
      Changes changes,
      Clocks clocks,
      Transactions transactions,
      Duration heartbeat,
      HttpServerResponse response) {
    this.caller = caller;
    this.sellerId = sellerId;
    this.position = position;
    this.changes = changes;
    this.clocks = clocks;
    this.transactions = transactions;
    this.heartbeat = heartbeat;
    this.response = response;
  }

  Caller caller() {
    return caller;
  }

  HttpServerResponse response() {
    return response;
  }

  /** Whether news of these sellers is news here. */
  boolean concerns(Changes.News told) {
    return told.any() && (sellerId == null || told.sellerIds().contains(sellerId));
  }

  boolean stalled(Duration patience, long now) {
    return handedAt != 0 && now - handedAt > patience.toNanos();
  }

  Multi<OutboundSseEvent> events() {
    return Multi.createBy().repeating().uni(this::next).until(List::isEmpty).onItem().disjoint();
  }

  /** There is something to read. */
  void wake() {
    UniEmitter<? super Boolean> waiter;
    synchronized (this) {
      news = true;
      waiter = waiting;
      waiting = null;
    }
    if (waiter != null) {
      waiter.complete(true);
    }
  }

  /** Tells why, and ends. */
  void end(String why) {
    synchronized (this) {
      end = why;
    }
    wake();
  }

  /** The next events; none when it is over. Asked for only when the client has taken the last. */
  private Uni<List<OutboundSseEvent>> next() {
    handedAt = 0;
    return begun ? going() : begin();
  }

  private Uni<List<OutboundSseEvent>> begin() {
    begun = true;
    var given = position;
    return (given != null
            ? Uni.createFrom().item(given)
            : transactions.run(changes::now).invoke(now -> position = now))
        .map(
            from ->
                handed(
                    List.of(
                        event("ready", from, Map.of("heartbeat", heartbeat.toString()))
                            .reconnectDelay(RECONNECT_MILLIS)
                            .build())))
        .onFailure()
        .recoverWithItem(this::failed);
  }

  private Uni<List<OutboundSseEvent>> going() {
    if (over) {
      return Uni.createFrom().item(List.of());
    }
    return Uni.createFrom()
        .<Boolean>emitter(this::await)
        .ifNoItem()
        .after(heartbeat)
        .recoverWithItem(false)
        .chain(_ -> read())
        .onFailure()
        .recoverWithItem(this::failed);
  }

  private void await(UniEmitter<? super Boolean> waiter) {
    synchronized (this) {
      if (!news) {
        waiting = waiter;
        return;
      }
    }
    waiter.complete(true);
  }

  private Uni<List<OutboundSseEvent>> read() {
    var why = ended();
    if (why != null) {
      over = true;
      return Uni.createFrom().item(handed(List.of(ending(why))));
    }
    var from = position;
    if (from == null) {
      throw new IllegalStateException("read before it began");
    }
    return transactions
        .run(
            tx ->
                changes
                    .after(tx, from, sellerId, PAGE)
                    .chain(page -> clocks.of(tx, handoffs(page)).map(of -> new Read(page, of))))
        .map(
            read -> {
              var page = read.page();
              position = page.next();
              if (page.mayBeMore()) {
                wake();
              }
              var events = new ArrayList<OutboundSseEvent>(page.changes().size() + 1);
              page.changes().forEach(change -> events.add(told(change, read.promises())));
              if (!page.mayBeMore()) {
                events.add(heartbeat(page.next()));
              }
              return handed(events);
            });
  }

  private synchronized @Nullable String ended() {
    news = false;
    return end;
  }

  private List<OutboundSseEvent> failed(Throwable failure) {
    over = true;
    return handed(List.of(ending("the database can't be reached: come back in a moment")));
  }

  private List<OutboundSseEvent> handed(List<OutboundSseEvent> events) {
    handedAt = System.nanoTime();
    return events;
  }

  private static List<UUID> handoffs(Changes.Page page) {
    return page.changes().stream()
        .map(change -> change.entry().handoff().pass().handoffId())
        .toList();
  }

  private OutboundSseEvent told(Change change, Map<UUID, List<Promise>> promises) {
    var handoff = change.entry().handoff();
    var offer = handoff.offer();
    return sellerId == null || (offer != null && sellerId.equals(offer.sellerId()))
        ? event(
                "handoff",
                change.at(),
                HandoffBody.of(
                    change.entry(), promises.getOrDefault(handoff.pass().handoffId(), List.of())))
            .build()
        : event("gone", change.at(), Map.of("handoffId", handoff.pass().handoffId())).build();
  }

  private static OutboundSseEvent heartbeat(Position position) {
    return new OutboundSseEventImpl.BuilderImpl().id(id(position)).comment("here").build();
  }

  private static OutboundSseEvent ending(String why) {
    return new OutboundSseEventImpl.BuilderImpl()
        .name("end")
        .data(json(Map.of("reason", why)))
        .build();
  }

  private static OutboundSseEvent.Builder event(String name, Position at, Object data) {
    return new OutboundSseEventImpl.BuilderImpl().name(name).id(id(at)).data(json(data));
  }

  private static String json(Object data) {
    return new String(AnswerJson.bytes(data), StandardCharsets.UTF_8);
  }

  static String id(Position position) {
    return position.transaction() + "." + position.handoffId() + "." + position.revision();
  }

  /** Null where there is none. */
  static @Nullable Position position(@Nullable String id) {
    if (id == null || id.isEmpty()) {
      return null;
    }
    var parts = id.split("\\.", -1);
    if (parts.length != 3) {
      throw new IllegalArgumentException("not a position");
    }
    var position =
        new Position(Long.parseLong(parts[0]), UUID.fromString(parts[1]), Long.parseLong(parts[2]));
    if (position.transaction() < 0) {
      throw new IllegalArgumentException("not a position");
    }
    return position;
  }
}
