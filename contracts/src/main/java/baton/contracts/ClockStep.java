package baton.contracts;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** A clock that a step of a handoff started or stopped; {@code dueAt} is null when it stopped. */
public record ClockStep(String clauseId, ClockChange change, @Nullable Instant dueAt) {}
