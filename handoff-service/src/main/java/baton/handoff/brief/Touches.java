package baton.handoff.brief;

import baton.contracts.LeadTouched;
import baton.contracts.TouchSeen;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import java.util.List;
import java.util.UUID;

/** What leads did lately, so that a brief doesn't end with the day they qualified. */
public interface Touches {

  /** Keeps those of the last quarter of a year, and forgets older ones. */
  Uni<Void> keep(SqlConnection tx, List<LeadTouched> touches);

  /** The latest of a lead and of those that are one with it, at most {@code limit}. */
  Uni<List<TouchSeen>> of(SqlConnection tx, UUID leadId, int limit);
}
