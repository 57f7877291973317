package baton.handoff.clock;

import java.time.Instant;

/** A clock was set to be due then, or is about to be: it isn't committed yet. */
public record ClockSet(Instant dueAt) {}
