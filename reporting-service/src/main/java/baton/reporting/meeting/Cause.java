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
  /** The week isn't over, and the number grows with its days. */
  UNFINISHED,
  /** None of these: people did otherwise. */
  BEHAVIOUR;

  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  /**
   * Why a number moved that did.
   *
   * @param redefined keys of the charter that say otherwise than in the week before
   * @param restated numbers of the week before that were told otherwise
   * @param over whether the week is
   */
  public static Set<Cause> of(
      Gauge gauge, Set<String> redefined, Set<String> restated, boolean over) {
    var causes = EnumSet.noneOf(Cause.class);
    if (!Collections.disjoint(gauge.definedBy(), redefined)) {
      causes.add(DEFINITION);
    }
    if (!Collections.disjoint(gauge.metrics(), restated)) {
      causes.add(RESTATED);
    }
    if (!over && gauge.grows()) {
      causes.add(UNFINISHED);
    }
    return causes.isEmpty() ? EnumSet.of(BEHAVIOUR) : causes;
  }
}
