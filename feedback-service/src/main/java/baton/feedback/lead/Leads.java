package baton.feedback.lead;

import baton.contracts.LeadErased;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import java.util.Collection;
import java.util.List;
import java.util.Map;

/** The directory of leads. */
public interface Leads {

  /**
   * The leads that go by these names. A name that nobody has heard of is awaited from here on: who
   * learns of it waits for this transaction, and then finds what it kept.
   */
  Uni<Map<LeadName, Lead>> find(SqlConnection tx, Collection<LeadName> names);

  /** Takes the news in, and answers the leads by every name it told, new or not. */
  Uni<Map<LeadName, Lead>> learn(SqlConnection tx, News news);

  /**
   * Erased leads lose the names that stand for an address or a number. Those that mean nothing
   * outside the system that gave them stay, until another lead goes by them.
   */
  Uni<Void> erased(SqlConnection tx, List<LeadErased> erased);
}
