package baton.handoff.clock;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** What becomes of a handoff when a promise about it is broken, in the verdict's transaction. */
public interface Consequences {

  /** Silence accepts these; one that has been answered stays as it is. */
  Uni<Void> deemAccepted(SqlConnection tx, List<UUID> handoffs, Instant at);

  /** These go to other sellers, and why; where nobody else is eligible one stays where it is. */
  Uni<Void> passOn(SqlConnection tx, Map<UUID, String> handoffs, Instant at);
}
