package baton.reporting.meeting;

import java.util.Collections;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;

/** Why a number is another than the week before. */
public enum Cause {
  /** The charter counts it by other words than before. */
  DEFINITION,
  /** The week before was told otherwise when it was told. */
  RESTATED,
  /** Neither: people did otherwise. */
  BEHAVIOUR;

  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  /**
   * Why a number moved that did.
   *
   * @param redefined keys of the charter that say otherwise than in the week before
   * @param restated numbers of the week before that were told otherwise
   */
  public static Set<Cause> of(Gauge gauge, Set<String> redefined, Set<String> restated) {
    var causes = EnumSet.noneOf(Cause.class);
    if (!Collections.disjoint(gauge.definedBy(), redefined)) {
      causes.add(DEFINITION);
    }
    if (!Collections.disjoint(gauge.metrics(), restated)) {
      causes.add(RESTATED);
    }
    return causes.isEmpty() ? EnumSet.of(BEHAVIOUR) : causes;
  }
}
