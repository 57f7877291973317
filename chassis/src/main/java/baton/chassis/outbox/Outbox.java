package baton.chassis.outbox;

import baton.chassis.trace.Trace;
import baton.contracts.Event;
import baton.contracts.Json;
import baton.contracts.LeadContact;
import baton.contracts.Topic;
import com.github.f4b6a3.uuid.UuidCreator;
import io.smallrye.mutiny.Uni;
import io.vertx.core.buffer.Buffer;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Where a command leaves its events, in the transaction of its rows. */
@ApplicationScoped
public class Outbox {

  /**
   * Numbers and appends the rows of {@code event (event_id, topic, key, occurred_at, traceparent,
   * payload, nth)}. The sequence rows are taken in key order, so that two transactions never wait
   * for each other; an event's id is drawn only after its key's row came back locked.
   */
  static final String NUMBERED =
      """
      , counted AS (
        INSERT INTO event_sequence AS kept (key, last)
        SELECT key, count(*) FROM event GROUP BY key ORDER BY key COLLATE "C"
        ON CONFLICT (key) DO UPDATE SET last = kept.last + excluded.last
        RETURNING key, last
      )
      INSERT INTO outbox (event_id, topic, key, sequence, occurred_at, traceparent, payload)
      SELECT event_id, topic, key,
        last + 1 - row_number() OVER (PARTITION BY key ORDER BY nth DESC),
        occurred_at, traceparent, payload
      FROM event JOIN counted USING (key)
      ORDER BY nth
      """;

  private static final String APPEND =
      """
      WITH event AS MATERIALIZED (
        SELECT e.*, $6::text AS traceparent
        FROM unnest($1::uuid[], $2::text[], $3::text[], $4::timestamptz[], $5::bytea[])
          WITH ORDINALITY AS e (event_id, topic, key, occurred_at, payload, nth)
      )
      """
          + NUMBERED;

  private final Trace trace;
  private final RunningRelay relay;

  Outbox(Trace trace, RunningRelay relay) {
    this.trace = trace;
    this.relay = relay;
  }

  /**
   * Appends events in the caller's transaction, in their order. Takes each key's sequence row, in
   * key order, and holds it until the transaction ends, so that one key's ids grow in commit order.
   */
  public Uni<Void> append(SqlConnection tx, List<? extends Event> events) {
    return append(tx, events, trace.current());
  }

  /** Appends events that belong to another trace than the one at hand. */
  public Uni<Void> append(
      SqlConnection tx, List<? extends Event> events, @Nullable String traceparent) {
    return insert(tx, events, traceparent);
  }

  static Uni<Void> insert(
      SqlConnection tx, List<? extends Event> events, @Nullable String traceparent) {
    if (events.isEmpty()) {
      return Uni.createFrom().voidItem();
    }
    var count = events.size();
    var ids = new UUID[count];
    var topics = new String[count];
    var keys = new String[count];
    var times = new OffsetDateTime[count];
    var payloads = new Buffer[count];
    for (var n = 0; n < count; n++) {
      var event = events.get(n);
      ids[n] = newEventId();
      topics[n] = Topic.of(event).topicName();
      keys[n] = event.key();
      times[n] = event.occurredAt().atOffset(ZoneOffset.UTC);
      payloads[n] = Buffer.buffer(Json.bytes(event));
    }
    return insert(tx, ids, topics, keys, times, payloads, traceparent);
  }

  /** Appends a tombstone: what the topic keeps of this lead's contact is to go. */
  public Uni<Void> appendTombstone(SqlConnection tx, UUID leadId, Instant occurredAt) {
    return insert(
        tx,
        new UUID[] {newEventId()},
        new String[] {Topic.of(LeadContact.class).topicName()},
        new String[] {leadId.toString()},
        new OffsetDateTime[] {occurredAt.atOffset(ZoneOffset.UTC)},
        new @Nullable Buffer[] {null},
        trace.current());
  }

  /**
   * Says that something was committed, so that the relay need not wait for its next look. Cheap and
   * idempotent.
   */
  public void committed() {
    relay.wake();
  }

  /** The id of an event's delivery: time-ordered, and growing within a millisecond. */
  public static UUID newEventId() {
    return UuidCreator.getTimeOrderedEpochPlus1();
  }

  private static Uni<Void> insert(
      SqlConnection tx,
      UUID[] ids,
      String[] topics,
      String[] keys,
      OffsetDateTime[] times,
      @Nullable Buffer[] payloads,
      @Nullable String traceparent) {
    return tx.preparedQuery(APPEND)
        .execute(Tuple.of(ids, topics, keys, times, payloads, traceparent))
        .replaceWithVoid();
  }
}
