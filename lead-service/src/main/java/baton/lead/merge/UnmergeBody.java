package baton.lead.merge;

import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Which merge is to be undone. */
public record UnmergeBody(@Nullable UUID mergeId) {}
