package baton.handoff.pass;

import baton.contracts.LeadHandoff;
import java.util.List;

/** What an answer makes of a handoff. */
public sealed interface Verdict {

  /** The handoff as it stands now, and the steps that brought it there. */
  record Moved(Handoff handoff, List<LeadHandoff> steps) implements Verdict {}

  /** The step isn't possible in the state the handoff is in. */
  record Refused(String why, State state) implements Verdict {}
}
