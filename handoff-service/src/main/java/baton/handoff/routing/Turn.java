package baton.handoff.routing;

import org.jspecify.annotations.Nullable;

/** Who got a handoff, and why it was his turn. */
public record Turn(String sellerId, @Nullable String team, String why) {}
