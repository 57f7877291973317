package baton.feedback.outcome;

import baton.contracts.LeadOutcome;
import java.util.List;

/** What telling an outcome made of it. */
public sealed interface Verdict {

  /** It is kept in this form; {@code facts} are to be published. */
  record Kept(Outcome outcome, List<LeadOutcome> facts, boolean isNew) implements Verdict {}

  /** It said nothing new. */
  record Unchanged(Outcome outcome) implements Verdict {}

  /** It is another seller's, whose outcomes this teller doesn't know of. */
  record NotYours() implements Verdict {}
}
