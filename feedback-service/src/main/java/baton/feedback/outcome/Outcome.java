package baton.feedback.outcome;

import baton.contracts.LeadOutcome;
import baton.contracts.OutcomeResult;
import baton.feedback.lead.Lead;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * An outcome, kept. Its revision grows with every fact about it, so that its facts have an order
 * whichever lead they stand on.
 *
 * <pre>
 *   told ── lead known ──▶ Matched ── told again: same lead: next revision; another: voided, then next
 *     └── lead unheard ──▶ Unmatched ── the lead appears ──▶ Matched
 * </pre>
 */
public sealed interface Outcome {
  UUID outcomeId();

  long revision();

  Told told();

  /** Its lead was never heard of; nothing is published. */
  record Unmatched(UUID outcomeId, long revision, Told told) implements Outcome {

    /** The lead appeared. */
    public Verdict.Kept found(Lead lead) {
      return published(Matched.of(outcomeId, revision, told, lead), List.of(), false);
    }
  }

  /** Published under its lead. */
  record Matched(UUID outcomeId, long revision, Told told, UUID leadId, @Nullable UUID passId)
      implements Outcome {

    static Matched of(UUID outcomeId, long revision, Told told, Lead lead) {
      return new Matched(
          outcomeId,
          revision,
          told.of(lead.called(told.lead())),
          lead.leadId(),
          lead.passAt(told.occurredAt()));
    }

    LeadOutcome fact() {
      return fact(revision, told.result());
    }

    LeadOutcome voided() {
      return fact(revision + 1, OutcomeResult.VOIDED);
    }

    private LeadOutcome fact(long ofRevision, OutcomeResult result) {
      return new LeadOutcome(
          leadId,
          told.occurredAt(),
          told.charterVersion(),
          outcomeId,
          ofRevision,
          passId,
          result,
          told.amount(),
          told.expectedClose(),
          told.reason(),
          told.sellerId(),
          told.externalId(),
          List.of());
    }
  }

  /** An outcome is told for the first time; {@code lead} is null while nobody has heard of it. */
  static Verdict first(UUID outcomeId, Told told, @Nullable Lead lead) {
    return next(outcomeId, 1, told, lead, List.of(), true);
  }

  /** The same outcome is told again: whoever may speak of it corrects it as a whole. */
  default Verdict corrected(Told again, @Nullable Lead lead, Teller teller) {
    if (!teller.knows(told())) {
      return new Verdict.NotYours();
    }
    var correction = again.after(told());
    return switch (this) {
      case Unmatched waiting when lead == null && correction.equals(waiting.told()) ->
          new Verdict.Unchanged(this);
      case Unmatched _ -> next(outcomeId(), revision() + 1, correction, lead, List.of(), false);
      case Matched matched when lead != null && lead.isOneWith(matched.leadId()) ->
          correction.of(told().lead()).equals(told())
              ? new Verdict.Unchanged(this)
              : next(
                  outcomeId(),
                  revision() + 1,
                  correction,
                  lead.keptBy(matched.leadId()),
                  List.of(),
                  false);
      case Matched matched ->
          next(outcomeId(), revision() + 2, correction, lead, List.of(matched.voided()), false);
    };
  }

  private static Verdict next(
      UUID outcomeId,
      long revision,
      Told told,
      @Nullable Lead lead,
      List<LeadOutcome> before,
      boolean isNew) {
    return lead == null
        ? new Verdict.Kept(new Unmatched(outcomeId, revision, told), before, isNew)
        : published(Matched.of(outcomeId, revision, told, lead), before, isNew);
  }

  private static Verdict.Kept published(Matched matched, List<LeadOutcome> before, boolean isNew) {
    var facts = new java.util.ArrayList<>(before);
    facts.add(matched.fact());
    return new Verdict.Kept(matched, List.copyOf(facts), isNew);
  }
}
