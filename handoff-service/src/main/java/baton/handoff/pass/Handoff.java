package baton.handoff.pass;

import baton.contracts.HandoffStep;
import baton.contracts.LeadHandoff;
import baton.handoff.pass.Answer.Accept;
import baton.handoff.pass.Answer.Assign;
import baton.handoff.pass.Answer.Attempt;
import baton.handoff.pass.Answer.End;
import baton.handoff.pass.Answer.GiveBack;
import baton.handoff.pass.Answer.PassOn;
import baton.handoff.pass.Answer.Qualify;
import baton.handoff.pass.Answer.Reassign;
import baton.handoff.pass.Answer.Reject;
import baton.handoff.pass.Answer.Silence;
import baton.handoff.pass.Verdict.Moved;
import baton.handoff.pass.Verdict.Refused;
import baton.handoff.routing.Dealt;
import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * An MQL on its way through one seller's hands.
 *
 * <pre>
 * unassigned ──▶ offered ──▶ accepted ──▶ qualified
 *                   │  ▲         │  │         │ │
 *                   │  └─reassign┴──│─────────┘ │
 *                   ▼               └▶ returned ◀┘
 *                rejected        any of the first four ──▶ closed
 * </pre>
 */
public sealed interface Handoff {
  String BY_HAND = "given by hand";

  Pass pass();

  /** How many steps were taken; every step published carries its number. */
  long revision();

  /** To whom it is or was offered; null while it waits for a seller, or if it never had one. */
  @Nullable Offer offer();

  State state();

  /** When it came into this state. */
  Instant since();

  /** Why it was offered to its seller, or why it waits. */
  default @Nullable String routing() {
    var offer = offer();
    return offer == null ? null : offer.routing();
  }

  /**
   * Whether it is there as far as this seller can tell; null is somebody who sees every seller's.
   */
  default boolean isShownTo(@Nullable String sellerId) {
    var offer = offer();
    return sellerId == null || (offer != null && sellerId.equals(offer.sellerId()));
  }

  /** Why it ended, in a word of the vocabulary or of outcomes; null while it is open. */
  default @Nullable String reason() {
    return null;
  }

  /** Nobody was eligible; it waits for the first who is. */
  record Unassigned(Pass pass, long revision, String routing, Instant since) implements Handoff {
    @Override
    public @Nullable Offer offer() {
      return null;
    }

    @Override
    public State state() {
      return State.UNASSIGNED;
    }
  }

  record Offered(Pass pass, long revision, Offer offer) implements Handoff {
    @Override
    public Instant since() {
      return offer.at();
    }

    @Override
    public State state() {
      return State.OFFERED;
    }
  }

  /** An SAL. */
  record Accepted(Pass pass, long revision, Offer offer, Instant since) implements Handoff {
    @Override
    public State state() {
      return State.ACCEPTED;
    }
  }

  /** An SQL; {@code facts} is what the seller learned. */
  record Qualified(
      Pass pass, long revision, Offer offer, Instant since, Map<String, JsonNode> facts)
      implements Handoff {
    @Override
    public State state() {
      return State.QUALIFIED;
    }
  }

  record Rejected(
      Pass pass,
      long revision,
      Offer offer,
      Instant since,
      @Nullable String reason,
      @Nullable String note)
      implements Handoff {
    @Override
    public State state() {
      return State.REJECTED;
    }
  }

  record Returned(
      Pass pass,
      long revision,
      Offer offer,
      Instant since,
      @Nullable String reason,
      @Nullable Instant until)
      implements Handoff {
    @Override
    public State state() {
      return State.RETURNED;
    }
  }

  /** Its deal was won, lost or disqualified. */
  record Closed(Pass pass, long revision, @Nullable Offer offer, Instant since, String reason)
      implements Handoff {
    @Override
    public State state() {
      return State.CLOSED;
    }
  }

  /** A pass begins: with an offer to the seller whose turn it is, else in the queue. */
  static Moved opened(Pass pass, Dealt dealt, Moment now) {
    return switch (dealt) {
      case Dealt.Turn(var seller, var team, var why) -> offered(pass, 1, seller, team, why, now);
      case Dealt.Nobody(var why) -> {
        var waiting = new Unassigned(pass, 1, why, now.at());
        yield new Moved(waiting, List.of(told(waiting, HandoffStep.OFFERED, now, why)));
      }
    };
  }

  /** A pass whose deal ended before anybody could be offered it. */
  static Moved endedBefore(Pass pass, End end, Moment at) {
    return closed(pass, 1, null, end, at);
  }

