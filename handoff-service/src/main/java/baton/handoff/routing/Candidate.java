package baton.handoff.routing;

import baton.handoff.seller.Presence;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * An active seller as routing sees him. {@code room} is how many more handoffs he can hold; without
 * {@code countries} or {@code personas} he takes any.
 */
public record Candidate(
    String sellerId,
    @Nullable String team,
    double weight,
    int room,
    Set<String> countries,
    Set<String> personas,
    Presence presence) {
  public Candidate {
    countries = Set.copyOf(countries);
    personas = Set.copyOf(personas);
  }

  boolean takes(Wanted wanted) {
    return among(wanted.country(), countries) && among(wanted.persona(), personas);
  }

  private static boolean among(@Nullable String word, Set<String> taken) {
    return word == null || taken.isEmpty() || taken.contains(word);
  }
}
