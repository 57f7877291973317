package baton.contracts;

import org.jspecify.annotations.Nullable;

/** What is known of the company a lead works for; none of it is personal data. */
public record Company(
    @Nullable String domain,
    @Nullable Integer employees,
    @Nullable String industry,
    @Nullable String country) {}
