package baton.handoff.clock;

import baton.charter.clause.Deed;
import baton.contracts.Event;
import baton.contracts.LeadHandoff;
import baton.contracts.LeadQualified;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

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

  /** What a look at the due clocks came to, and after how long another is worth while. */
  record Look(int judged, boolean mayBeMore, long nextInMillis) {}

  /**
   * Follows handoffs through steps that are written already. {@code opened} are those that begin
   * with these steps, and the MQLs they are about.
   */
  Uni<Followed> follow(SqlConnection tx, List<LeadHandoff> steps, Map<UUID, LeadQualified> opened);

  /** Takes what was done about handoffs that are held; answers the verdicts it brought about. */
  Uni<List<Event>> done(SqlConnection tx, List<Done> done);

  /**
   * Judges some of the clocks that ran out, by PostgreSQL's clock. One that can't be judged gets
   * stuck, and holds nothing up.
   */
  Uni<Look> judge(SqlConnection tx, int atMost);

  /** Warns those whose time is running out. */
  Uni<Look> warn(SqlConnection tx, int atMost);

  /** Takes due steps of the ladders of breaches that still stand. */
  Uni<Look> escalate(SqlConnection tx, int atMost);

  /**
   * Computes some open deadlines anew if the time zone rules are others than they were computed by;
   * {@code after} is the last one of before.
   */
  Uni<Optional<Promise>> recompute(SqlConnection tx, @Nullable Promise after, int atMost);

  /** How many clocks can't be judged. */
  Uni<Long> stuck(SqlConnection tx);

  /** Clocks that couldn't be judged are judged again. */
  Uni<Void> retry(SqlConnection tx);

  /** What is promised about these handoffs, by handoff. */
  Uni<Map<UUID, List<Promise>>> of(SqlConnection tx, List<UUID> handoffs);
}
