package baton.lead.dossier;

import java.time.Instant;
import java.util.UUID;

/** A lead's word on a purpose, as it is kept. */
public record Agreed(UUID leadId, Evidence evidence, Instant heardAt) {}
