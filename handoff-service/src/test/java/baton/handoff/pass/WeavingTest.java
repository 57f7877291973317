package baton.handoff.pass;

import static baton.contracts.HandoffStep.ACCEPTED;
import static baton.contracts.HandoffStep.ATTEMPTED;
import static baton.contracts.HandoffStep.CLOSED;
import static baton.contracts.HandoffStep.CONNECTED;
import static baton.contracts.HandoffStep.OFFERED;
import static baton.contracts.HandoffStep.QUALIFIED;
import static baton.contracts.HandoffStep.REASSIGNED;
import static baton.contracts.HandoffStep.REFUSED;
import static baton.contracts.HandoffStep.REJECTED;
import static baton.contracts.HandoffStep.RETURNED;
import static java.util.stream.Collectors.toMap;
import static org.assertj.core.api.Assertions.assertThat;

import baton.contracts.HandoffStep;
import baton.contracts.LeadHandoff;
import baton.contracts.SellerStep;
import baton.handoff.pass.Weaving.Reported;
import baton.handoff.routing.Dealt;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class WeavingTest {
  static final Instant NINE = Instant.parse("2026-11-20T09:00:00Z");
  static final Pass PASS = new Pass(new UUID(0, 1), new UUID(0, 2), new UUID(0, 3), NINE, 0);

  /** A handoff, what was taken here and what its CRM told so far. */
  static final class Story {
    private final List<LeadHandoff> own = new ArrayList<>();
    private final Map<UUID, Reported> heard = new HashMap<>();
    private final List<LeadHandoff> told = new ArrayList<>();
    private final boolean observes;
    Handoff now;

    Story(boolean observes, Dealt dealt) {
      this.observes = observes;
      var opened = Handoff.opened(PASS, dealt, moment(NINE));
      now = opened.handoff();
      own.addAll(opened.steps());
    }

    static Story offeredToAda() {
      return new Story(false, new Dealt.Turn("ada", "dach", "her turn"));
    }

    void here(Answer answer, int hour) {
      var moved = (Verdict.Moved) now.answered(answer, moment(at(hour)));
      now = moved.handoff();
      own.addAll(moved.steps());
      told.addAll(moved.steps());
    }

    List<HandoffStep> hears(Reported... steps) {
      Stream.of(steps).forEach(step -> heard.put(step.stepId(), step));
      var woven = Weaving.of(now, own, heard.values(), List.of(), observes, WeavingTest::moment);
      woven.taken().forEach((id, taken) -> heard.computeIfPresent(id, (_, r) -> said(r, taken)));
      if (woven.moved() == null) {
        return List.of();
      }
      now = woven.moved().handoff();
      told.addAll(woven.moved().steps());
      assertThat(woven.origins()).containsOnlyKeys(woven.moved().steps());
      return woven.moved().steps().stream().map(LeadHandoff::step).toList();
    }
  }

  @Test
  void an_attempt_on_an_offered_handoff_accepts_it() {
    var story = Story.offeredToAda();

    var told = story.hears(step(1, SellerStep.CONNECTED, 10));

    assertThat(told).containsExactly(ACCEPTED, CONNECTED);
    assertThat(story.now.state()).isEqualTo(State.ACCEPTED);
    assertThat(story.told)
        .extracting(LeadHandoff::revision, LeadHandoff::occurredAt, LeadHandoff::sellerId)
        .containsExactly(
            org.assertj.core.groups.Tuple.tuple(2L, at(10), "ada"),
            org.assertj.core.groups.Tuple.tuple(3L, at(10), "ada"));
  }

  @Test
  void what_came_too_early_is_refused_and_taken_once_its_place_is_there() {
    var story = Story.offeredToAda();

    var early = story.hears(step(2, SellerStep.QUALIFIED, 11));
    var again = story.hears(said(step(2, SellerStep.QUALIFIED, 11), false));
    var late = story.hears(step(1, SellerStep.ACCEPTED, 10));

    assertThat(early).containsExactly(REFUSED);
    assertThat(again).isEmpty();
    assertThat(late).containsExactly(ACCEPTED, QUALIFIED);
    assertThat(story.now.state()).isEqualTo(State.QUALIFIED);
  }

  static Stream<Arguments> orders() {
    var steps =
        List.of(
            step(1, SellerStep.ACCEPTED, 10),
            step(2, SellerStep.ATTEMPTED, 11),
            step(3, SellerStep.QUALIFIED, 12),
            step(4, SellerStep.RETURNED, 13));
    return permutations(steps).stream().map(order -> Arguments.of(order));
  }

  @ParameterizedTest
  @MethodSource("orders")
  void a_handoff_ends_up_the_same_in_whichever_order_its_steps_are_heard(List<Reported> order) {
    var story = Story.offeredToAda();

    order.forEach(story::hears);

    assertThat(story.now.state()).isEqualTo(State.RETURNED);
    assertThat(story.now.since()).isEqualTo(at(13));
    assertThat(
            story.told.stream()
                .filter(step -> step.step() != REFUSED)
                .collect(
                    toMap(
                        LeadHandoff::step,
                        LeadHandoff::occurredAt,
                        (one, other) -> one.isBefore(other) ? one : other)))
        .isEqualTo(
            Map.of(ACCEPTED, at(10), ATTEMPTED, at(11), QUALIFIED, at(12), RETURNED, at(13)));
    assertThat(story.told)
        .extracting(LeadHandoff::revision)
        .doesNotHaveDuplicates()
        .isSortedAccordingTo(Comparator.naturalOrder());
  }

  @Test
  void steps_of_one_instant_stand_in_the_order_of_their_names() {
    var story = Story.offeredToAda();

    var told = story.hears(step(2, SellerStep.QUALIFIED, 10), step(1, SellerStep.ACCEPTED, 10));

    assertThat(told).containsExactly(ACCEPTED, QUALIFIED);
  }

  @Test
  void what_was_taken_here_stands() {
    var story = Story.offeredToAda();
    story.here(new Answer.Accept(), 12);

    var told = story.hears(step(1, SellerStep.REJECTED, 10), step(2, SellerStep.RETURNED, 13));

    assertThat(told).containsExactly(REFUSED, RETURNED);
    assertThat(story.now.state()).isEqualTo(State.RETURNED);
  }

  @Test
  void after_the_end_nothing_is_possible() {
    var story = Story.offeredToAda();
    story.here(new Answer.End(baton.contracts.OutcomeResult.WON), 12);

    var told = story.hears(step(1, SellerStep.ACCEPTED, 11), step(2, SellerStep.CONNECTED, 13));

    assertThat(told).containsExactly(REFUSED, ACCEPTED);
    assertThat(story.now.state()).isEqualTo(State.CLOSED);
    assertThat(story.told).extracting(LeadHandoff::step).contains(CLOSED);
  }

  @Test
  void who_works_on_what_nobody_holds_holds_it() {
    var story = new Story(false, new Dealt.Nobody("nobody is there"));

    var nobody = story.hears(step(1, SellerStep.ATTEMPTED, 10));
    var grace = story.hears(by("grace", step(2, SellerStep.ATTEMPTED, 11)));

    assertThat(nobody).containsExactly(REFUSED);
    assertThat(grace).containsExactly(OFFERED, ACCEPTED, ATTEMPTED);
    assertThat(story.told.getLast().sellerId()).isEqualTo("grace");
  }

  @Test
  void an_observed_crm_says_who_holds_a_lead_and_an_assigning_one_does_not() {
    var observed = new Story(true, new Dealt.Turn("ada", "dach", "her turn"));
    var assigned = Story.offeredToAda();

    var passedOn = observed.hears(by("grace", step(1, SellerStep.ACCEPTED, 10)));
    var hers = assigned.hears(by("grace", step(1, SellerStep.ACCEPTED, 10)));

    assertThat(passedOn).containsExactly(REASSIGNED, ACCEPTED);
    assertThat(observed.told.getLast().sellerId()).isEqualTo("grace");
    assertThat(hers).containsExactly(ACCEPTED);
    assertThat(assigned.told.getLast().sellerId()).isEqualTo("ada");
  }

  @Test
  void a_step_that_another_pass_takes_over_is_refused_here() {
    var story = Story.offeredToAda();
    story.hears(step(1, SellerStep.REJECTED, 10));
    assertThat(story.told).extracting(LeadHandoff::step).contains(REJECTED);

    var woven =
        Weaving.of(
            story.now,
            story.own,
            List.of(),
            List.of(said(step(1, SellerStep.REJECTED, 10), true)),
            false,
            WeavingTest::moment);

    assertThat(woven.moved())
        .isNotNull()
        .satisfies(
            moved -> {
              assertThat(moved.handoff().state()).isEqualTo(State.OFFERED);
              assertThat(moved.steps()).extracting(LeadHandoff::step).containsExactly(REFUSED);
            });
  }

  private static Reported step(int number, SellerStep step, int hour) {
    return reported(number, at(hour), step, null, null);
  }

  private static Reported by(String seller, Reported step) {
    return reported(
        (int) step.stepId().getLeastSignificantBits(), step.at(), step.step(), seller, null);
  }

  private static Reported said(Reported step, boolean taken) {
    return reported(
        (int) step.stepId().getLeastSignificantBits(),
        step.at(),
        step.step(),
        step.sellerId(),
        taken);
  }

  private static Reported reported(
      int number, Instant at, SellerStep step, @Nullable String seller, @Nullable Boolean taken) {
    return new Reported(
        new UUID(0, number),
        at,
        "activity-" + number,
        step,
        "call",
        seller,
        null,
        step == SellerStep.RETURNED ? "timing" : null,
        taken);
  }

  private static Instant at(int hour) {
    return NINE.plusSeconds((hour - 9) * 3600L);
  }

  private static Moment moment(Instant at) {
    return new Moment(at, 0);
  }

  private static <T> List<List<T>> permutations(List<T> of) {
    if (of.isEmpty()) {
      return List.of(List.of());
    }
    var all = new ArrayList<List<T>>();
    for (var first : of) {
      var rest = new ArrayList<>(of);
      rest.remove(first);
      permutations(rest)
          .forEach(tail -> all.add(Stream.concat(Stream.of(first), tail.stream()).toList()));
    }
    return all;
  }
}
