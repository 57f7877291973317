package baton.lead.timeline;

import baton.chassis.hearing.Heard;
import baton.contracts.Event;
import com.fasterxml.jackson.databind.JsonNode;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What happened to leads. */
public interface Timeline {
  /** What happened once; {@code fact} is what the event says. */
  record Entry(Instant at, UUID id, String topic, JsonNode fact) {}

  /** Keeps what was heard of leads; heard twice it is kept once. */
  Uni<Void> keep(SqlConnection tx, List<? extends Heard<? extends Event>> heard);

  /** The oldest first, after that one. */
  Uni<List<Entry>> of(UUID leadId, @Nullable Instant afterAt, @Nullable UUID afterId, int limit);
}
