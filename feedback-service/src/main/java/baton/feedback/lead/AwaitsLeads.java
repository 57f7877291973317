package baton.feedback.lead;

import baton.contracts.LeadEvent;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import java.util.List;
import java.util.Map;

/** Keeps what was told of leads that nobody had heard of. */
public interface AwaitsLeads {
  /** A lead may be awaited by any number of tellings; one transaction publishes so many. */
  int AT_ONCE = 1000;

  /**
   * These leads are known now: what was kept for them, to be published in this transaction. At most
   * {@link #AT_ONCE}; whoever gets so many asks again, in another transaction.
   */
  Uni<List<? extends LeadEvent>> appeared(SqlConnection tx, Map<LeadName, Lead> leads);
}
