package baton.feedback.lead;

import java.time.Instant;
import java.util.UUID;

/** One trip of a lead from MQL to an end. */
public record Pass(UUID passId, UUID leadId, Instant qualifiedAt) {}
