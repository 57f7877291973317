package baton.handoff.clock;

import baton.charter.clause.PeriodClock;
import baton.charter.clause.Tally;
import baton.contracts.LeadQualified;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import java.time.Instant;
import java.util.Collection;
import java.util.List;

/**
 * What marketing promised about days, weeks, months and quarters. A period belongs to the version
 * that was in force when it began; one that a charter came into force in isn't judged.
 */
public interface Periods {

  /** A period that isn't over, and what was counted of it. */
  record Standing(PeriodClock clock, Tally tally, Instant now) {}

  /** Counts MQLs that marketing handed over at an instant, in the transaction that takes them. */
  Uni<Void> count(SqlConnection tx, Collection<LeadQualified> handedOver, Instant at);

  /** Opens the periods that have begun, and judges those that are over. */
  Uni<Void> judge(SqlConnection tx);

  Uni<List<Standing>> current(SqlConnection tx);
}
