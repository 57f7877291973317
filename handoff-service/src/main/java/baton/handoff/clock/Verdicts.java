package baton.handoff.clock;

import baton.contracts.Side;
import baton.contracts.SlaBreach;
import baton.contracts.SlaMet;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import java.util.List;

/**
 * How many promises were kept and broken. Reporting counts the same from the topics; where the two
 * differ, a verdict was lost or doubled on its way.
 */
public interface Verdicts {

  /** What a side owed, ever: how often it was kept and how often broken, whatever came of it. */
  record Count(Side owedBy, long met, long broken) {}

  /** Counts verdicts in the transaction that publishes them. */
  Uni<Void> count(SqlConnection tx, List<SlaMet> met, List<SlaBreach> broken);

  /** Both sides' counts, of few rows however many were counted. */
  Uni<List<Count>> counted(SqlConnection tx);
}
