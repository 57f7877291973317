package baton.lead.dossier;

import baton.lead.identity.Identity;
import java.time.Instant;
import java.util.UUID;

/** Two leads that a sender named as one person, and what it knew of the second. */
public record Likeness(UUID leadId, UUID otherId, Identity.Kind because, Instant seenAt) {}
