package baton.handoff.contact;

import org.jspecify.annotations.Nullable;

/** How to reach a lead. */
public record Contact(
    @Nullable String name,
    @Nullable String firstName,
    @Nullable String lastName,
    @Nullable String email,
    @Nullable String phone,
    @Nullable String jobTitle,
    @Nullable String companyName) {}
