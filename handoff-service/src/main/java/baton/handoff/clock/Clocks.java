package baton.handoff.clock;

import baton.charter.clause.Deed;
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

  /** Something done that is no step of a handoff; {@code source} is the fact that tells it. */
  record Done(Subject subject, UUID source, Deed deed) {}

  /**
   * Follows handoffs through steps that are written already. {@code opened} are those that begin
   * with these steps, and the MQLs they are about.
   */
  Uni<Followed> follow(SqlConnection tx, List<LeadHandoff> steps, Map<UUID, LeadQualified> opened);

  /** Takes what was done about handoffs that are held; answers the verdicts it brought about. */
  Uni<List<Event>> done(SqlConnection tx, List<Done> done);

  /** What is promised about these handoffs, by handoff. */
  Uni<Map<UUID, List<Promise>>> of(SqlConnection tx, List<UUID> handoffs);
}
