package baton.handoff.pass;

import baton.contracts.LeadQualified;
import java.time.Instant;
import java.util.UUID;

/**
 * Which trip of which lead a handoff is about, and the charter that governs it: the one that made
 * it an MQL. It never changes.
 */
public record Pass(
    UUID handoffId, UUID leadId, UUID passId, Instant qualifiedAt, int charterVersion) {

  public static Pass of(LeadQualified qualified, UUID handoffId) {
    return new Pass(
        handoffId,
        qualified.leadId(),
        qualified.passId(),
        qualified.occurredAt(),
        qualified.charterVersion());
  }
}
