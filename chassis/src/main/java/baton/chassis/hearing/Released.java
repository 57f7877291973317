package baton.chassis.hearing;

import org.jspecify.annotations.Nullable;

/**
 * What came of hearing a parked record again, and those of its key that waited behind it.
 *
 * @param heard how many had their effect, in order
 * @param stoppedAt the first that could not be heard this time either, which with those behind it
 *     stays parked
 */
public record Released(int heard, @Nullable Place stoppedAt, @Nullable String reason) {}
