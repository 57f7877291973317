package baton.reporting.verdict;

import baton.contracts.BreachStep;
import baton.contracts.Event;
import baton.contracts.SlaBreach;
import baton.contracts.SlaMet;
import java.util.Optional;
import java.util.UUID;

/** A verdict about no lead. It belongs to no journey, and counts once by its id. */
public record OfPeriod(UUID verdictId, Promised promised, boolean met) {

  /** Nothing where the event is another one, or only a later word on a breach. */
  public static Optional<OfPeriod> told(Event event) {
    return switch (event) {
      case SlaMet met when met.leadId() == null ->
          Optional.of(
              new OfPeriod(met.verdictId(), new Promised(met.clauseId(), met.owedBy()), true));
      case SlaBreach breach when breach.leadId() == null && breach.step() == BreachStep.BREACHED ->
          Optional.of(
              new OfPeriod(
                  breach.breachId(), new Promised(breach.clauseId(), breach.owedBy()), false));
      default -> Optional.empty();
    };
  }
}
