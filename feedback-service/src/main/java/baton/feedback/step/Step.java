package baton.feedback.step;

import baton.contracts.SalesStep;
import baton.feedback.lead.Lead;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A sales step, kept.
 *
 * @param leadId null while nobody has heard of its lead: nothing is published
 */
public record Step(UUID stepId, long revision, Deed deed, @Nullable UUID leadId) {

  /** What telling a step made of it. */
  public sealed interface Verdict {
    /** It is kept in this form. */
    record Kept(Step step, boolean isNew) implements Verdict {}

    /** It said nothing new. */
    record Unchanged(Step step) implements Verdict {}

    /** It is another seller's, whose steps this teller doesn't know of. */
    record NotYours() implements Verdict {}

    /** A step stays with its lead. */
    record OfAnotherLead() implements Verdict {}
  }

  /**
   * The same step is told again: whoever may speak of it corrects it as a whole.
   *
   * @param sellerId who tells; null speaks for any
   */
  public Verdict corrected(Deed again, @Nullable Lead lead, @Nullable String sellerId) {
    if (sellerId != null && !sellerId.equals(deed.sellerId())) {
      return new Verdict.NotYours();
    }
    if (!isAbout(again, lead)) {
      return new Verdict.OfAnotherLead();
    }
    var correction = again.after(deed);
    return correction.equals(deed)
        ? new Verdict.Unchanged(this)
        : new Verdict.Kept(new Step(stepId, revision + 1, correction, leadId), false);
  }

  private boolean isAbout(Deed again, @Nullable Lead lead) {
    return again.lead().equals(deed.lead())
        || (lead != null && leadId != null && lead.isOneWith(leadId));
  }

  /** What is published of it once its lead is known. */
  public SalesStep fact() {
    return new SalesStep(
        Objects.requireNonNull(leadId, "a lead nobody knows has no topic"),
        deed.occurredAt(),
        deed.charterVersion(),
        stepId,
        revision,
        deed.step(),
        deed.channel(),
        deed.sellerId(),
        deed.reason(),
        deed.externalId());
  }
}
