package baton.charter.clause;

import static baton.charter.clause.Clauses.BERLIN;
import static baton.charter.clause.Clauses.OFFICE;
import static baton.charter.clause.Clauses.berlin;
import static org.assertj.core.api.Assertions.assertThat;

import baton.charter.Clause;
import baton.charter.clause.Forecast.Outlook;
import baton.charter.time.ZoneData;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class PeriodClockTest {
  private static final Clause.Mqls VOLUME = new Clause.Mqls("mql-volume", Clause.Period.MONTH, 400);
  private static final Clause.RejectionRate QUALITY =
      new Clause.RejectionRate(
          "quality",
          Clause.Period.MONTH,
          new BigDecimal("0.20"),
          30,
          List.of("wrong-persona", "spam"),
          new Clause.Suspension("feedback", new BigDecimal("0.80")));
  private static final Clause.Fields COMPLETE =
      new Clause.Fields(
          "complete", Clause.Period.MONTH, List.of("email", "company"), new BigDecimal("0.95"));
  private static final Instant DECEMBER = berlin("2026-12-01T00:00");

  private static PeriodClock november(Clause.Periodic clause) {
    var stretch = Stretch.around(berlin("2026-11-23T12:00"), clause.per(), BERLIN, 1);
    return new PeriodClock(clause, 3, stretch, OFFICE);
  }

  private static Tally rejections(long counted, long of, long met, long broken) {
    return new Tally(counted, of, new Tally.Kept(met, broken));
  }

  static Stream<Arguments> months() {
    return Stream.of(
        Arguments.of(VOLUME, Tally.of(400), "Met", null),
        Arguments.of(VOLUME, Tally.of(399), "Broken", null),
        Arguments.of(QUALITY, Tally.of(6, 30), "Met", null),
        Arguments.of(QUALITY, Tally.of(7, 30), "Broken", null),
        Arguments.of(QUALITY, Tally.of(29, 29), "NotJudged", "29 decisions, fewer than 30"),
        Arguments.of(QUALITY, rejections(20, 30, 4, 1), "Broken", null),
        Arguments.of(
            QUALITY,
            rejections(20, 30, 79, 21),
            "NotJudged",
            "feedback was kept in 79 of 100, below 80 %"),
        Arguments.of(QUALITY, rejections(20, 30, 0, 0), "Broken", null),
        Arguments.of(COMPLETE, Tally.of(19, 20), "Met", null),
        Arguments.of(COMPLETE, Tally.of(189, 199), "Broken", null),
        Arguments.of(COMPLETE, Tally.of(0, 0), "NotJudged", "0 MQLs, fewer than 1"));
  }

  @ParameterizedTest
  @MethodSource("months")
  void a_period_is_judged_at_its_end(
      Clause.Periodic clause, Tally tally, String verdict, @Nullable String why) {
    var judged = november(clause).judged(tally, DECEMBER);

    assertThat(judged.getClass().getSimpleName()).isEqualTo(verdict);
    assertThat(judged instanceof Verdict.NotJudged not ? not.why() : null).isEqualTo(why);
  }

  @Test
  void a_period_is_open_until_its_last_moment() {
    var verdict = november(VOLUME).judged(Tally.of(500), DECEMBER.minusMillis(1));

    assertThat(verdict).isInstanceOf(Verdict.Open.class);
  }

  /** November 2026 has 21 business days, 15 of them before Monday the 23rd. */
  @ParameterizedTest
  @CsvSource({
    "2026-11-01T12:00, 0, TOO_EARLY,",
    "2026-11-23T00:00, 300, ON_TRACK, 420",
    "2026-11-23T00:00, 280, AT_RISK, 392",
    "2026-11-23T13:00, 300, ON_TRACK, 408",
    "2026-11-30T18:00, 399, AT_RISK, 399",
  })
  void volume_is_expected_to_grow_with_the_business_days(
      String now, long counted, Outlook outlook, @Nullable BigDecimal expected) {
    var forecast = november(VOLUME).forecast(Tally.of(counted), berlin(now));

    assertThat(forecast.outlook()).isEqualTo(outlook);
    assertThat(forecast.expected()).isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource({
    "3, 25, ON_TRACK, 0.1200",
    "6, 25, AT_RISK, 0.2400",
    "1, 10, WILL_NOT_BE_JUDGED, 0.1000",
    "0, 0, TOO_EARLY,",
  })
  void a_share_is_expected_to_stay_as_it_is(
      long counted, long of, Outlook outlook, @Nullable BigDecimal expected) {
    var forecast = november(QUALITY).forecast(Tally.of(counted, of), berlin("2026-11-23T00:00"));

    assertThat(forecast.outlook()).isEqualTo(outlook);
    assertThat(forecast.expected()).isEqualTo(expected);
  }

  @Test
  void a_person_can_follow_a_broken_period() {
    var tally = rejections(7, 30, 9, 1);
    var clock = november(QUALITY);

    var evidence = clock.evidence(tally, clock.judged(tally, DECEMBER));

    assertThat(evidence)
        .containsExactly(
            "charter version 3: quality, marketing owes rejection-rate of at most 20 % for"
                + " wrong-persona, spam, each month of 30 decisions or more, unless feedback is"
                + " kept below 80 %",
            "period 2026-11-01 to 2026-11-30, from Sun 2026-11-01 00:00 +01:00 to before"
                + " Tue 2026-12-01 00:00 +01:00",
            "counted: 7 of 30, 23.33 %",
            "feedback was kept in 9 of 10",
            "edges by time zone rules " + ZoneData.tzdbVersion(),
            "broken");
  }

  @ParameterizedTest
  @CsvSource({
    "DAY, 1, 2026-11-23, 2026-11-24",
    "WEEK, 1, 2026-11-23, 2026-11-30",
    "MONTH, 1, 2026-11-01, 2026-12-01",
    "QUARTER, 1, 2026-10-01, 2027-01-01",
    "QUARTER, 2, 2026-11-01, 2027-02-01",
    "QUARTER, 12, 2026-09-01, 2026-12-01",
  })
  void a_period_is_the_one_around(
      Clause.Period per, int fiscalYearStart, LocalDate from, LocalDate before) {
    var stretch = Stretch.around(berlin("2026-11-23T12:00"), per, BERLIN, fiscalYearStart);

    assertThat(stretch).isEqualTo(new Stretch(from, before, BERLIN));
  }

  /** Half past midnight in Kiritimati is still the month before in Berlin. */
  @Test
  void a_month_ends_at_midnight_of_the_charters_zone() {
    var instant = Instant.parse("2026-10-31T10:30:00Z");

    var ends =
        Stream.of("Pacific/Kiritimati", "Europe/Berlin", "America/New_York")
            .map(zone -> Stretch.around(instant, Clause.Period.MONTH, ZoneId.of(zone), 1).ends());

    assertThat(ends)
        .containsExactly(
            Instant.parse("2026-11-30T10:00:00Z"),
            Instant.parse("2026-10-31T23:00:00Z"),
            Instant.parse("2026-11-01T04:00:00Z"));
  }

  /** Havana shows midnight twice on 2026-11-01, Santiago skips it on 2026-09-06. */
  @ParameterizedTest
  @CsvSource({
    "America/Havana, 2026-11-01T12:00:00Z, 2026-11-01T04:00:00Z",
    "America/Santiago, 2026-09-06T12:00:00Z, 2026-09-06T04:00:00Z",
  })
  void a_day_starts_with_its_first_moment(String zone, Instant noon, Instant start) {
    var stretch = Stretch.around(noon, Clause.Period.DAY, ZoneId.of(zone), 1);

    assertThat(stretch.starts()).isEqualTo(start);
  }
}
