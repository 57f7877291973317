package baton.contracts;

import org.jspecify.annotations.Nullable;

/** The campaign parameters of a landing page's address, as Google Analytics names them. */
public record Utm(
    @Nullable String source,
    @Nullable String medium,
    @Nullable String campaign,
    @Nullable String term,
    @Nullable String content,
    @Nullable String id) {}
