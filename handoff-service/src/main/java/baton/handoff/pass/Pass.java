package baton.handoff.pass;

import baton.contracts.LeadQualified;
import java.time.Instant;
import java.util.UUID;

/**
 * Which trip of which lead a handoff is about, and the charter it began under; it never changes.
 */
public record Pass(
    UUID handoffId, UUID leadId, UUID passId, Instant qualifiedAt, int charterVersion) {

  public static Pass of(LeadQualified qualified, UUID handoffId, int charterVersion) {
    return new Pass(
        handoffId, qualified.leadId(), qualified.passId(), qualified.occurredAt(), charterVersion);
  }
}
