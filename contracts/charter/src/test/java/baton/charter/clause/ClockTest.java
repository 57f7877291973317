package baton.charter.clause;

import static baton.charter.clause.Clauses.CONTENT_REPLY;
import static baton.charter.clause.Clauses.DECIDE;
import static baton.charter.clause.Clauses.DISPOSITION;
import static baton.charter.clause.Clauses.FEEDBACK;
import static baton.charter.clause.Clauses.HAND_RAISER;
import static baton.charter.clause.Clauses.OFFICE;
import static baton.charter.clause.Clauses.PERSISTENCE;
import static baton.charter.clause.Clauses.berlin;
import static baton.charter.clause.Clauses.limit;
import static baton.charter.clause.Clauses.offered;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import baton.charter.Clause;
import baton.charter.clause.Deed.Kind;
import baton.charter.time.ZoneData;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The 23rd of November 2026 is a Monday. */
class ClockTest {
  private static final Instant LATER = berlin("2027-06-01T09:00");

  private static Deed deed(Kind kind, String at) {
    return Deed.of(kind, berlin(at));
  }

  private static Deed attempt(String channel, String at) {
    return Deed.attempt(channel, berlin(at));
  }

  @Test
  void an_offer_on_saturday_is_owed_from_monday() {
    var clock = offered(HAND_RAISER, "2026-11-28T20:00");

    assertThat(clock.due()).isEqualTo(berlin("2026-11-30T10:00"));
  }

  @Test
  void the_warning_comes_after_its_share_of_open_time() {
    var clock = offered(HAND_RAISER, "2026-11-27T17:30");

    assertThat(clock.warning()).isEqualTo(berlin("2026-11-30T09:15"));
  }

  @Test
  void the_warning_waits_for_a_pause() {
    var clock =
        offered(HAND_RAISER, "2026-11-23T09:00")
            .paused(berlin("2026-11-23T09:30"), "lead out of office")
            .resumed(berlin("2026-11-24T09:30"));

    assertThat(clock.warning()).isEqualTo(berlin("2026-11-24T09:45"));
  }

  @Test
  void a_warning_of_a_clause_in_business_days_shares_their_open_hours() {
    var clause = new Clause.FirstAttempt("a", limit("P1D", true, new BigDecimal("0.75")), Set.of());

    assertThat(offered(clause, "2026-11-23T09:00").warning()).isEqualTo(berlin("2026-11-23T16:00"));
  }

  @Test
  void a_pause_moves_the_due_time_by_the_open_time_it_took() {
    var clock =
        offered(DECIDE, "2026-11-23T10:00")
            .paused(berlin("2026-11-23T16:00"), "lead out of office")
            .resumed(berlin("2026-11-25T09:00"));

    assertThat(clock.due()).isEqualTo(berlin("2026-11-25T12:00"));
  }

  @Test
  void a_paused_clock_is_due_never() {
    var clock = offered(DECIDE, "2026-11-23T10:00").paused(berlin("2026-11-23T16:00"), "disputed");

    var verdict = clock.judged(List.of(), LATER);

    assertThat(verdict).isEqualTo(new Verdict.Open(null));
  }

  @Test
  void what_is_done_in_a_pause_keeps_the_promise() {
    var clock = offered(DECIDE, "2026-11-23T10:00").paused(berlin("2026-11-23T16:00"), "disputed");

    var verdict = clock.judged(List.of(deed(Kind.ACCEPTED, "2026-12-23T10:00")), LATER);

    assertThat(verdict).isInstanceOf(Verdict.Met.class);
  }

  @Test
  void a_handoff_closed_and_opened_again_goes_on_where_it_stopped() {
    var clock =
        offered(DISPOSITION, "2026-11-01T10:00")
            .paused(berlin("2026-11-11T10:00"), "closed")
            .resumed(berlin("2026-12-11T10:00"));

    assertThat(clock.due()).isEqualTo(berlin("2026-12-31T10:00"));
  }

