package baton.chassis.direct;

import baton.chassis.access.Caller;
import org.jspecify.annotations.Nullable;

/** One call: who makes it, in which trace, and what it says. */
public record Call(
    Caller caller, String traceparent, @Nullable String idempotencyKey, byte[] body) {}
