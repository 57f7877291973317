package baton.handoff.contact;

import baton.contracts.LeadContact;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** The copies of who leads are. */
public interface Contacts {

  /** Keeps each lead's latest revision. */
  Uni<Void> keep(SqlConnection tx, List<LeadContact> contacts);

  Uni<Void> forget(SqlConnection tx, List<UUID> leads);

  Uni<Optional<Contact>> find(SqlConnection tx, UUID lead);
}