  /**
   * What an answer makes of this handoff. A new answer doesn't compile until every state replies.
   */
  default Verdict answered(Answer answer, Moment at) {
    record Case(Handoff handoff, Answer answer) {}
    var next = revision() + 1;
    return switch (new Case(this, answer)) {
      case Case(Unassigned(var pass, _, _, _), Assign(var seller, var team, var why)) ->
          offered(pass, next, seller, team, why, at);
      case Case(Unassigned(var pass, _, _, _), Reassign(var seller, var team)) ->
          offered(pass, next, seller, team, BY_HAND, at);
      case Case(Unassigned(var pass, _, _, _), End end) -> closed(pass, next, null, end, at);
      case Case(Unassigned _, Accept _) -> refused("nobody holds this handoff yet");
      case Case(Unassigned _, Reject _) -> refused("nobody holds this handoff yet");
      case Case(Unassigned _, Attempt _) -> refused("nobody holds this handoff yet");
      case Case(Unassigned _, Qualify _) -> refused("nobody holds this handoff yet");
      case Case(Unassigned _, GiveBack _) -> refused("nobody holds this handoff yet");

      case Case(Offered(var pass, _, var offer), Accept _) ->
          accepted(new Accepted(pass, next, offer, at.at()), at);
      case Case(Offered(var pass, _, var offer), Reject(var reason, var note)) -> {
        var rejected = new Rejected(pass, next, offer, at.at(), reason, note);
        yield new Moved(rejected, List.of(ended(rejected, HandoffStep.REJECTED, at, reason)));
      }
      case Case(Offered(var pass, _, var offer), Attempt attempt) -> {
        var taken = accepted(new Accepted(pass, next, offer, at.at()), at);
        var tried = new Accepted(pass, next + 1, offer, at.at());
        yield new Moved(tried, List.of(taken.steps().getFirst(), attempted(tried, attempt, at)));
      }
      case Case(Offered _, Qualify _) -> refused("accept the lead before qualifying it");
      case Case(Offered _, GiveBack _) ->
          refused("a lead that was not accepted yet is rejected, not returned");
      case Case(Offered(var pass, _, var offer), Reassign to) ->
          reassigned(pass, next, offer, to, at);

      case Case(Offered(var pass, _, var offer), Silence _) -> {
        var deemed = new Accepted(pass, next, offer, at.at());
        yield new Moved(deemed, List.of(told(deemed, HandoffStep.DEEMED_ACCEPTED, at, null)));
      }
      case Case(Offered(var pass, _, var offer), PassOn(var seller, var team, var why)) ->
          reassigned(pass, next, offer, seller, team, why, at);
      case Case(Accepted(var pass, _, var offer, _), PassOn(var seller, var team, var why)) ->
          reassigned(pass, next, offer, seller, team, why, at);
      case Case(Unassigned _, PassOn _) -> refused("nobody holds this handoff yet");
      case Case(Qualified _, PassOn _) -> refused("the lead is qualified already");
      case Case(Unassigned _, Silence _) -> refused("nobody holds this handoff yet");
      case Case(Accepted _, Silence _) -> refused("the lead is accepted already");
      case Case(Qualified _, Silence _) -> refused("the lead is qualified already");

      case Case(Accepted _, Accept _) -> refused("the lead is accepted already");
      case Case(Accepted _, Reject _) -> refused("an accepted lead is returned, not rejected");
      case Case(Accepted(var pass, _, var offer, var since), Attempt attempt) -> {
        var tried = new Accepted(pass, next, offer, since);
        yield new Moved(tried, List.of(attempted(tried, attempt, at)));
      }
      case Case(Accepted(var pass, _, var offer, _), Qualify(var facts)) -> {
        var qualified = new Qualified(pass, next, offer, at.at(), facts);
        yield new Moved(qualified, List.of(told(qualified, HandoffStep.QUALIFIED, at, null)));
      }
      case Case(Accepted(var pass, _, var offer, _), GiveBack back) ->
          returned(pass, next, offer, back, at);
      case Case(Accepted(var pass, _, var offer, _), Reassign to) ->
          reassigned(pass, next, offer, to, at);

      case Case(Qualified _, Accept _) -> refused("the lead is qualified already");
      case Case(Qualified _, Reject _) -> refused("a qualified lead is returned, not rejected");
      case Case(Qualified _, Qualify _) -> refused("the lead is qualified already");
      case Case(Qualified(var pass, _, var offer, var since, var facts), Attempt attempt) -> {
        var tried = new Qualified(pass, next, offer, since, facts);
        yield new Moved(tried, List.of(attempted(tried, attempt, at)));
      }
      case Case(Qualified(var pass, _, var offer, _, _), GiveBack back) ->
          returned(pass, next, offer, back, at);
      case Case(Qualified(var pass, _, var offer, _, _), Reassign to) ->
          reassigned(pass, next, offer, to, at);

      case Case(Offered(var pass, _, var offer), End end) -> closed(pass, next, offer, end, at);
      case Case(Accepted(var pass, _, var offer, _), End end) -> closed(pass, next, offer, end, at);
      case Case(Qualified(var pass, _, var offer, _, _), End end) ->
          closed(pass, next, offer, end, at);

      case Case(Offered _, Assign _) -> refused("a seller has this handoff already");
      case Case(Accepted _, Assign _) -> refused("a seller has this handoff already");
      case Case(Qualified _, Assign _) -> refused("a seller has this handoff already");
      case Case(Rejected _, _) -> refused("the seller rejected this lead: the handoff has ended");
      case Case(Returned _, _) -> refused("the seller returned this lead: the handoff has ended");
      case Case(Closed _, _) -> refused("the deal has ended, and the handoff with it");
    };
  }

