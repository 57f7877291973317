package baton.charter.clause;

import baton.charter.Agreement;
import baton.charter.Clause;
import baton.charter.expression.Facts;
import baton.contracts.HandoffStep;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What the steps of a handoff do for the promises about it. */
public final class Moves {
  private Moves() {}

  /** What sales promised about a handoff of such a lead. */
  public static List<Clause.Timed> promised(Agreement agreement, Facts facts) {
    return agreement.terms().sales().stream()
        .filter(Clause.Timed.class::isInstance)
        .map(Clause.Timed.class::cast)
        .filter(clause -> holds(clause, facts))
        .toList();
  }

  private static boolean holds(Clause.Timed clause, Facts facts) {
    var when = clause.limit().when();
    return when == null || when.holds(facts);
  }

  /** What a step is a deed of; silence does nothing, and an offer to nobody neither. */
  public static List<Deed> deeds(
      HandoffStep step, Instant at, @Nullable String channel, boolean held) {
    return switch (step) {
      case OFFERED, REASSIGNED -> held ? List.of(Deed.of(Deed.Kind.ASSIGNED, at)) : List.of();
      case ACCEPTED -> List.of(Deed.of(Deed.Kind.ACCEPTED, at));
      case QUALIFIED -> List.of(Deed.of(Deed.Kind.QUALIFIED, at));
      case REJECTED -> List.of(Deed.of(Deed.Kind.REJECTED, at));
      case RETURNED -> List.of(Deed.of(Deed.Kind.RETURNED, at));
      case ATTEMPTED -> channel == null ? List.of() : List.of(Deed.attempt(channel, at));
      case CONNECTED -> List.of(Deed.of(Deed.Kind.CONNECTED, at));
      case CLOSED -> List.of(Deed.of(Deed.Kind.OUTCOME, at), Deed.of(Deed.Kind.CLOSED, at));
      case DEEMED_ACCEPTED, REFUSED -> List.of();
    };
  }

  /** Whether a step starts the clock of a clause that waits; {@code held}: by a seller. */
  public static boolean starts(Clause.Timed clause, HandoffStep step, boolean held) {
    return switch (clause) {
      case Clause.Decision _, Clause.FirstAttempt _, Clause.Attempts _ ->
          step == HandoffStep.OFFERED && held;
      case Clause.Assignment _ -> step == HandoffStep.OFFERED && !held;
      case Clause.Disposition _ ->
          step == HandoffStep.ACCEPTED || step == HandoffStep.DEEMED_ACCEPTED;
      case Clause.Feedback _ -> ends(step) && held;
      case Clause.ContentReply _ -> false;
    };
  }

  /** Whether another owner owes it anew. */
  public static boolean owedAnew(Clause.Timed clause) {
    return switch (clause) {
      case Clause.Decision _, Clause.FirstAttempt _, Clause.Attempts _ -> true;
      case Clause.Disposition _, Clause.Feedback _, Clause.Assignment _, Clause.ContentReply _ ->
          false;
    };
  }

  /** Whether a step is the end of its handoff. */
  public static boolean ends(HandoffStep step) {
    return switch (step) {
      case REJECTED, RETURNED, CLOSED -> true;
      case OFFERED,
          ACCEPTED,
          DEEMED_ACCEPTED,
          QUALIFIED,
          REASSIGNED,
          ATTEMPTED,
          CONNECTED,
          REFUSED ->
          false;
    };
  }
}
