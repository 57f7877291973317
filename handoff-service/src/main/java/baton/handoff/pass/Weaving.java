package baton.handoff.pass;

import baton.contracts.HandoffStep;
import baton.contracts.LeadHandoff;
import baton.contracts.SellerStep;
import baton.handoff.pass.Answer.Accept;
import baton.handoff.pass.Answer.Attempt;
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
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A handoff as its own steps and its CRM's make it together. The CRM's are a set: whenever one is
 * heard, the whole story is told anew, its own steps in the order they were taken and the CRM's
 * between them by (occurredAt, externalId). What was taken here stands; a CRM step that is not
 * possible where it belongs is told as refused. Only what is said of a step for the first time, or
 * otherwise than before, is told.
 */
public final class Weaving {
  /**
   * A step as the CRM tells it.
   *
   * @param name the CRM's own id, by which steps of one instant are ordered
   * @param team the seller's, where he is known
   * @param taken what was said of it last: whether it was possible; null: nothing yet
   */
  public record Reported(
      UUID stepId,
      Instant at,
      String name,
      SellerStep step,
      @Nullable String channel,
      @Nullable String sellerId,
      @Nullable String team,
      @Nullable String reason,
      @Nullable Boolean taken) {
    private static final Comparator<Reported> IN_ORDER =
        Comparator.comparing(Reported::at)
            .thenComparing(Reported::name)
            .thenComparing(each -> each.stepId().toString());

    /** The same, of which nothing was said yet. */
    public Reported unsaid() {
      return new Reported(stepId, at, name, step, channel, sellerId, team, reason, null);
    }
  }

  /**
   * What came of it.
   *
   * @param moved the handoff as it stands now, and what is to be told; none where nothing is
   * @param origins the CRM's steps from which told ones come
   * @param taken which of the CRM's steps were possible
   */
  public record Woven(
      @Nullable Moved moved, Map<LeadHandoff, UUID> origins, Map<UUID, Boolean> taken) {}

  private final Handoff now;
  private final boolean observes;
  private final Function<Instant, Moment> moments;

  private record Told(UUID stepId, LeadHandoff step) {}

  private final List<Told> refused = new ArrayList<>();
  private final List<Told> told = new ArrayList<>();
  private final Map<UUID, Boolean> taken = new LinkedHashMap<>();
  private Handoff standing;

  private Weaving(Handoff now, boolean observes, Function<Instant, Moment> moments) {
    this.now = now;
    this.observes = observes;
    this.moments = moments;
    this.standing = new Unassigned(now.pass(), 0, "", now.pass().qualifiedAt());
  }

  /**
   * @param own the steps that come from no CRM, in their order
   * @param reported those of the CRM that belong to this handoff
   * @param gone those that did, and belong to another one now
   * @param observes the CRM says who holds it
   */
  public static Woven of(
      Handoff now,
      List<LeadHandoff> own,
      Collection<Reported> reported,
      Collection<Reported> gone,
      boolean observes,
      Function<Instant, Moment> moments) {
    var weaving = new Weaving(now, observes, moments);
    weaving.weave(own, reported.stream().sorted(Reported.IN_ORDER).toList());
    gone.stream().filter(each -> isTrue(each.taken())).forEach(weaving::refuse);
    return weaving.woven();
  }

  private void weave(List<LeadHandoff> own, List<Reported> reported) {
    int next = 0;
    var at = Instant.MIN;
    for (int i = 0; i < own.size(); i++) {
      var step = own.get(i);
      if (!opens(step, i) && step.occurredAt().isAfter(at)) {
        at = step.occurredAt();
      }
      for (; next < reported.size() && reported.get(next).at().isBefore(at); next++) {
        take(reported.get(next), own.subList(i, own.size()));
      }
      standing = after(step);
    }
    for (; next < reported.size(); next++) {
      take(reported.get(next), List.of());
    }
  }

  /** What sellers did before they were offered a lead here, they did to what is offered. */
  private static boolean opens(LeadHandoff step, int index) {
    return index == 0 && step.step() != HandoffStep.CLOSED;
  }

  private void take(Reported reported, List<LeadHandoff> later) {
    var steps = new ArrayList<LeadHandoff>();
    var before = standing;
    var moment = moments.apply(reported.at());
    var seller = reported.sellerId();
    if (seller != null && reported.step() != SellerStep.REASSIGNED && isToBeHis(seller)) {
      answered(new Reassign(seller, reported.team()), moment, steps);
    }
    var answer = answer(reported);
    var ends = answer instanceof Reject || answer instanceof GiveBack;
    if (answer == null
        || (ends && later.stream().anyMatch(Weaving::movesOn))
        || !answered(answer, moment, steps)) {
      standing = before;
      taken.put(reported.stepId(), false);
      if (!Boolean.FALSE.equals(reported.taken())) {
        refuse(reported);
      }
      return;
    }
    taken.put(reported.stepId(), true);
    if (!isTrue(reported.taken())) {
      steps.forEach(step -> told.add(new Told(reported.stepId(), step)));
    }
  }

  /** Who works on what nobody holds holds it, and so does whom an observed CRM names. */
  private boolean isToBeHis(String seller) {
    var offer = standing.offer();
    return offer == null || observes && !offer.sellerId().equals(seller);
  }

