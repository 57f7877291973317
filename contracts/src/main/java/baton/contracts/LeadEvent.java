package baton.contracts;

import java.util.UUID;

/**
 * A fact about one lead; its key is the lead's id, so that one lead's facts share a partition
 * number on every topic.
 */
public sealed interface LeadEvent extends Event
    permits LeadCaptured,
        LeadTouched,
        LeadUpdated,
        LeadQualified,
        LeadHandoff,
        LeadOutcome,
        LeadFeedback,
        SalesStep,
        LeadMerged,
        LeadUnmerged,
        LeadErased,
        LeadContact {

  UUID leadId();

  @Override
  default String key() {
    return leadId().toString();
  }
}
