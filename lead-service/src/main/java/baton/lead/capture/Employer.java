package baton.lead.capture;

import org.jspecify.annotations.Nullable;

/** Whom a lead works for, as a sender writes it. */
public record Employer(
    @Nullable String name,
    @Nullable String domain,
    @Nullable Integer employees,
    @Nullable String industry,
    @Nullable String country) {}
