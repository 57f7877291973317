package baton.handoff.pass;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** To whom a handoff was offered, when, and why to him. */
public record Offer(String sellerId, @Nullable String team, Instant at, String routing) {}
