package baton.charter;

import org.jspecify.annotations.Nullable;

/** Who owns leads at a stage, and who stands in. */
public record StageOwner(String stage, String owner, @Nullable String backup) {}
