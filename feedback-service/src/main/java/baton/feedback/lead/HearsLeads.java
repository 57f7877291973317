package baton.feedback.lead;

import baton.contracts.LeadEvent;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import java.util.List;

/** Keeps what it needs of what is said about leads. */
public interface HearsLeads {
  /** However often and in whatever order it hears them, what it keeps ends up the same. */
  Uni<Void> heard(SqlConnection tx, List<? extends LeadEvent> events);
}
