package baton.reporting.restatement;

import baton.contracts.Event;
import baton.contracts.LeadCaptured;
import baton.contracts.LeadContact;
import baton.contracts.LeadErased;
import baton.contracts.LeadEvent;
import baton.contracts.LeadFeedback;
import baton.contracts.LeadHandoff;
import baton.contracts.LeadMerged;
import baton.contracts.LeadOutcome;
import baton.contracts.LeadQualified;
import baton.contracts.LeadTouched;
import baton.contracts.LeadUnmerged;
import baton.contracts.LeadUpdated;
import baton.contracts.SalesStep;
import baton.contracts.SlaBreach;
import baton.contracts.SlaMet;
import baton.contracts.Topic;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The event that changed a number, by the id of the fact that it told.
 *
 * @param type the topic's name
 * @param revision null where the fact is told once
 */
public record By(String type, UUID id, @Nullable Long revision, UUID leadId, Instant occurredAt) {

  /** One about a lead. */
  public static By of(UUID lead, Event event) {
    return switch (event) {
      case LeadEvent told -> of(told);
      case SlaMet met -> by(met, met.verdictId(), null, lead);
      case SlaBreach breach -> by(breach, breach.breachId(), breach.revision(), lead);
      default -> by(event, lead, null, lead);
    };
  }

  private static By of(LeadEvent event) {
    var lead = event.leadId();
    return switch (event) {
      case LeadCaptured captured -> by(event, captured.touchId(), null, lead);
      case LeadTouched touched -> by(event, touched.touchId(), null, lead);
      case LeadUpdated updated -> by(event, lead, updated.revision(), lead);
      case LeadQualified qualified -> by(event, qualified.passId(), null, lead);
      case LeadHandoff step -> by(event, step.handoffId(), step.revision(), lead);
      case LeadOutcome outcome -> by(event, outcome.outcomeId(), outcome.revision(), lead);
      case LeadFeedback feedback -> by(event, feedback.feedbackId(), feedback.revision(), lead);
      case SalesStep step -> by(event, step.stepId(), step.revision(), lead);
      case LeadMerged merged -> by(event, merged.mergeId(), null, lead);
      case LeadUnmerged unmerged -> by(event, unmerged.mergeId(), null, lead);
      case LeadErased erased -> by(event, erased.receipt(), null, lead);
      case LeadContact _ -> by(event, lead, null, lead);
    };
  }

  private static By by(Event event, UUID id, @Nullable Long revision, UUID lead) {
    return new By(Topic.of(event).topicName(), id, revision, lead, event.occurredAt());
  }
}
