package baton.handoff.routing;

import org.jspecify.annotations.Nullable;

/**
 * A seller who may be dealt a handoff now. {@code credit} is how many turns he is owed, negative
 * when he has had more than his weight's share; {@code room} is how many more he can hold.
 */
public record Candidate(
    String sellerId, @Nullable String team, double weight, double credit, int room) {}
