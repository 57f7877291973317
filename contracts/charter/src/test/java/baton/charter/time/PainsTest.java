package baton.charter.time;

import static baton.charter.time.Calendars.in;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.Set;
import java.util.TimeZone;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What other systems get wrong about time, each as its users reported it. */
class PainsTest {
  private static final Duration ONE_HOUR = Duration.ofHours(1);
  private static final Calendar OFFICE = in("UTC", "mon-fri 09:00-18:00");

  /** 2026-11-28 is a Saturday. */
  @ParameterizedTest
  @ValueSource(strings = {"00:00", "08:59", "09:00", "16:00", "18:00", "20:00", "23:59"})
  void every_arrival_on_saturday_is_due_on_monday_at_ten(String time) {
    var arrival = Instant.parse("2026-11-28T" + time + ":00Z");

    var due = OFFICE.add(arrival, ONE_HOUR);

    assertThat(due).isEqualTo(Instant.parse("2026-11-30T10:00:00Z"));
  }

  @Test
  void an_hour_from_half_past_four_on_friday_is_half_past_nine_on_monday() {
    var office = in("UTC", "mon-fri 09:00-17:00");

    var due = office.add(Instant.parse("2026-11-27T16:30:00Z"), ONE_HOUR);

    assertThat(due).isEqualTo(Instant.parse("2026-11-30T09:30:00Z"));
  }

  @ParameterizedTest
  @CsvSource({
    "2026-11-23T11:30:00Z, PT1H, 2026-11-23T14:00:00Z",
    "2026-11-23T12:45:00Z, PT1H, 2026-11-23T14:30:00Z",
    "2026-11-23T08:00:00Z, PT8H30M, 2026-11-23T18:00:00Z",
    "2026-11-23T08:00:00Z, PT8H31M, 2026-11-24T08:01:00Z",
  })
  void a_day_can_have_a_lunch_break(Instant start, Duration business, Instant due) {
    var lunch = in("UTC", "mon-fri 08:00-12:00 13:30-18:00");

    assertThat(lunch.add(start, business)).isEqualTo(due);
  }

  /** German Unity Day 2025 was a Friday. */
  @Test
  void a_clock_raised_on_a_holiday_starts_with_the_first_working_minute() {
    var berlin =
        new Calendar(
            ZoneId.of("Europe/Berlin"),
            Calendars.week("mon-fri 09:00-18:00"),
            Holidays.of("DE", "BE"),
            Set.of());

    var due = berlin.add(Instant.parse("2025-10-03T08:00:00Z"), ONE_HOUR);

    assertThat(due).isEqualTo(Instant.parse("2025-10-06T08:00:00Z"));
  }