  @Test
  void a_pause_after_it_was_due_changes_nothing() {
    var clock = offered(HAND_RAISER, "2026-11-23T09:00");

    assertThat(clock.paused(berlin("2026-11-23T10:00"), "too late")).isEqualTo(clock);
  }

  /** Whatever is paused, the parts that ran add up to what the clause gives. */
  @Test
  void pauses_leave_the_time_that_runs_as_long_as_it_was() {
    var random = new SplittableRandom(7);
    for (var i = 0; i < 2_000; i++) {
      var start = berlin("2026-11-23T00:00").plusSeconds(random.nextLong(20_000_000));
      var clock = Clock.start(DECIDE, 1, OFFICE, start, "offered");
      var whole = OFFICE.between(start, requireNonNull(clock.due()));
      var ran = Duration.ZERO;
      var from = start;
      for (var pauses = random.nextInt(1, 4); pauses > 0; pauses--) {
        var pause = from.plusSeconds(random.nextLong(40_000));
        if (pause.isBefore(requireNonNull(clock.due()))) {
          ran = ran.plus(OFFICE.between(from, pause));
          from = pause.plusSeconds(random.nextLong(400_000));
          clock = clock.paused(pause, "why").resumed(from);
        }
      }

      assertThat(ran.plus(OFFICE.between(from, requireNonNull(clock.due())))).isEqualTo(whole);
    }
  }

  @Test
  void a_day_with_many_mqls_relaxes_the_limit() {
    var clock = offered(HAND_RAISER, "2026-11-23T09:00");

    assertThat(Stream.of(40, 41).map(clock::onDayWith).map(Clock::due))
        .containsExactly(berlin("2026-11-23T10:00"), berlin("2026-11-23T14:00"));
  }

  @Test
  void a_new_owner_starts_anew_in_his_own_calendar() {
    var helsinki = Clauses.office(ZoneId.of("Europe/Helsinki"));

    var clock =
        offered(HAND_RAISER, "2026-11-23T17:30")
            .handedTo("alan", helsinki, berlin("2026-11-23T18:30"));

    assertThat(clock.due()).isEqualTo(berlin("2026-11-24T09:00"));
  }

  @Test
  void attempts_of_the_owner_before_do_not_count() {
    var clock =
        offered(HAND_RAISER, "2026-11-23T09:00")
            .handedTo("alan", OFFICE, berlin("2026-11-23T09:30"));

    var verdict = clock.judged(List.of(attempt("call", "2026-11-23T09:10")), LATER);

    assertThat(verdict).isInstanceOf(Verdict.Broken.class);
  }

  @Test
  void a_disposition_is_owed_on_by_whoever_has_the_lead() {
    var clock = offered(DISPOSITION, "2026-11-01T10:00");

    var handed = clock.handedTo("alan", OFFICE, berlin("2026-11-20T10:00"));

    assertThat(handed.due()).isEqualTo(clock.due());
  }

  @Test
  void a_step_of_the_ladder_keeps_to_the_calendar() {
    var clock = offered(HAND_RAISER, "2026-11-27T16:00");

    assertThat(clock.ladder())
        .extracting(Clock.Rung::at)
        .containsExactly(berlin("2026-11-27T17:00"), berlin("2026-11-30T10:00"));
  }

  @Test
  void silence_breaks_the_decision_and_accepts_the_lead() {
    var clock = offered(DECIDE, "2026-11-23T10:00");

    var verdict = clock.judged(List.of(), berlin("2026-11-24T10:00"));

    assertThat(verdict)
        .isEqualTo(new Verdict.Broken(berlin("2026-11-24T10:00"), null, Duration.ZERO, true));
  }

