package baton.handoff.breach;

import baton.contracts.BreachStep;
import baton.contracts.Side;
import baton.contracts.SlaBreach;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The breaches, each judged once and settled under its row's lock. */
public interface Breaches {

  /** Which run of a clause's clock was broken. */
  record Run(UUID subjectId, String clauseId, Instant startedAt) {}

  /** Something that was said of a breach. */
  record Step(long revision, BreachStep step, Instant at, @Nullable String reason) {}

  /** Which breaches; a filter left out lets all pass. {@code from} and {@code to} are when due. */
  record Filter(
      @Nullable Side owedBy,
      @Nullable String sellerId,
      @Nullable String clauseId,
      @Nullable UUID handoffId,
      Set<BreachStep> states,
      @Nullable Instant from,
      @Nullable Instant to) {
    public Filter {
      states = Set.copyOf(states);
    }

    public Filter of(String seller) {
      return new Filter(owedBy, seller, clauseId, handoffId, states, from, to);
    }
  }

  /** Keeps new ones and answers what is to be published of them; a run is never judged twice. */
  Uni<List<SlaBreach>> keep(SqlConnection tx, List<Breach> judged);

  /** Excuses those of these runs that still stand, since they were kept in time. */
  Uni<List<SlaBreach>> excuseLate(SqlConnection tx, List<Run> runs, Instant at);

  /**
   * Rules on one under its lock; the event is published with it. What is said with the ruling isn't
   * kept where its lead was erased.
   */
  Uni<Breach> decide(
      SqlConnection tx, UUID breachId, Instant at, Function<Optional<Breach>, Breach> decision);

  /** At most {@code limit}, the newest first, those after {@code after} in that order. */
  Uni<List<Breach>> list(SqlConnection tx, Filter filter, @Nullable UUID after, int limit);

  Uni<Optional<Breach>> find(SqlConnection tx, UUID breachId);

  Uni<List<Step>> steps(SqlConnection tx, UUID breachId);

  /** Removes what people said of these leads' breaches; that they said it stays. */
  Uni<Void> forget(SqlConnection tx, List<UUID> leads);
}
