package baton.lead.merge;

import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Which lead is to count under the one it is sent to. */
public record MergeBody(@Nullable UUID absorb) {}
