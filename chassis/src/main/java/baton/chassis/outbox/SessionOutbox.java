package baton.chassis.outbox;

import baton.chassis.trace.Trace;
import baton.contracts.Event;
import baton.contracts.Json;
import baton.contracts.Topic;
import com.fasterxml.jackson.annotation.JsonProperty;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.hibernate.reactive.mutiny.Mutiny;
import org.jspecify.annotations.Nullable;

/** The outbox for those who write through Hibernate Reactive, which knows no array of bytea. */
@ApplicationScoped
public class SessionOutbox {
  private static final String APPEND =
      """
      WITH event AS MATERIALIZED (
        SELECT event_id, topic, key, occurred_at,
          nullif(cast(:traceparent AS text), '') AS traceparent,
          convert_to(payload, 'UTF8') AS payload, nth
        FROM json_to_recordset(cast(cast(:events AS text) AS json))
          AS e (event_id uuid, topic text, key text, occurred_at timestamptz, payload text, nth int)
      )
      """
          + Outbox.NUMBERED;

  private final Trace trace;

  SessionOutbox(Trace trace) {
    this.trace = trace;
  }

  /** Appends events in the session's transaction, as {@link Outbox#append} does. */
  public Uni<Void> append(Mutiny.Session session, List<? extends Event> events) {
    if (events.isEmpty()) {
      return Uni.createFrom().voidItem();
    }
    var rows = new ArrayList<Row>();
    for (var event : events) {
      rows.add(Row.of(event, rows.size()));
    }
    return session
        .createNativeMutationQuery(APPEND)
        .setParameter("events", new String(Json.bytes(rows), StandardCharsets.UTF_8))
        .setParameter("traceparent", orEmpty(trace.current()))
        .executeUpdate()
        .replaceWithVoid();
  }

  private static String orEmpty(@Nullable String text) {
    return text == null ? "" : text;
  }

  @SuppressWarnings("UnusedVariable") // read by Jackson
  private record Row(
      @JsonProperty("event_id") UUID eventId,
      String topic,
      String key,
      @JsonProperty("occurred_at") Instant occurredAt,
      String payload,
      int nth) {

    static Row of(Event event, int nth) {
      return new Row(
          Outbox.newEventId(),
          Topic.of(event).topicName(),
          event.key(),
          event.occurredAt(),
          new String(Json.bytes(event), StandardCharsets.UTF_8),
          nth);
    }
  }
}
