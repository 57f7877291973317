package baton.lead.privacy;

import java.time.Instant;
import java.util.Map;
import java.util.UUID;

/** That a lead was erased, and of how many things by place, for whoever has to show it. */
public record Receipt(
    UUID receiptId, UUID leadId, Instant erasedAt, Map<String, Integer> removed) {}
