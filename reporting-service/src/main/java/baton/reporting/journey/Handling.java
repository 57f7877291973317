package baton.reporting.journey;

import baton.contracts.HandoffStep;
import baton.reporting.journey.Fact.Handed;
import baton.reporting.journey.Fact.Rated;
import java.time.Instant;
import java.util.HashSet;
import java.util.UUID;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * What sellers did with a pass, in the steps of its handoffs.
 *
 * @param offered the first offer to a seller
 * @param attempted the first try to reach the lead, which may have reached it
 * @param connected the first two-way contact
 * @param decided accepted or rejected, whichever came first; silence is neither
 * @param answered the first thing a seller did about it at all
 * @param disposed the first word on what became of it once accepted
 * @param rated the first rating of it
 * @param hops how often it went from one seller to another
 */
public record Handling(
    @Nullable Handed offered,
    @Nullable Handed attempted,
    @Nullable Handed connected,
    @Nullable Handed decided,
    @Nullable Handed answered,
    @Nullable Handed disposed,
    @Nullable Instant rated,
    int hops) {

  static Handling of(Fact[] facts, @Nullable UUID pass) {
    if (pass == null) {
      return new Handling(null, null, null, null, null, null, null, 0);
    }
    var steps = new Steps(facts, pass);
    return new Handling(
        steps.first(
            step ->
                step.seller() != null
                    && (step.step() == HandoffStep.OFFERED
                        || step.step() == HandoffStep.REASSIGNED)),
        steps.first(Handling::tries),
        steps.first(step -> step.step() == HandoffStep.CONNECTED),
        steps.first(Handling::decides),
        steps.first(step -> tries(step) || decides(step) || disposes(step)),
        steps.first(Handling::disposes),
        rated(facts, pass),
        steps.hops());
  }

  private static boolean tries(Handed step) {
    return step.step() == HandoffStep.ATTEMPTED || step.step() == HandoffStep.CONNECTED;
  }

  private static boolean decides(Handed step) {
    return step.step() == HandoffStep.ACCEPTED || step.step() == HandoffStep.REJECTED;
  }

  private static boolean disposes(Handed step) {
    return step.step() == HandoffStep.QUALIFIED || step.step() == HandoffStep.RETURNED;
  }

  private static @Nullable Instant rated(Fact[] facts, UUID pass) {
    Instant first = null;
    for (var fact : facts) {
      if (fact instanceof Rated rated
          && pass.equals(rated.passId())
          && rated.rating() != null
          && (first == null || rated.at().isBefore(first))) {
        first = rated.at();
      }
    }
    return first;
  }

  /** The steps of one pass; those of one handoff follow each other by revision. */
  private record Steps(Fact[] facts, UUID pass) {
    /** Of two at once the one that comes first among the facts, which are in order. */
    @Nullable Handed first(Predicate<Handed> of) {
      Handed first = null;
      for (var fact : facts) {
        if (fact instanceof Handed step
            && step.passId().equals(pass)
            && of.test(step)
            && (first == null || step.at().isBefore(first.at()))) {
          first = step;
        }
      }
      return first;
    }

    /** Of a handoff that had a seller; finding the first one for it is no hop. */
    int hops() {
      var held = new HashSet<UUID>();
      int hops = 0;
      for (var fact : facts) {
        if (fact instanceof Handed step
            && step.passId().equals(pass)
            && step.step() != HandoffStep.REFUSED) {
          if (step.step() == HandoffStep.REASSIGNED && held.contains(step.handoffId())) {
            hops++;
          }
          if (step.seller() != null) {
            held.add(step.handoffId());
          }
        }
      }
      return hops;
    }
  }
}