  @Test
  void a_decision_that_came_late_is_no_silence() {
    var clock = offered(DECIDE, "2026-11-23T10:00");

    var verdict =
        clock.judged(List.of(deed(Kind.REJECTED, "2026-11-24T15:00")), berlin("2026-11-24T16:00"));

    assertThat(verdict)
        .isEqualTo(
            new Verdict.Broken(
                berlin("2026-11-24T10:00"),
                berlin("2026-11-24T15:00"),
                Duration.ofHours(4),
                false));
  }

  @Test
  void nothing_is_judged_before_it_is_due() {
    var clock = offered(DECIDE, "2026-11-23T10:00");

    var verdict = clock.judged(List.of(), berlin("2026-11-24T10:00").minusMillis(1));

    assertThat(verdict).isInstanceOf(Verdict.Open.class);
  }

  /** Once judged broken, a step that the CRM told late but took in time excuses it. */
  @Test
  void a_step_told_late_that_was_taken_in_time_keeps_the_promise() {
    var clock = offered(HAND_RAISER, "2026-11-23T09:00");

    var verdict = clock.judged(List.of(attempt("call", "2026-11-23T10:00")), LATER);

    assertThat(verdict).isEqualTo(new Verdict.Met(berlin("2026-11-23T10:00")));
  }

  static Stream<Arguments> what_keeps_a_clause() {
    var nine = "2026-11-23T09:30";
    return Stream.of(
        Arguments.of(DECIDE, List.of(deed(Kind.ACCEPTED, nine)), "Met"),
        Arguments.of(DECIDE, List.of(deed(Kind.REJECTED, nine)), "Met"),
        Arguments.of(DECIDE, List.of(deed(Kind.RATED, nine), attempt("call", nine)), "Broken"),
        Arguments.of(DECIDE, List.of(deed(Kind.CLOSED, nine)), "NotJudged"),
        Arguments.of(HAND_RAISER, List.of(attempt("email", nine)), "Met"),
        Arguments.of(HAND_RAISER, List.of(deed(Kind.CONNECTED, nine)), "Met"),
        Arguments.of(HAND_RAISER, List.of(deed(Kind.ACCEPTED, nine)), "Broken"),
        Arguments.of(HAND_RAISER, List.of(deed(Kind.REJECTED, nine)), "NotJudged"),
        Arguments.of(DISPOSITION, List.of(deed(Kind.QUALIFIED, nine)), "Met"),
        Arguments.of(DISPOSITION, List.of(deed(Kind.RETURNED, nine)), "Met"),
        Arguments.of(DISPOSITION, List.of(deed(Kind.OUTCOME, nine)), "Met"),
        Arguments.of(DISPOSITION, List.of(deed(Kind.CONNECTED, nine)), "Broken"),
        Arguments.of(FEEDBACK, List.of(deed(Kind.RATED, nine)), "Broken"),
        Arguments.of(FEEDBACK, List.of(deed(Kind.RATED, nine), deed(Kind.REASONED, nine)), "Met"),
        Arguments.of(CONTENT_REPLY, List.of(deed(Kind.DECLINED, nine)), "Met"),
        Arguments.of(CONTENT_REPLY, List.of(deed(Kind.CLOSED, nine)), "Broken"));
  }

  @ParameterizedTest
  @MethodSource("what_keeps_a_clause")
  void only_what_a_clause_names_keeps_it(Clause.Timed clause, List<Deed> deeds, String verdict) {
    var clock = offered(clause, "2026-11-23T09:00");

    assertThat(clock.judged(deeds, LATER).getClass().getSimpleName()).isEqualTo(verdict);
  }