  private Refused refused(String why) {
    return new Refused(why, state());
  }

  private static Moved offered(
      Pass pass, long revision, String seller, @Nullable String team, String why, Moment at) {
    var offered = new Offered(pass, revision, new Offer(seller, team, at.at(), why));
    return new Moved(offered, List.of(told(offered, HandoffStep.OFFERED, at, why)));
  }

  private static Moved accepted(Accepted accepted, Moment at) {
    return new Moved(accepted, List.of(told(accepted, HandoffStep.ACCEPTED, at, null)));
  }

  private static Moved returned(Pass pass, long revision, Offer offer, GiveBack back, Moment at) {
    var returned = new Returned(pass, revision, offer, at.at(), back.reason(), back.until());
    return new Moved(returned, List.of(ended(returned, HandoffStep.RETURNED, at, back.reason())));
  }

  private Verdict reassigned(Pass pass, long revision, Offer from, Reassign to, Moment at) {
    return reassigned(pass, revision, from, to.sellerId(), to.team(), BY_HAND, at);
  }

  private Verdict reassigned(
      Pass pass,
      long revision,
      Offer from,
      String seller,
      @Nullable String team,
      String why,
      Moment at) {
    if (from.sellerId().equals(seller)) {
      return refused("seller " + seller + " has this handoff already");
    }
    var offered = new Offered(pass, revision, new Offer(seller, team, at.at(), why));
    return new Moved(offered, List.of(told(offered, HandoffStep.REASSIGNED, at, why)));
  }

  /**
   * A deal may be won by another seller than the one who was offered the lead; the fact names him.
   */
  private static Moved closed(Pass pass, long revision, @Nullable Offer offer, End end, Moment at) {
    var closed = new Closed(pass, revision, offer, at.at(), end.outcome().word());
    return new Moved(closed, List.of(ended(closed, HandoffStep.CLOSED, at, closed.reason())));
  }

  private static LeadHandoff attempted(Handoff handoff, Attempt attempt, Moment at) {
    var step = attempt.result() == Result.CONNECTED ? HandoffStep.CONNECTED : HandoffStep.ATTEMPTED;
    return fact(handoff, step, at, null, attempt, null);
  }

  private static LeadHandoff told(
      Handoff handoff, HandoffStep step, Moment at, @Nullable String routing) {
    return fact(handoff, step, at, null, null, routing);
  }

  private static LeadHandoff ended(
      Handoff handoff, HandoffStep step, Moment at, @Nullable String reason) {
    return fact(handoff, step, at, reason, null, null);
  }

  private static LeadHandoff fact(
      Handoff handoff,
      HandoffStep step,
      Moment at,
      @Nullable String reason,
      @Nullable Attempt attempt,
      @Nullable String routing) {
    var pass = handoff.pass();
    var offer = handoff.offer();
    return new LeadHandoff(
        pass.leadId(),
        at.at(),
        at.charterVersion(),
        pass.handoffId(),
        pass.passId(),
        handoff.revision(),
        step,
        offer == null ? null : offer.sellerId(),
        offer == null ? null : offer.team(),
        reason,
        attempt == null ? null : attempt.channel(),
        attempt == null ? null : attempt.result().word(),
        List.of(),
        routing);
  }
}
