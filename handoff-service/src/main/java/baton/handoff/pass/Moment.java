package baton.handoff.pass;

import java.time.Instant;

/** When a step happened, and the charter in force then. */
public record Moment(Instant at, int charterVersion) {}
