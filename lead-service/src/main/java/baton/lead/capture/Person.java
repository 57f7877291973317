package baton.lead.capture;

import org.jspecify.annotations.Nullable;

/** Whom to contact, as a sender writes it. */
public record Person(
    @Nullable String email,
    @Nullable String name,
    @Nullable String firstName,
    @Nullable String lastName,
    @Nullable String phone,
    @Nullable String jobTitle) {}
