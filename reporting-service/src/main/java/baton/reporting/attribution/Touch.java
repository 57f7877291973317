package baton.reporting.attribution;

import java.time.Instant;

/** A contact with a lead, as far as credit asks. */
public record Touch(Instant at, Whence whence) {}
