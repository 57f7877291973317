package baton.reporting.verdict;

import baton.contracts.BreachStep;
import baton.contracts.Event;
import baton.contracts.SlaBreach;
import baton.contracts.SlaMet;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/**
 * A verdict about no lead: of a period, or of a request. It belongs to no journey, and counts once
 * by its id, as its latest revision has it.
 */
public record OfPeriod(
    UUID verdictId, Promised promised, boolean met, long revision, boolean excused, Instant due) {

  /** Nothing where the event is another one. */
  public static Optional<OfPeriod> told(Event event) {
    return switch (event) {
      case SlaMet met when met.leadId() == null ->
          Optional.of(
              new OfPeriod(
                  met.verdictId(),
                  new Promised(met.clauseId(), met.owedBy()),
                  true,
                  1,
                  false,
                  met.dueAt()));
      case SlaBreach breach when breach.leadId() == null ->
          Optional.of(
              new OfPeriod(
                  breach.breachId(),
                  new Promised(breach.clauseId(), breach.owedBy()),
                  false,
                  breach.revision(),
                  breach.step() == BreachStep.EXCUSED,
                  breach.dueAt()));
      default -> Optional.empty();
    };
  }
}
