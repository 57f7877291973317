package baton.handoff.pass;

import static org.assertj.core.api.Assertions.assertThat;

import baton.contracts.HandoffStep;
import baton.contracts.LeadHandoff;
import baton.contracts.OutcomeResult;
import baton.handoff.pass.Answer.Accept;
import baton.handoff.pass.Answer.Assign;
import baton.handoff.pass.Answer.Attempt;
import baton.handoff.pass.Answer.End;
import baton.handoff.pass.Answer.GiveBack;
import baton.handoff.pass.Answer.Qualify;
import baton.handoff.pass.Answer.Reassign;
import baton.handoff.pass.Answer.Reject;
import baton.handoff.pass.Handoff.Accepted;
import baton.handoff.pass.Handoff.Closed;
import baton.handoff.pass.Handoff.Offered;
import baton.handoff.pass.Handoff.Qualified;
import baton.handoff.pass.Handoff.Rejected;
import baton.handoff.pass.Handoff.Returned;
import baton.handoff.pass.Handoff.Unassigned;
import baton.handoff.pass.Verdict.Moved;
import baton.handoff.pass.Verdict.Refused;
import baton.handoff.routing.Dealt.Nobody;
import baton.handoff.routing.Dealt.Turn;
import baton.infrastructure.telling.Stepped;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class HandoffTest {
  static final String ADA = "ada";
  static final String GRACE = "grace";
  static final Instant EIGHT = Instant.parse("2026-11-20T08:00:00Z");
  static final Instant NINE = Instant.parse("2026-11-20T09:00:00Z");
  static final Moment AT_NINE = new Moment(NINE, 0);
  static final Pass PASS = new Pass(id(1), id(2), id(3), EIGHT, 0);
  static final Offer TO_ADA = new Offer(ADA, "dach", EIGHT, "her turn");
  static final Offer TO_GRACE = new Offer(GRACE, "inside", NINE, Handoff.BY_HAND);
  static final Map<String, JsonNode> FACTS = Map.of("budget", TextNode.valueOf("yes"));

  static final Handoff UNASSIGNED = new Unassigned(PASS, 7, "nobody", EIGHT);
  static final Handoff OFFERED = new Offered(PASS, 7, TO_ADA);
  static final Handoff ACCEPTED = new Accepted(PASS, 7, TO_ADA, EIGHT);
  static final Handoff QUALIFIED = new Qualified(PASS, 7, TO_ADA, EIGHT, FACTS);
  static final Handoff REJECTED = new Rejected(PASS, 7, TO_ADA, EIGHT, "spam", null);
  static final Handoff RETURNED = new Returned(PASS, 7, TO_ADA, EIGHT, "timing", null);
  static final Handoff CLOSED = new Closed(PASS, 7, TO_ADA, EIGHT, "won");

  static final Answer ACCEPT = new Accept();
  static final Answer REJECT = new Reject("spam", "a bot");
  static final Answer CALL = new Attempt("call", Result.NO_ANSWER);
  static final Answer TALK = new Attempt("call", Result.CONNECTED);
  static final Answer QUALIFY = new Qualify(FACTS);
  static final Answer GIVE_BACK = new GiveBack("timing", NINE);
  static final Answer TO_HER = new Reassign(ADA, "dach");
  static final Answer TO_ANOTHER = new Reassign(GRACE, "inside");
  static final Answer ASSIGN = new Assign(ADA, "dach", "her turn");
  static final Answer WON = new End(OutcomeResult.WON);

  @ParameterizedTest(name = "{0} of an {1} handoff: {2}")
  @MethodSource
  void a_step_that_is_not_possible_is_refused_with_the_state(
      Answer answer, Handoff handoff, String why) {
    var verdict = handoff.answered(answer, AT_NINE);

    assertThat(verdict).isEqualTo(new Refused(why, handoff.state()));
  }

  static Stream<Arguments> a_step_that_is_not_possible_is_refused_with_the_state() {
    return Stream.of(
            refused(UNASSIGNED, "nobody holds this handoff yet")
                .by(ACCEPT, REJECT, CALL, QUALIFY, GIVE_BACK),
            refused(OFFERED, "accept the lead before qualifying it").by(QUALIFY),
            refused(OFFERED, "a lead that was not accepted yet is rejected, not returned")
                .by(GIVE_BACK),
            refused(OFFERED, "a seller has this handoff already").by(ASSIGN),
            refused(OFFERED, "seller ada has this handoff already").by(TO_HER),
            refused(ACCEPTED, "the lead is accepted already").by(ACCEPT),
            refused(ACCEPTED, "an accepted lead is returned, not rejected").by(REJECT),
            refused(ACCEPTED, "a seller has this handoff already").by(ASSIGN),
            refused(ACCEPTED, "seller ada has this handoff already").by(TO_HER),
            refused(QUALIFIED, "the lead is qualified already").by(ACCEPT, QUALIFY),
            refused(QUALIFIED, "a qualified lead is returned, not rejected").by(REJECT),
            refused(QUALIFIED, "a seller has this handoff already").by(ASSIGN),
            refused(QUALIFIED, "seller ada has this handoff already").by(TO_HER),
            refused(REJECTED, "the seller rejected this lead: the handoff has ended")
                .by(EVERY_ANSWER),
            refused(RETURNED, "the seller returned this lead: the handoff has ended")
                .by(EVERY_ANSWER),
            refused(CLOSED, "the deal has ended, and the handoff with it").by(EVERY_ANSWER))
        .flatMap(refusals -> refusals);
  }

  @ParameterizedTest(name = "{1} makes of an {0} handoff an {2} one")
  @MethodSource
  void a_step_that_is_possible_moves_the_handoff_and_is_told(
      Handoff handoff, Answer answer, Handoff after, List<LeadHandoff> told) {
    var verdict = handoff.answered(answer, AT_NINE);

    assertThat(verdict).isEqualTo(new Moved(after, told));
  }

  static Stream<Arguments> a_step_that_is_possible_moves_the_handoff_and_is_told() {
    var offered = new Offered(PASS, 8, new Offer(ADA, "dach", NINE, "her turn"));
    var byHand = new Offered(PASS, 8, TO_GRACE);
    return Stream.of(
        moves(UNASSIGNED, ASSIGN, offered, fact(8, HandoffStep.OFFERED, null, null, "her turn")),
        moves(
            UNASSIGNED,
            TO_ANOTHER,
            byHand,
            graces(fact(8, HandoffStep.OFFERED, null, null, Handoff.BY_HAND))),
        moves(
            UNASSIGNED,
            WON,
            new Closed(PASS, 8, null, NINE, "won"),
            nobodys(fact(8, HandoffStep.CLOSED, "won", null, null))),
        moves(
            OFFERED,
            ACCEPT,
            new Accepted(PASS, 8, TO_ADA, NINE),
            fact(8, HandoffStep.ACCEPTED, null, null, null)),
        moves(
            OFFERED,
            REJECT,
            new Rejected(PASS, 8, TO_ADA, NINE, "spam", "a bot"),
            fact(8, HandoffStep.REJECTED, "spam", null, null)),
        moves(
            OFFERED,
            CALL,
            new Accepted(PASS, 9, TO_ADA, NINE),
            fact(8, HandoffStep.ACCEPTED, null, null, null),
            fact(9, HandoffStep.ATTEMPTED, null, "no-answer", null)),
        moves(
            OFFERED,
            TO_ANOTHER,
            byHand,
            graces(fact(8, HandoffStep.REASSIGNED, null, null, Handoff.BY_HAND))),
        moves(
            OFFERED,
            WON,
            new Closed(PASS, 8, TO_ADA, NINE, "won"),
            fact(8, HandoffStep.CLOSED, "won", null, null)),
        moves(
            ACCEPTED,
            TALK,
            new Accepted(PASS, 8, TO_ADA, EIGHT),
            fact(8, HandoffStep.CONNECTED, null, "connected", null)),
        moves(
            ACCEPTED,
            QUALIFY,
            new Qualified(PASS, 8, TO_ADA, NINE, FACTS),
            fact(8, HandoffStep.QUALIFIED, null, null, null)),
        moves(
            ACCEPTED,
            GIVE_BACK,
            new Returned(PASS, 8, TO_ADA, NINE, "timing", NINE),
            fact(8, HandoffStep.RETURNED, "timing", null, null)),
        moves(
            ACCEPTED,
            TO_ANOTHER,
            byHand,
            graces(fact(8, HandoffStep.REASSIGNED, null, null, Handoff.BY_HAND))),
        moves(
            ACCEPTED,
            WON,
            new Closed(PASS, 8, TO_ADA, NINE, "won"),
            fact(8, HandoffStep.CLOSED, "won", null, null)),
        moves(
            QUALIFIED,
            CALL,
            new Qualified(PASS, 8, TO_ADA, EIGHT, FACTS),
            fact(8, HandoffStep.ATTEMPTED, null, "no-answer", null)),
        moves(
            QUALIFIED,
            GIVE_BACK,
            new Returned(PASS, 8, TO_ADA, NINE, "timing", NINE),
            fact(8, HandoffStep.RETURNED, "timing", null, null)),
        moves(
            QUALIFIED,
            TO_ANOTHER,
            byHand,
            graces(fact(8, HandoffStep.REASSIGNED, null, null, Handoff.BY_HAND))),
        moves(
            QUALIFIED,
            WON,
            new Closed(PASS, 8, TO_ADA, NINE, "won"),
            fact(8, HandoffStep.CLOSED, "won", null, null)));
  }

  @Test
  void a_pass_begins_with_an_offer_to_the_seller_whose_turn_it_is() {
    var opened = Handoff.opened(PASS, new Turn(ADA, "dach", "her turn"), AT_NINE);

    assertThat(opened)
        .isEqualTo(
            new Moved(
                new Offered(PASS, 1, new Offer(ADA, "dach", NINE, "her turn")),
                List.of(fact(1, HandoffStep.OFFERED, null, null, "her turn"))));
  }

  @Test
  void a_pass_that_nobody_can_take_waits_and_says_why() {
    var opened = Handoff.opened(PASS, new Nobody("nobody"), AT_NINE);

    assertThat(opened)
        .isEqualTo(
            new Moved(
                new Unassigned(PASS, 1, "nobody", NINE),
                List.of(nobodys(fact(1, HandoffStep.OFFERED, null, null, "nobody")))));
  }

  private static final Answer[] EVERY_ANSWER = {
    ACCEPT, REJECT, CALL, TALK, QUALIFY, GIVE_BACK, TO_ANOTHER, ASSIGN, WON
  };

  private record Refusal(Handoff handoff, String why) {
    Stream<Arguments> by(Answer... answers) {
      return Stream.of(answers).map(answer -> Arguments.of(answer, handoff, why));
    }
  }

  private static Refusal refused(Handoff handoff, String why) {
    return new Refusal(handoff, why);
  }

  private static Arguments moves(
      Handoff handoff, Answer answer, Handoff after, LeadHandoff... told) {
    return Arguments.of(handoff, answer, after, List.of(told));
  }

  private static LeadHandoff fact(
      long revision,
      HandoffStep step,
      @Nullable String reason,
      @Nullable String result,
      @Nullable String routing) {
    return Stepped.of(PASS.leadId(), PASS.handoffId(), PASS.passId())
        .revision(revision)
        .with(ADA, "dach")
        .because(reason)
        .by(result == null ? null : "call", result)
        .routed(routing)
        .to(step, NINE);
  }

  private static LeadHandoff graces(LeadHandoff fact) {
    return with(fact, GRACE, "inside");
  }

  private static LeadHandoff nobodys(LeadHandoff fact) {
    return with(fact, null, null);
  }

  private static LeadHandoff with(
      LeadHandoff fact, @Nullable String sellerId, @Nullable String team) {
    return new LeadHandoff(
        fact.leadId(),
        fact.occurredAt(),
        fact.charterVersion(),
        fact.handoffId(),
        fact.passId(),
        fact.revision(),
        fact.step(),
        sellerId,
        team,
        fact.reason(),
        fact.channel(),
        fact.result(),
        fact.clocks(),
        fact.routing());
  }

  private static UUID id(long number) {
    return new UUID(0, number);
  }
}
