package baton.reporting.journey;

import baton.contracts.HandoffStep;
import baton.reporting.journey.Fact.Handed;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The seller who holds a lead or held it last, and the team. */
public record Holder(@Nullable String seller, @Nullable String team) {
  private static final Holder NOBODY = new Holder(null, null);

  /** The latest pass's latest handoff knows; within a handoff its highest revision. */
  static Holder of(Fact[] facts, List<Pass> passes) {
    Handed latest = null;
    int latestPass = 0;
    for (int i = 0; i < facts.length; i++) {
      if (facts[i] instanceof Handed handed && names(handed) && !followed(facts, i)) {
        int pass = number(handed, passes);
        if (latest == null || later(handed, pass, latest, latestPass)) {
          latest = handed;
          latestPass = pass;
        }
      }
    }
    return latest == null ? NOBODY : new Holder(latest.seller(), latest.team());
  }

  private static boolean names(Handed handed) {
    return handed.step() != HandoffStep.REFUSED && handed.seller() != null;
  }

  /** Whether a later step of the same handoff, of which the facts are in order, names a seller. */
  private static boolean followed(Fact[] facts, int place) {
    var handoff = ((Handed) facts[place]).handoffId();
    for (int i = place + 1; i < facts.length; i++) {
      if (!(facts[i] instanceof Handed next) || !next.handoffId().equals(handoff)) {
        return false;
      }
      if (names(next)) {
        return true;
      }
    }
    return false;
  }

  private static boolean later(Handed handed, int pass, Handed than, int thanPass) {
    if (pass != thanPass) {
      return pass > thanPass;
    }
    int order = handed.at().compareTo(than.at());
    return order > 0 || (order == 0 && handed.handoffId().compareTo(than.handoffId()) > 0);
  }

  private static int number(Handed handed, List<Pass> passes) {
    for (var pass : passes) {
      if (handed.passId().equals(pass.id())) {
        return pass.number();
      }
    }
    return 0;
  }
}
