package baton.feedback.crm;

import baton.contracts.ExternalId;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import java.time.Instant;

/** What is known of CRMs' deals, from all they ever said of them. */
public interface Deals {
  /**
   * Adds what is said to what is known of a deal, under its lock, and answers all of it.
   *
   * @param otherwise what its lead goes by while nothing names it
   */
  Uni<Deal> learn(
      SqlConnection tx, String connectorId, String dealId, Deal said, ExternalId otherwise);

  /** When something was heard of first, which retries and replays don't change. */
  Uni<Instant> first(SqlConnection tx, String connectorId, String name, Instant at);
}