  /** A step taken here after it shows that it wasn't the end. */
  private static boolean movesOn(LeadHandoff step) {
    return switch (step.step()) {
      case ATTEMPTED, CONNECTED, CLOSED, REFUSED -> false;
      case OFFERED, ACCEPTED, DEEMED_ACCEPTED, QUALIFIED, REJECTED, RETURNED, REASSIGNED -> true;
    };
  }

  private boolean answered(Answer answer, Moment moment, List<LeadHandoff> steps) {
    if (standing.answered(answer, moment) instanceof Moved(var handoff, var facts)) {
      standing = handoff;
      steps.addAll(facts);
      return true;
    }
    return false;
  }

  private static @Nullable Answer answer(Reported reported) {
    return switch (reported.step()) {
      case ATTEMPTED -> new Attempt(reported.channel(), Result.NO_ANSWER);
      case CONNECTED -> new Attempt(reported.channel(), Result.CONNECTED);
      case ACCEPTED -> new Accept();
      case QUALIFIED -> new Qualify(Map.of());
      case RETURNED -> new GiveBack(reported.reason(), null);
      case REJECTED -> new Reject(reported.reason(), null);
      case REASSIGNED ->
          reported.sellerId() == null ? null : new Reassign(reported.sellerId(), reported.team());
    };
  }

  private void refuse(Reported reported) {
    var moment = moments.apply(reported.at());
    var pass = now.pass();
    var offer = now.offer();
    refused.add(
        new Told(
            reported.stepId(),
            new LeadHandoff(
                pass.leadId(),
                moment.at(),
                moment.charterVersion(),
                pass.handoffId(),
                pass.passId(),
                0,
                HandoffStep.REFUSED,
                offer == null ? null : offer.sellerId(),
                offer == null ? null : offer.team(),
                reported.reason(),
                reported.channel(),
                reported.step().word(),
                List.of(),
                null)));
  }

  /** The handoff after a step that was taken here, whatever the CRM says came before it. */
  private Handoff after(LeadHandoff step) {
    var pass = now.pass();
    var at = step.occurredAt();
    var held = standing.offer();
    var offer =
        held == null && step.sellerId() != null
            ? new Offer(step.sellerId(), step.team(), at, "")
            : held;
    return switch (step.step()) {
      case OFFERED, REASSIGNED -> {
        var routing = step.routing() == null ? "" : step.routing();
        yield step.sellerId() == null
            ? new Unassigned(pass, 0, routing, at)
            : new Offered(pass, 0, new Offer(step.sellerId(), step.team(), at, routing));
      }
      case ACCEPTED, DEEMED_ACCEPTED -> new Accepted(pass, 0, Objects.requireNonNull(offer), at);
      case QUALIFIED ->
          new Qualified(
              pass,
              0,
              Objects.requireNonNull(offer),
              at,
              now instanceof Qualified qualified ? qualified.facts() : Map.of());
      case REJECTED ->
          new Rejected(
              pass,
              0,
              Objects.requireNonNull(offer),
              at,
              step.reason(),
              now instanceof Rejected rejected ? rejected.note() : null);
      case RETURNED ->
          new Returned(
              pass,
              0,
              Objects.requireNonNull(offer),
              at,
              step.reason(),
              now instanceof Returned returned ? returned.until() : null);
      case CLOSED -> new Closed(pass, 0, offer, at, String.valueOf(step.reason()));
      case ATTEMPTED, CONNECTED, REFUSED -> standing;
    };
  }

  /** Numbered in the order it is told: what ends a handoff ends what is told. */
  private Woven woven() {
    var steps = new ArrayList<LeadHandoff>();
    var from = new LinkedHashMap<LeadHandoff, UUID>();
    Stream.concat(refused.stream(), told.stream())
        .forEach(
            each -> {
              var numbered = each.step().with(now.revision() + steps.size() + 1, List.of());
              steps.add(numbered);
              from.put(numbered, each.stepId());
            });
    return new Woven(
        steps.isEmpty() ? null : new Moved(numbered(standing, steps.getLast().revision()), steps),
        from,
        taken);
  }

  private static Handoff numbered(Handoff handoff, long revision) {
    return switch (handoff) {
      case Unassigned(var pass, _, var routing, var since) ->
          new Unassigned(pass, revision, routing, since);
      case Offered(var pass, _, var offer) -> new Offered(pass, revision, offer);
      case Accepted(var pass, _, var offer, var since) ->
          new Accepted(pass, revision, offer, since);
      case Qualified(var pass, _, var offer, var since, var facts) ->
          new Qualified(pass, revision, offer, since, facts);
      case Rejected(var pass, _, var offer, var since, var reason, var note) ->
          new Rejected(pass, revision, offer, since, reason, note);
      case Returned(var pass, _, var offer, var since, var reason, var until) ->
          new Returned(pass, revision, offer, since, reason, until);
      case Closed(var pass, _, var offer, var since, var reason) ->
          new Closed(pass, revision, offer, since, reason);
    };
  }

  private static boolean isTrue(@Nullable Boolean said) {
    return Boolean.TRUE.equals(said);
  }
}
