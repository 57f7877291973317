package baton.reporting.funnel;

import baton.reporting.funnel.Part.Kind;
import java.util.Set;

/**
 * What a report adds up.
 *
 * @param stages whether it tells how many reached which stage and where they stand
 * @param everyPass whether matters of passes are told of each, whichever passes were asked for
 */
public record Numbers(boolean stages, Set<Kind> kinds, Set<Matter> matters, boolean everyPass) {
  public static final Numbers OF_THE_FUNNEL =
      new Numbers(true, Set.of(Kind.REVENUE, Kind.REJECTED, Kind.RETURNED), Set.of(), false);

  public Numbers {
    kinds = Set.copyOf(kinds);
    matters = Set.copyOf(matters);
  }

  /** Stages alone. */
  public static Numbers counted() {
    return new Numbers(true, Set.of(), Set.of(), false);
  }

  public static Numbers noted(Matter... matters) {
    return new Numbers(false, Set.of(), Set.of(matters), false);
  }

  public static Numbers of(Kind... kinds) {
    return new Numbers(false, Set.of(kinds), Set.of(), false);
  }
}
