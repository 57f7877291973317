package baton.handoff.pass;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The handoffs as people look at them. */
public interface Inbox {

  /** A handoff and the number of its pass among its lead's and those that are one with it. */
  record Entry(Handoff handoff, int number) {}

  /** A step as it was taken; {@code revision} numbers it. */
  record Step(
      long revision,
      String step,
      Instant occurredAt,
      @Nullable String sellerId,
      @Nullable String reason,
      @Nullable String channel,
      @Nullable String result,
      @Nullable String routing) {}

  /**
   * Which handoffs; a filter left out lets all pass. {@code since} is when they came into their
   * state at the earliest; {@code overdue} are those about which a promise ran out unkept.
   */
  record Filter(
      Set<State> states,
      @Nullable String sellerId,
      @Nullable String team,
      @Nullable UUID leadId,
      @Nullable Instant since,
      @Nullable String persona,
      boolean overdue) {
    public Filter {
      states = Set.copyOf(states);
    }

    /** The same, of one seller only. */
    public Filter of(@Nullable String seller) {
      return new Filter(states, seller, team, leadId, since, persona, overdue);
    }
  }

  /** At most {@code limit} handoffs, the newest first, those after {@code after} in that order. */
  Uni<List<Entry>> list(SqlConnection tx, Filter filter, @Nullable UUID after, int limit);

  Uni<Optional<Entry>> find(SqlConnection tx, UUID handoffId);

  Uni<List<Step>> steps(SqlConnection tx, UUID handoffId);
}