  static Stream<Arguments> attempts() {
    var monday = Stream.of("09:00", "10:00", "11:00", "12:00", "14:00").map(t -> "2026-11-23T" + t);
    var calls = monday.map(at -> attempt("call", at)).toList();
    var tuesday = attempt("sms", "2026-11-24T10:00");
    var wednesday = attempt("call", "2026-11-25T10:00");
    var mail = attempt("bulk-email", "2026-11-25T10:00");
    var connected = deed(Kind.CONNECTED, "2026-11-23T09:30");
    return Stream.of(
        Arguments.of(calls, "Broken", "five on one day"),
        Arguments.of(and(calls, tuesday, wednesday), "Met", "seven on three days"),
        Arguments.of(and(calls, tuesday, mail), "Broken", "a channel that doesn't count"),
        Arguments.of(
            List.of(calls.getFirst(), calls.getLast(), tuesday, wednesday), "Broken", "only four"),
        Arguments.of(List.of(connected), "Met", "reached at once"),
        Arguments.of(
            and(calls, tuesday, deed(Kind.RETURNED, "2026-11-24T12:00")),
            "NotJudged",
            "given back before"));
  }

  @ParameterizedTest
  @MethodSource("attempts")
  void attempts_are_enough_when_their_number_and_their_days_are(
      List<Deed> deeds, String verdict, String why) {
    var clock = offered(PERSISTENCE, "2026-11-23T09:00");

    assertThat(clock.judged(deeds, LATER).getClass().getSimpleName()).as(why).isEqualTo(verdict);
  }

  private static List<Deed> and(List<Deed> deeds, Deed... more) {
    return Stream.concat(deeds.stream(), Stream.of(more)).toList();
  }

  @Test
  void a_person_can_follow_a_breach_line_by_line() {
    var clock =
        offered(HAND_RAISER, "2026-11-23T11:30")
            .handedTo("alan", OFFICE, berlin("2026-11-23T12:15"))
            .onDayWith(52)
            .paused(berlin("2026-11-23T14:00"), "lead out of office")
            .resumed(berlin("2026-11-23T17:00"));

    var deeds = List.of(attempt("call", "2026-11-24T12:00"));

    var evidence = clock.evidence(deeds, clock.judged(deeds, berlin("2026-11-24T14:00")));

    assertThat(evidence)
        .containsExactly(
            "charter version 3: hand-raiser, sales owes first-attempt within PT1H business"
                + " (PT4H business on days with more than 40 MQLs)",
            "Mon 2026-11-23 12:15 +01:00: handed to alan",
            "started Mon 2026-11-23 12:15 +01:00: reassigned to alan",
            "relaxed to PT4H business: that day had 52 MQLs",
            "Mon 2026-11-23 12:15-12:30 +01:00: 15 min (15 min so far)",
            "Mon 2026-11-23 13:30-14:00 +01:00: 30 min (45 min so far)",
            "open between Mon 2026-11-23 12:15 +01:00 and Mon 2026-11-23 14:00 +01:00: 45 min",
            "Mon 2026-11-23 17:00-18:00 +01:00: 1 h (1 h so far)",
            "Tue 2026-11-24 09:00-11:15 +01:00: 2 h 15 min (3 h 15 min so far)",
            "open between Mon 2026-11-23 17:00 +01:00 and Tue 2026-11-24 11:15 +01:00: 3 h 15 min",
            "paused from Mon 2026-11-23 14:00 +01:00 to Mon 2026-11-23 17:00 +01:00:"
                + " lead out of office",
            "due Tue 2026-11-24 11:15 +01:00: PT4H business from the start, pauses left out",
            "counted in Europe/Berlin by time zone rules " + ZoneData.tzdbVersion(),
            "Tue 2026-11-24 12:00 +01:00: attempted by call",
            "broken: kept Tue 2026-11-24 12:00 +01:00, 45 min late");
  }

  @Test
  void evidence_stays_short_however_long_it_ran() {
    var clause = new Clause.Decision("slow", limit("P365D", true, null), false);
    var deeds =
        IntStream.range(0, 500)
            .mapToObj(i -> Deed.attempt("call", berlin("2026-11-23T09:00").plusSeconds(i)))
            .toList();

    var clock = offered(clause, "2026-11-23T09:00");

    var evidence = clock.evidence(deeds, clock.judged(deeds, berlin("2029-11-23T09:00")));

    assertThat(evidence).hasSizeLessThan(40);
  }
}
