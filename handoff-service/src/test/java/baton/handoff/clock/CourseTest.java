package baton.handoff.clock;

import static org.assertj.core.api.Assertions.assertThat;

import baton.charter.Agreement;
import baton.charter.Form;
import baton.charter.Read;
import baton.charter.clause.Clock;
import baton.charter.clause.Deed;
import baton.charter.clause.Moves;
import baton.charter.clause.Verdict;
import baton.charter.expression.Facts;
import baton.charter.time.Calendar;
import baton.contracts.ClockChange;
import baton.contracts.ClockStep;
import baton.contracts.HandoffStep;
import baton.contracts.LeadHandoff;
import baton.contracts.LeadQualified;
import baton.contracts.TouchSeen;
import baton.infrastructure.telling.Qualified;
import baton.infrastructure.telling.Stepped;
import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class CourseTest {
  static final Instant NINE = Instant.parse("2026-11-23T09:00:00Z");
  static final UUID HANDOFF = new UUID(1, 1);

  static final Agreement CHARTER =
      charter(
          """
          name: By the hour
          calendars:
            default: { zone: UTC, week: { mon: ["00:00-24:00"], tue: ["00:00-24:00"] } }
          personas: [ { id: all, name: All, when: 'true', ready: { score: 1 } } ]
          sales:
            - { id: assign, owes: assignment, within: PT1H }
            - { id: decide, owes: decision, within: PT4H, warnAt: 0.75, silence: deemed-accepted }
            - { id: hand-raiser, owes: first-attempt, within: PT1H, when: 'touches.exists(t, t.kind == "demo-request")', relax: { ifDailyMqlsOver: 40, to: PT3H } }
            - { id: persistence, owes: attempts, atLeast: 2, within: PT6H, unless: connected, counts: [call] }
            - { id: disposition, owes: disposition, within: PT8H }
            - { id: feedback, owes: feedback, within: PT2H }
          """);

  private final List<LeadHandoff> steps = new ArrayList<>();
  private final List<Deed> told = new ArrayList<>();
  private int mqls;

  @Test
  void an_offer_starts_what_the_seller_owes_and_leaves_the_rest_waiting() {
    var promises = offered("demo-request");

    assertThat(promises)
        .extracting(Promise::clauseId, Promise::state, Promise::dueAt)
        .containsExactlyInAnyOrder(
            row("assign", State.WAITING, null),
            row("decide", State.RUNNING, NINE.plus(Duration.ofHours(4))),
            row("hand-raiser", State.RUNNING, NINE.plus(Duration.ofHours(1))),
            row("persistence", State.RUNNING, NINE.plus(Duration.ofHours(6))),
            row("disposition", State.WAITING, null),
            row("feedback", State.WAITING, null));
    assertThat(one(promises, "decide").warnAt()).isEqualTo(NINE.plus(Duration.ofHours(3)));
  }

  @Test
  void a_clause_holds_only_for_the_leads_it_is_about() {
    var promises = offered("webinar");

    assertThat(promises).extracting(Promise::clauseId).doesNotContain("hand-raiser");
  }

  @Test
  void a_day_with_many_leads_relaxes_the_clause_that_says_so() {
    mqls = 41;

    var promises = offered("demo-request");

    assertThat(one(promises, "hand-raiser").dueAt()).isEqualTo(NINE.plus(Duration.ofHours(3)));
  }

  @Test
  void a_step_says_which_clocks_it_started_and_stopped() {
    var promises = offered("webinar");
    var course = new Course(promises, terms(), NINE.plusSeconds(60));
    take(HandoffStep.ACCEPTED, NINE.plusSeconds(60), null);

    var accepted = course.taken(List.of(steps.getLast()), history()).getFirst();

    assertThat(accepted.clocks())
        .containsExactlyInAnyOrder(
            new ClockStep(
                "disposition", ClockChange.STARTED, NINE.plusSeconds(60).plus(Duration.ofHours(8))),
            new ClockStep("decide", ClockChange.STOPPED, null));
    assertThat(course.verdicts())
        .extracting(judged -> judged.promise().clauseId(), Judged::verdict)
        .containsExactly(row("decide", new Verdict.Met(NINE.plusSeconds(60))));
  }

  @Test
  void a_clock_starts_when_baton_learns_and_not_when_the_step_says_it_happened() {
    var promises = offered("webinar");
    var learned = NINE.plus(Duration.ofHours(2));
    var course = new Course(promises, terms(), learned);
    take(HandoffStep.ACCEPTED, NINE.plusSeconds(1), null);

    course.taken(List.of(steps.getLast()), history());

    assertThat(one(course.changed(), "disposition").startedAt()).isEqualTo(learned);
  }

  @Test
  void a_step_that_comes_too_late_leaves_the_verdict_to_the_clock() {
    var promises = offered("webinar");
    var late = NINE.plus(Duration.ofHours(4)).plusMillis(1);
    var course = new Course(promises, terms(), late);
    take(HandoffStep.ACCEPTED, late, null);

    course.taken(List.of(steps.getLast()), history());

    assertThat(course.verdicts()).isEmpty();
    assertThat(course.untouched()).extracting(Promise::clauseId).contains("decide");
  }

  @Test
  void a_clock_is_not_judged_before_it_is_due() {
    var promises = offered("webinar");
    var course = new Course(promises, terms(), NINE.plus(Duration.ofHours(4)).minusMillis(1));

    course.due("decide", history());

    assertThat(course.verdicts()).isEmpty();
    assertThat(course.changed()).isEmpty();
  }

  @Test
  void silence_breaks_the_promise_when_it_is_due_and_accepts() {
    var promises = offered("webinar");
    var due = NINE.plus(Duration.ofHours(4));
    var course = new Course(promises, terms(), due);

    course.due("decide", history());

    assertThat(course.verdicts())
        .extracting(Judged::verdict)
        .containsExactly(new Verdict.Broken(due, null, Duration.ZERO, true));
    assertThat(one(course.changed(), "decide").state()).isEqualTo(State.BROKEN);
  }

  @Test
  void a_reassignment_starts_anew_what_the_new_owner_owes_and_nothing_else() {
    var promises = offered("webinar");
    var at = NINE.plus(Duration.ofHours(3));
    var course = new Course(promises, terms(), at);
    take(HandoffStep.REASSIGNED, at, null);

    course.taken(List.of(steps.getLast()), history());

    assertThat(course.verdicts()).isEmpty();
    assertThat(course.changed())
        .extracting(Promise::clauseId, Promise::dueAt, Promise::restarted)
        .containsExactlyInAnyOrder(
            row("decide", at.plus(Duration.ofHours(4)), true),
            row("persistence", at.plus(Duration.ofHours(6)), true));
  }

  @Test
  void a_clock_that_ran_out_is_judged_before_it_is_started_anew() {
    var promises = offered("webinar");
    var at = NINE.plus(Duration.ofHours(5));
    var course = new Course(promises, terms(), at);
    take(HandoffStep.REASSIGNED, at, null);

    course.taken(List.of(steps.getLast()), history());

    assertThat(course.verdicts())
        .extracting(judged -> judged.promise().clauseId(), judged -> judged.clock().startedAt())
        .containsExactly(row("decide", NINE));
    assertThat(one(course.changed(), "decide").state()).isEqualTo(State.RUNNING);
  }

  @Test
  void an_end_stops_what_ran_drops_what_waited_and_starts_the_feedback() {
    var promises = offered("webinar");
    var at = NINE.plusSeconds(30);
    var course = new Course(promises, terms(), at);
    take(HandoffStep.REJECTED, at, null);

    course.taken(List.of(steps.getLast()), history());

    assertThat(course.changed())
        .extracting(Promise::clauseId, Promise::state)
        .containsExactlyInAnyOrder(
            row("decide", State.MET),
            row("persistence", State.CANCELLED),
            row("assign", State.CANCELLED),
            row("disposition", State.CANCELLED),
            row("feedback", State.RUNNING));
  }

  @Test
  void what_was_done_in_time_and_told_late_takes_the_breach_back() {
    var broken = after(offered("webinar"), NINE.plus(Duration.ofHours(6)), "persistence");
    var now = NINE.plus(Duration.ofHours(9));
    take(HandoffStep.CONNECTED, NINE.plus(Duration.ofHours(5)), "call");
    var course = new Course(broken, terms(), now);

    course.taken(List.of(steps.getLast()), history());

    assertThat(course.verdicts()).singleElement().satisfies(j -> assertThat(j.excuses()).isTrue());
    assertThat(one(course.changed(), "persistence").state()).isEqualTo(State.MET);
  }

  @Test
  void what_was_done_too_late_settles_the_breach_and_leaves_it_broken() {
    var broken = after(offered("webinar"), NINE.plus(Duration.ofHours(6)), "persistence");
    var at = NINE.plus(Duration.ofHours(7));
    take(HandoffStep.CONNECTED, at, "call");
    var course = new Course(broken, terms(), at);

    course.taken(List.of(steps.getLast()), history());

    assertThat(course.verdicts()).isEmpty();
    assertThat(one(course.changed(), "persistence"))
        .extracting(Promise::state, Promise::settledAt)
        .containsExactly(State.BROKEN, at);
  }

  @Test
  void a_clock_that_got_stuck_is_free_again_when_it_is_started_anew() {
    var stuck = one(offered("webinar"), "decide");
    var unjudgeable =
        new Promise(
            HANDOFF,
            "decide",
            1,
            State.RUNNING,
            NINE,
            null,
            false,
            null,
            null,
            stuck.dueAt(),
            null,
            null,
            null);
    var at = NINE.plus(Duration.ofHours(1));
    var course = new Course(List.of(unjudgeable), terms(), at);
    take(HandoffStep.REASSIGNED, at, null);

    course.taken(List.of(steps.getLast()), history());

    assertThat(course.stuck()).isEmpty();
    assertThat(one(course.changed(), "decide").startedAt()).isEqualTo(at);
  }

  @Test
  void a_verdict_that_cannot_be_explained_is_stuck_alone() {
    var due = NINE.plus(Duration.ofHours(6));
    var course = new Course(offered("webinar"), terms(), due);

    course.due("decide", new History(told, List.of(new Clock.OwnerChange(Instant.MAX, "bob"))));
    course.due("persistence", history());

    assertThat(course.stuck()).containsOnlyKeys("decide");
    assertThat(course.verdicts())
        .extracting(judged -> judged.promise().clauseId())
        .containsExactly("persistence");
    assertThat(course.changed()).extracting(Promise::clauseId).containsExactly("persistence");
  }

  private List<Promise> after(List<Promise> promises, Instant due, String clause) {
    var course = new Course(promises, terms(), due);
    course.due(clause, history());
    return java.util.stream.Stream.concat(course.changed().stream(), course.untouched().stream())
        .toList();
  }

  private List<Promise> offered(String touch) {
    var promised = Course.promised(HANDOFF, 1, terms(), Facts.of(mql(touch)));
    take(HandoffStep.OFFERED, NINE, null);
    var course = new Course(promised, terms(), NINE);
    course.taken(List.of(steps.getLast()), history());
    return java.util.stream.Stream.concat(course.changed().stream(), course.untouched().stream())
        .toList();
  }

  private void take(HandoffStep step, Instant at, @Nullable String channel) {
    steps.add(
        Stepped.of(new UUID(2, 2), HANDOFF, new UUID(3, 3))
            .under(1)
            .revision(steps.size() + 1L)
            .with("grace")
            .by(channel)
            .to(step, at));
    told.addAll(Moves.deeds(step, at, channel, true));
  }

  private History history() {
    return new History(told, List.<Clock.OwnerChange>of());
  }

  private static Promise one(List<Promise> promises, String clause) {
    return promises.stream().filter(each -> each.clauseId().equals(clause)).findAny().orElseThrow();
  }

  private static org.assertj.core.groups.Tuple row(@Nullable Object... values) {
    return org.assertj.core.groups.Tuple.tuple(values);
  }

  private Terms terms() {
    return new Terms() {
      @Override
      public Agreement agreement(int version) {
        return CHARTER;
      }

      @Override
      public @Nullable JsonNode hours(String sellerId) {
        return null;
      }

      @Override
      public Calendar calendar(JsonNode hours, Agreement charter) {
        return charter.calendar();
      }

      @Override
      public int mqlsOnTheDayOf(Instant at, Calendar calendar) {
        return mqls;
      }
    };
  }

  private static LeadQualified mql(String touch) {
    return Qualified.of(new UUID(2, 2), NINE, new UUID(3, 3))
        .under(1)
        .after(new TouchSeen(new UUID(4, 4), touch, NINE))
        .told();
  }

  static Agreement charter(String yaml) {
    return switch (Agreement.read(yaml.getBytes(StandardCharsets.UTF_8), Form.YAML)) {
      case Read.Good(var agreement) -> agreement;
      case Read.Faulty(var faults) -> throw new AssertionError(faults);
    };
  }
}