  @Test
  void a_closed_day_of_the_charter_is_no_working_day() {
    var berlin =
        new Calendar(
            ZoneId.of("Europe/Berlin"),
            Calendars.week("mon-thu 09:00-12:30 13:30-18:00", "fri 09:00-12:30 13:30-17:00"),
            Holidays.of("DE", "BE"),
            Set.of(LocalDate.parse("2026-12-24"), LocalDate.parse("2026-12-31")));

    var due = berlin.add(Instant.parse("2026-12-23T16:30:00Z"), ONE_HOUR);

    assertThat(due).isEqualTo(Instant.parse("2026-12-28T08:30:00Z"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"Pacific/Kiritimati", "America/Los_Angeles", "Asia/Kathmandu"})
  void the_zone_is_the_charters_whatever_the_machines(String machine) {
    var before = TimeZone.getDefault();
    try {
      TimeZone.setDefault(TimeZone.getTimeZone(machine));

      var due =
          in("Europe/Berlin", "mon-fri 09:00-18:00")
              .add(Instant.parse("2026-11-23T16:30:00Z"), ONE_HOUR);

      assertThat(due).isEqualTo(Instant.parse("2026-11-24T08:30:00Z"));
    } finally {
      TimeZone.setDefault(before);
    }
  }

  /** Round the clock, so that a day is as long as it lasted. */
  @ParameterizedTest
  @CsvSource({
    "Europe/Berlin, 2026-03-28T12:00, 2026-03-29T12:00, PT23H",
    "Europe/Berlin, 2026-10-24T12:00, 2026-10-25T12:00, PT25H",
    "America/New_York, 2026-03-07T12:00, 2026-03-08T12:00, PT23H",
    "America/New_York, 2026-10-31T12:00, 2026-11-01T12:00, PT25H",
    "Australia/Sydney, 2026-10-03T12:00, 2026-10-04T12:00, PT23H",
    "Australia/Sydney, 2026-04-04T12:00, 2026-04-05T12:00, PT25H",
    "Australia/Lord_Howe, 2026-10-03T12:00, 2026-10-04T12:00, PT23H30M",
    "Australia/Lord_Howe, 2026-04-04T12:00, 2026-04-05T12:00, PT24H30M",
    "America/Santiago, 2026-09-05T12:00, 2026-09-06T12:00, PT23H",
  })
  void a_window_across_a_change_of_the_clocks_counts_what_elapsed(
      String zone, LocalDateTime from, LocalDateTime to, Duration elapsed) {
    var id = ZoneId.of(zone);

    var open = Calendar.always(id).between(from.atZone(id).toInstant(), to.atZone(id).toInstant());

    assertThat(open).isEqualTo(elapsed);
  }

  /** Office hours never meet the change, so that Monday is due as every Monday is. */
  @ParameterizedTest
  @CsvSource({
    "Europe/Berlin, 2026-03-27T17:30, 2026-03-30T09:30",
    "Europe/Berlin, 2026-10-23T17:30, 2026-10-26T09:30",
    "Australia/Sydney, 2026-10-02T17:30, 2026-10-05T09:30",
    "Australia/Sydney, 2026-04-03T17:30, 2026-04-06T09:30",
  })
  void a_due_time_keeps_its_hour_over_the_weekend_of_a_change(
      String zone, LocalDateTime start, LocalDateTime due) {
    var office = in(zone, "mon-fri 09:00-18:00");

    var reached = office.add(start.atZone(office.zone()).toInstant(), ONE_HOUR);

    assertThat(reached).isEqualTo(due.atZone(office.zone()).toInstant());
  }

  /** A window in January is counted with January's offset even when it is judged in July. */
  @Test
  void the_offset_is_that_of_the_date_and_not_of_today() {
    var office = in("America/New_York", "mon-fri 09:00-17:00");

    var openings =
        java.util.stream.Stream.of("2026-01-12T00:00:00Z", "2026-07-13T00:00:00Z")
            .map(Instant::parse)
            .map(office::nextOpening)
            .toList();

    assertThat(openings)
        .containsExactly(
            Instant.parse("2026-01-12T14:00:00Z"), Instant.parse("2026-07-13T13:00:00Z"));
  }

  /** New York left summer time at 06:00 UTC on 2018-11-04: 01:59:30 -04:00 is 05:59:30 UTC. */
  @Test
  void advancing_out_of_summer_time_reaches_the_repeated_hour() {
    var calendar = in("America/New_York", "sun 00:00-24:00");

    var due = calendar.add(Instant.parse("2018-11-04T05:59:30Z"), Duration.ofSeconds(30));

    assertThat(due.atZone(calendar.zone())).hasToString("2018-11-04T01:00-05:00[America/New_York]");
  }

  @Test
  void an_hour_added_in_the_repeated_hour_is_an_hour_later() {
    var calendar = in("Europe/Berlin", "sun 00:00-24:00");
    var start = Instant.parse("2026-10-25T00:30:00Z");

    var due = calendar.add(start, ONE_HOUR);

    assertThat(due).isEqualTo(start.plus(ONE_HOUR));
  }

  /** Santiago skips midnight to one on 2026-09-06. */
  @Test
  void a_midnight_that_is_skipped_shifts_nothing() {
    var calendar = in("America/Santiago", "mon-sun 00:00-24:00");

    var due = calendar.add(Instant.parse("2026-09-06T03:59:00Z"), Duration.ofMinutes(2));

    assertThat(due.atZone(calendar.zone()).toLocalDateTime())
        .isEqualTo(LocalDateTime.parse("2026-09-06T01:01"));
  }

  /** Morocco's clocks go back for Ramadan, though its winter time is its standard time. */
  @Test
  void casablanca_repeats_an_hour_that_no_summer_time_explains() {
    var calendar = Calendar.always(ZoneId.of("Africa/Casablanca"));
    var from = LocalDateTime.parse("2024-03-09T12:00").atZone(calendar.zone()).toInstant();
    var to = LocalDateTime.parse("2024-03-10T12:00").atZone(calendar.zone()).toInstant();

    var open = calendar.between(from, to);

    assertThat(open).isEqualTo(Duration.ofHours(25));
  }

  /** Samoa crossed the date line and had no Friday, 2011-12-30. */
  @Test
  void a_day_that_never_was_is_no_business_day() {
    var apia = in("Pacific/Apia", "mon-sun 09:00-17:00");
    var thursday = LocalDateTime.parse("2011-12-29T16:00").atZone(apia.zone()).toInstant();

    var due =
        java.util.List.of(
            apia.add(thursday, Duration.ofHours(2)), apia.addBusinessDays(thursday, 1));

    assertThat(due)
        .extracting(instant -> instant.atZone(apia.zone()).toLocalDateTime())
        .containsExactly(
            LocalDateTime.parse("2011-12-31T10:00"), LocalDateTime.parse("2011-12-31T16:00"));
  }

  @Test
  void open_until_twenty_four_is_not_closed_for_a_minute_at_midnight() {
    var calendar = in("UTC", "mon-sun 00:00-24:00");
    var start = Instant.parse("2026-11-23T23:59:00Z");

    var due = calendar.add(start, Duration.ofMinutes(2));

    assertThat(due).isEqualTo(Instant.parse("2026-11-24T00:01:00Z"));
  }

  @Test
  void a_night_shift_is_two_intervals_and_one_stretch_of_work() {
    var night = in("UTC", "mon-thu 00:00-06:00 22:00-24:00", "fri 00:00-06:00", "sun 22:00-24:00");

    var counted =
        night.counted(
            Instant.parse("2026-11-23T12:00:00Z"), Instant.parse("2026-11-24T12:00:00Z"), 10);

    assertThat(counted.told())
        .containsExactly(
            new Counted.Span(
                Instant.parse("2026-11-23T22:00:00Z"), Instant.parse("2026-11-24T06:00:00Z")));
  }

  /** The 30th of November 2026 is a Monday; with Friday's end two hours are left for it. */
  @Test
  void an_escalation_runs_in_the_calendar_and_not_through_the_night() {
    var breached = Instant.parse("2026-11-27T17:00:00Z");

    var escalated = Window.of("PT3H", true).from(breached, OFFICE);

    assertThat(escalated).isEqualTo(Instant.parse("2026-11-30T11:00:00Z"));
  }

  /** Monday and Thursday only. */
  @Test
  void a_week_may_have_days_apart() {
    var calendar = in("UTC", "mon 09:00-12:00", "thu 09:00-12:00");

    var due = calendar.add(Instant.parse("2026-11-23T11:00:00Z"), Duration.ofHours(3));

    assertThat(due).isEqualTo(Instant.parse("2026-11-26T11:00:00Z"));
  }

  /** What was paused is neither lost nor counted, whatever closed hours the pause spans. */
  @Test
  void a_pause_moves_what_was_left_behind_its_end() {
    var due = OFFICE.add(Instant.parse("2026-11-23T09:00:00Z"), Duration.ofHours(8));
    var paused = Instant.parse("2026-11-23T12:00:00Z");
    var resumed = Instant.parse("2026-11-24T12:00:00Z");

    var moved = OFFICE.add(resumed, OFFICE.between(paused, due));

    assertThat(moved).isEqualTo(Instant.parse("2026-11-24T17:00:00Z"));
  }
}
