package baton.feedback.lead;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import java.util.Collection;
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
}
