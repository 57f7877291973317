package baton.handoff.clock;

import baton.contracts.Event;
import baton.contracts.LeadHandoff;
import baton.contracts.LeadQualified;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * The clocks of handoffs, changed in the transaction of the step that changes them, under the
 * handoff's lock.
 */
public interface Clocks {

  /** Steps with the clocks they started and stopped, and the verdicts they brought about. */
  record Followed(List<LeadHandoff> steps, List<Event> verdicts) {
    public Followed {
      steps = List.copyOf(steps);
      verdicts = List.copyOf(verdicts);
    }
  }

  /** What a look at the due clocks came to, and after how long another is worth while. */
  record Look(int judged, boolean mayBeMore, long nextInMillis) {}

  /**
   * Follows handoffs through steps that are written already. {@code opened} are those that begin
   * with these steps, and the MQLs they are about.
   */
  Uni<Followed> follow(SqlConnection tx, List<LeadHandoff> steps, Map<UUID, LeadQualified> opened);

  /** Judges some of the clocks that ran out, by PostgreSQL's clock. */
  Uni<Look> judge(SqlConnection tx, int atMost);

  /** Warns those whose time is running out. */
  Uni<Look> warn(SqlConnection tx, int atMost);

  /** What is promised about these handoffs, by handoff. */
  Uni<Map<UUID, List<Promise>>> of(SqlConnection tx, List<UUID> handoffs);
}
