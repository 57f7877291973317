package baton.lead.dossier;

import baton.lead.identity.Identity;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Leads as those whose data they are. */
public interface Subjects {

  /**
   * Locks the lead and all that are one with it: itself first. Empty when there is none by this id,
   * or it was erased.
   */
  Uni<List<Subject>> lock(SqlConnection tx, UUID leadId);

  /** Who goes by one of these, the first that is known; null when nobody does. */
  Uni<@Nullable UUID> called(SqlConnection tx, List<Identity> identities);

  /**
   * Ends a lead whose data was erased: nobody finds it any more, and everybody hears that it is
   * gone, by a tombstone and an event.
   *
   * @param receiptId under which it was erased
   */
  Uni<Void> end(
      SqlConnection tx, Subject subject, UUID receiptId, Instant at, @Nullable String traceparent);
}
