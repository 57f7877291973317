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
    REPEATED
  }
}
