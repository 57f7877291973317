package baton.feedback.rating;

import baton.contracts.LeadFeedback;
import baton.feedback.lead.Handoff;
import baton.feedback.lead.Lead;
import baton.feedback.lead.LeadName;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What somebody in sales said of a lead, by the name he said it of: the lead's or a handoff's. */
public record Feedback(
    UUID feedbackId,
    long revision,
    LeadName about,
    @Nullable Integer rating,
    List<String> reasons,
    List<String> objections,
    List<String> painPoints,
    @Nullable String note,
    @Nullable String sellerId,
    Instant occurredAt,
    int charterVersion) {

  /**
   * This, said under the id of what was said before: its next revision, or the same where the words
   * are. Who says no new time or seller means the first.
   */
  public Feedback after(Feedback before, boolean dated) {
    var same = revised(before.revision, before, dated);
    return same.equals(before) ? before : revised(before.revision + 1, before, dated);
  }

  private Feedback revised(long next, Feedback before, boolean dated) {
    return new Feedback(
        feedbackId,
        next,
        about,
        rating,
        reasons,
        objections,
        painPoints,
        note,
        sellerId == null ? before.sellerId : sellerId,
        dated ? occurredAt : before.occurredAt,
        dated ? charterVersion : before.charterVersion);
  }

  /** Whether this seller may speak of the lead: it was never handed over, or once to him. */
  public static boolean mayRate(@Nullable String sellerId, LeadName about, Lead lead) {
    var held = held(about, lead);
    var sellers =
        (held == null ? lead.handoffs() : List.of(held))
            .stream().map(Handoff::sellerId).filter(java.util.Objects::nonNull).toList();
    return sellerId == null || sellers.isEmpty() || sellers.contains(sellerId);
  }

  /** What is published of it. */
  public LeadFeedback fact(Lead lead) {
    var held = held(about, lead);
    return new LeadFeedback(
        lead.leadId(),
        occurredAt,
        charterVersion,
        feedbackId,
        revision,
        held == null ? lead.passAt(occurredAt) : held.passId(),
        held == null ? null : held.handoffId(),
        rating,
        reasons,
        objections,
        painPoints,
        sellerId == null && held != null ? held.sellerId() : sellerId);
  }

  public @Nullable UUID aboutLead() {
    return about.kind() == LeadName.Kind.LEAD ? UUID.fromString(about.id()) : null;
  }

  public @Nullable UUID aboutHandoff() {
    return about.kind() == LeadName.Kind.HANDOFF ? UUID.fromString(about.id()) : null;
  }

  private static @Nullable Handoff held(LeadName about, Lead lead) {
    return about.kind() == LeadName.Kind.HANDOFF ? lead.handoff(UUID.fromString(about.id())) : null;
  }
}
