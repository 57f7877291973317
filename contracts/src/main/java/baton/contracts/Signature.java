package baton.contracts;

import java.time.Instant;

/** One side signed the content with this hash. */
public record Signature(Side side, String signatory, Instant signedAt, String contentHash) {}
