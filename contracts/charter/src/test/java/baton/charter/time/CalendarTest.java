package baton.charter.time;

import static baton.charter.time.Calendars.in;
import static baton.charter.time.Calendars.week;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CalendarTest {
  private static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");
  private static final Calendar OFFICE =
      new Calendar(
          BERLIN,
          week("mon-thu 09:00-12:30 13:30-18:00", "fri 09:00-12:30 13:30-17:00"),
          Holidays.of("DE", "BE"),
          Set.of(LocalDate.parse("2026-12-24"), LocalDate.parse("2026-12-31")));

  private static Instant berlin(String local) {
    return LocalDateTime.parse(local).atZone(BERLIN).toInstant();
  }

  @ParameterizedTest
  @CsvSource({
    "2026-11-23T10:15, 2, 2026-11-25T10:15, the same time of day",
    "2026-11-20T10:15, 1, 2026-11-23T10:15, over the weekend",
    "2026-11-21T10:15, 1, 2026-11-24T09:00, Saturday counts from Monday's opening",
    "2026-11-23T12:45, 1, 2026-11-24T13:30, lunch counts from its end",
    "2026-11-23T18:00, 1, 2026-11-25T09:00, closing time is closed",
    "2026-11-26T17:00, 1, 2026-11-27T17:00, the very end of Friday",
    "2026-11-26T17:01, 1, 2026-11-30T09:00, past the end of Friday is Monday's opening",
    "2026-12-23T17:00, 1, 2026-12-28T17:00, over Christmas",
    "2026-12-24T10:00, 2, 2026-12-30T09:00, from a closed day",
  })
  void business_days_keep_the_time_of_day(String start, int days, String due, String why) {
    assertThat(OFFICE.addBusinessDays(berlin(start), days)).as(why).isEqualTo(berlin(due));
  }

  @ParameterizedTest
  @CsvSource({
    "2026-11-23T08:59:59.999, false",
    "2026-11-23T09:00, true",
    "2026-11-23T12:29:59.999, true",
    "2026-11-23T12:30, false",
    "2026-11-23T13:30, true",
    "2026-11-23T18:00, false",
    "2026-11-22T10:00, false",
    "2026-12-24T10:00, false",
    "2026-12-25T10:00, false",
  })
  void hours_are_open_from_their_start_to_before_their_end(String at, boolean open) {
    assertThat(OFFICE.isOpen(berlin(at))).isEqualTo(open);
  }

  /** On 2026-03-29 Berlin skips 02:00 to 03:00, on 2026-10-25 it shows it twice. */
  @ParameterizedTest
  @CsvSource({
    "2026-03-28T01:30:00Z, 2026-03-29T01:00:00Z, skipped: the end of the gap",
    "2026-10-24T00:30:00Z, 2026-10-25T00:30:00Z, repeated: the first run",
    "2026-10-25T01:30:00Z, 2026-10-26T02:00:00Z, from the second run: the end of the hour",
  })
  void a_business_day_later_is_well_defined_when_the_clocks_change(
      Instant start, Instant due, String why) {
    var always = Calendar.always(BERLIN);

    assertThat(always.addBusinessDays(start, 1)).as(why).isEqualTo(due);
  }

  @Test
  void hours_that_are_skipped_in_full_make_no_business_day() {
    var night = in("Europe/Berlin", "mon-sun 02:00-03:00");

    var due = night.addBusinessDays(berlin("2026-03-28T02:30"), 1);

    assertThat(due).isEqualTo(berlin("2026-03-30T02:30"));
  }

  @ParameterizedTest
  @CsvSource({
    "PT8H, true, 2026-11-23T16:00, 2026-11-24T16:00",
    "P1DT4H, true, 2026-11-23T16:00, 2026-11-25T11:00",
    "PT8H, false, 2026-11-23T16:00, 2026-11-24T00:00",
    "P30D, false, 2026-10-01T10:00, 2026-10-31T10:00",
    "PT720H, false, 2026-10-01T10:00, 2026-10-31T09:00",
    "P2W, false, 2026-11-23T16:00, 2026-12-07T16:00",
    "P1M, false, 2026-01-31T10:00, 2026-02-28T10:00",
    "P1DT4H, false, 2026-10-24T12:00, 2026-10-25T16:00",
    "PT0S, true, 2026-11-21T10:00, 2026-11-23T09:00",
    "PT0S, true, 2026-11-20T17:00, 2026-11-20T17:00",
    "PT0S, false, 2026-11-21T10:00, 2026-11-21T10:00",
  })
  void a_window_is_over(String written, boolean business, String start, String due) {
    assertThat(Window.of(written, business).from(berlin(start), OFFICE)).isEqualTo(berlin(due));
  }

  @ParameterizedTest
  @CsvSource({
    "8 hours, true",
    "P, false",
    "PT, true",
    "-P1D, false",
    "PT-1H, true",
    "P1W, true",
    "P1M, true",
    "P1Y, true",
    "P99Y, false",
    "PT100000H, true",
    "p1d, false",
  })
  void a_window_that_makes_no_sense_is_refused(String written, boolean business) {
    assertThatThrownBy(() -> Window.of(written, business))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"09:00-09:00", "18:00-09:00", "9:00-10:00", "09:00-24:01", "09:60-10:00", ""})
  void hours_that_make_no_sense_are_refused(String written) {
    assertThatThrownBy(() -> Hours.of(written)).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void a_calendar_without_an_open_minute_is_refused() {
    assertThatThrownBy(() -> new Calendar(BERLIN, Map.of(), null, Set.of()))
        .hasMessage("a calendar has at least one open minute in its week");
  }

  @Test
  void a_calendar_closed_for_years_ends_the_search_with_a_reason() {
    var closed = new HashSet<LocalDate>();
    for (var day = LocalDate.parse("2026-11-23"); day.getYear() < 2036; day = day.plusDays(7)) {
      closed.add(day);
    }
    var mondays = new Calendar(BERLIN, week("mon 09:00-10:00"), null, closed);

    assertThatThrownBy(() -> mondays.add(berlin("2026-11-23T08:00"), Duration.ofHours(1)))
        .isInstanceOf(NoOpening.class)
        .hasMessage(
            "the calendar of Europe/Berlin is closed from 2026-11-23 on for more than 1098 days");
  }

  @Test
  void an_amount_that_takes_a_lifetime_ends_the_search_with_a_reason() {
    var minute = in("UTC", "mon 09:00-09:01");

    assertThatThrownBy(() -> minute.add(Instant.EPOCH, Duration.ofHours(1_000)))
        .isInstanceOf(NoOpening.class);
  }

  @Test
  void an_unknown_country_or_region_is_refused_with_the_known_ones() {
    assertThatThrownBy(() -> Holidays.of("DE", "XX"))
        .hasMessage(
            "no holidays are known of a region XX of DE; known:"
                + " BB, BE, BW, BY, HB, HE, HH, MV, NI, NW, RP, SH, SL, SN, ST, TH");
    assertThatThrownBy(() -> Holidays.of("XX", null))
        .hasMessage("no holidays are known of a country XX");
  }

  @Test
  void a_region_has_holidays_of_its_own() {
    var womensDay = LocalDate.parse("2027-03-08");

    assertThat(Holidays.of("DE", "BE").in(2027)).containsKey(womensDay);
    assertThat(Holidays.of("DE", "BY").in(2027)).doesNotContainKey(womensDay);
  }

  /** The first of January 2028 is a Saturday, kept on Friday the 31st of December 2027. */
  @Test
  void a_holiday_that_moves_into_the_year_before_is_found_there() {
    assertThat(Holidays.of("US", null).in(2027)).containsKey(LocalDate.parse("2027-12-31"));
  }

  @Test
  void a_person_can_follow_what_was_counted() {
    var counted = OFFICE.counted(berlin("2026-12-23T16:00"), berlin("2026-12-28T10:00"), 10);

    assertThat(counted.lines())
        .containsExactly(
            "Wed 2026-12-23 16:00-18:00 +01:00: 2 h (2 h so far)",
            "Mon 2026-12-28 09:00-10:00 +01:00: 1 h (3 h so far)",
            "Thu 2026-12-24 closed: by the charter",
            "Fri 2026-12-25 closed: 1st Christmas day (holiday, DE-BE)",
            "open between Wed 2026-12-23 16:00 +01:00 and Mon 2026-12-28 10:00 +01:00: 3 h");
  }

  @Test
  void of_many_intervals_the_middle_is_summed() {
    var counted = OFFICE.counted(berlin("2026-11-23T00:00"), berlin("2026-11-29T00:00"), 3);

    assertThat(counted.lines())
        .containsExactly(
            "Mon 2026-11-23 09:00-12:30 +01:00: 3 h 30 min (3 h 30 min so far)",
            "Mon 2026-11-23 13:30-18:00 +01:00: 4 h 30 min (8 h so far)",
            "7 more intervals: 27 h 30 min (35 h 30 min so far)",
            "Fri 2026-11-27 13:30-17:00 +01:00: 3 h 30 min (39 h so far)",
            "open between Mon 2026-11-23 00:00 +01:00 and Sun 2026-11-29 00:00 +01:00: 39 h");
  }

  @Test
  void evidence_shows_both_offsets_where_the_clocks_change() {
    var counted =
        Calendar.always(BERLIN).counted(berlin("2026-10-25T01:00"), berlin("2026-10-25T06:00"), 5);

    assertThat(counted.lines().getFirst())
        .isEqualTo("Sun 2026-10-25 01:00 +02:00 to Sun 2026-10-25 06:00 +01:00: 6 h (6 h so far)");
  }

  @Test
  void the_release_of_the_zone_rules_is_told() {
    assertThat(ZoneData.tzdbVersion()).matches("20\\d\\d[a-z]");
  }
}
