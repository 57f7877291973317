package baton.handoff.pass;

import baton.contracts.LeadQualified;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** What qualified each pass, word for word. */
public interface Mqls {
  Uni<Void> keep(SqlConnection tx, Map<UUID, LeadQualified> byHandoff);

  Uni<Optional<LeadQualified>> find(SqlConnection tx, UUID handoffId);
}
