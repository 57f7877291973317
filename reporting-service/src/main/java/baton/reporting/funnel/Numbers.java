package baton.reporting.funnel;

import baton.reporting.funnel.Part.Kind;
import java.util.Set;

/**
 * What a report adds up.
 *
 * @param stages whether it tells how many reached which stage and where they stand
 */
public record Numbers(boolean stages, Set<Kind> kinds, Set<Matter> matters) {
  public static final Numbers OF_THE_FUNNEL =
      new Numbers(true, Set.of(Kind.REVENUE, Kind.REJECTED, Kind.RETURNED), Set.of());

  public Numbers {
    kinds = Set.copyOf(kinds);
    matters = Set.copyOf(matters);
  }

  public static Numbers noted(Matter... matters) {
    return new Numbers(false, Set.of(), Set.of(matters));
  }
}
