package baton.handoff.pass.postgres;

import baton.charter.clause.Deed;
import baton.chassis.kin.People;
import baton.contracts.LeadFeedback;
import baton.contracts.LeadOutcome;
import baton.contracts.OutcomeResult;
import baton.handoff.clock.Clocks.Done;
import baton.handoff.clock.Subject;
import baton.handoff.pass.Handoff;
import baton.handoff.pass.Pass;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What outcomes and opinions do about what is owed for handoffs. */
final class Deeds {
  private Deeds() {}

  static List<Done> outcomes(List<Handoff> handoffs, List<LeadOutcome> outcomes, People people) {
    var passes = PassesOfPeople.of(people, handoffs);
    return outcomes.stream()
        .filter(outcome -> outcome.result() != OutcomeResult.VOIDED)
        .flatMap(
            outcome ->
                of(handoffs, passes.pass(outcome.leadId(), outcome.passId(), outcome.occurredAt()))
                    .map(
                        handoff ->
                            new Done(
                                subject(handoff),
                                outcome.outcomeId(),
                                Deed.of(Deed.Kind.OUTCOME, outcome.occurredAt()))))
        .toList();
  }

  static List<Done> opinions(List<Handoff> handoffs, List<LeadFeedback> feedback, People people) {
    var passes = PassesOfPeople.of(people, handoffs);
    var opinions = new ArrayList<Done>();
    for (var each : feedback) {
      var named =
          handoffs.stream()
              .filter(handoff -> handoff.pass().handoffId().equals(each.handoffId()))
              .findAny();
      named
          .or(
              () ->
                  of(handoffs, passes.pass(each.leadId(), each.passId(), each.occurredAt()))
                      .findAny())
          .ifPresent(
              handoff -> {
                if (each.rating() != null) {
                  opinions.add(said(handoff, each, Deed.Kind.RATED));
                }
                if (!each.reasons().isEmpty()) {
                  opinions.add(said(handoff, each, Deed.Kind.REASONED));
                }
              });
    }
    return opinions;
  }

  private static Done said(Handoff handoff, LeadFeedback feedback, Deed.Kind kind) {
    return new Done(subject(handoff), feedback.feedbackId(), Deed.of(kind, feedback.occurredAt()));
  }

  private static Stream<Handoff> of(List<Handoff> handoffs, @Nullable Pass pass) {
    return handoffs.stream().filter(handoff -> handoff.pass().equals(pass));
  }

  private static Subject subject(Handoff handoff) {
    var pass = handoff.pass();
    var offer = handoff.offer();
    return new Subject(
        pass.handoffId(),
        pass.handoffId(),
        pass.leadId(),
        pass.passId(),
        offer == null ? null : offer.sellerId(),
        offer == null ? null : offer.team());
  }
}
