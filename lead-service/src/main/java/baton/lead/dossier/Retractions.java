package baton.lead.dossier;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.UUID;

/** Takes leads back that should never have been captured: they leave every number. */
public interface Retractions {
  /** Leads by their ids, after the first of these and up to the last. */
  Uni<List<UUID>> between(SqlConnection tx, UUID after, UUID last, int limit);

  /**
   * Retracts those of these leads that nothing but their sender touched, and says which: they are
   * gone and told to be gone.
   *
   * @param ending how the ids of the sender's own touches end
   * @param lastFact when the sender said the last of a lead; what changed it later was somebody
   *     else
   * @param receipt goes along with what is told
   */
  Uni<Set<UUID>> retract(
      SqlConnection tx,
      List<UUID> leadIds,
      String ending,
      Instant lastFact,
      UUID receipt,
      Instant at);
}
