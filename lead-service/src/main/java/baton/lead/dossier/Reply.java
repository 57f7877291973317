package baton.lead.dossier;

import baton.chassis.problem.Problem;
import java.util.UUID;

/** What became of a capture. */
public sealed interface Reply {

  /** It was kept. */
  record Taken(Lead lead, UUID touchId, Outcome outcome) implements Reply {}

  /** It can't be kept as it is; nothing changed. */
  record Refused(Problem problem) implements Reply {}

  enum Outcome {
    CAPTURED,
    RECOGNISED,
    /** The same fact was told before. */
    REPEATED;

    /** As senders are told: who is known is recognised, whether the fact is new or not. */
    public String word() {
      return this == CAPTURED ? "captured" : "recognised";
    }
  }
}
