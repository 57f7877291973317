package baton.lead.privacy;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import java.util.Optional;
import java.util.UUID;

/** The receipts of all erasures. */
public interface Receipts {
  Uni<Void> keep(SqlConnection tx, Receipt receipt);

  Uni<Optional<Receipt>> find(SqlConnection tx, UUID leadId);
}
