package baton.handoff.contact;

import baton.contracts.LeadContact;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The copies of who leads are. */
public interface Contacts {

  /** What is kept of a lead: no contact before it is heard of, nor after the lead was erased. */
  record Kept(@Nullable Contact contact, @Nullable Instant erasedAt) {}

  /** Keeps each lead's latest revision. */
  Uni<Void> keep(SqlConnection tx, List<LeadContact> contacts);

  Uni<Void> forget(SqlConnection tx, List<UUID> leads);

  Uni<Kept> find(SqlConnection tx, UUID lead);
}
