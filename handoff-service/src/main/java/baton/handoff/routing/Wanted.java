package baton.handoff.routing;

import org.jspecify.annotations.Nullable;

/**
 * Who may take a lead: the sellers of a team, or of all where it is empty, who take its country and
 * its persona. What isn't known of a lead shuts nobody out.
 */
public record Wanted(String team, @Nullable String country, @Nullable String persona) {
  public static final String ANY_TEAM = "";

  public static final Wanted ANYBODY = new Wanted(ANY_TEAM, null, null);
}
