package baton.charter.time;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.Period;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/** What holds for every calendar, start and amount. */
class LawsTest {
  private static final int TRIES = 5_000;
  private static final List<String> ZONES =
      ZoneId.getAvailableZoneIds().stream()
          .filter(zone -> !zone.startsWith("System"))
          .sorted()
          .toList();

  private record Case(Calendar calendar, Instant start, Duration amount, Duration more, int days) {
    /** A little later, or a lot. */
    Instant later() {
      return start.plus(more);
    }
  }

  @Test
  void a_later_start_is_never_due_earlier() {
    each(
        some ->
            assertThat(some.calendar().add(some.later(), some.amount()))
                .as("%s", some)
                .isAfterOrEqualTo(some.calendar().add(some.start(), some.amount())));
  }

  @Test
  void a_larger_amount_is_never_due_earlier() {
    each(
        some ->
            assertThat(some.calendar().add(some.start(), some.amount().plus(some.more())))
                .as("%s", some)
                .isAfterOrEqualTo(some.calendar().add(some.start(), some.amount())));
  }

  @Test
  void what_was_added_is_what_is_counted() {
    each(
        some ->
            assertThat(
                    some.calendar()
                        .between(some.start(), some.calendar().add(some.start(), some.amount())))
                .as("%s", some)
                .isEqualTo(some.amount()));
  }

  @Test
  void adding_in_two_steps_is_adding_at_once() {
    each(
        some ->
            assertThat(
                    some.calendar()
                        .add(some.calendar().add(some.start(), some.amount()), some.more()))
                .as("%s", some)
                .isEqualTo(some.calendar().add(some.start(), some.amount().plus(some.more()))));
  }

  @Test
  void a_due_time_is_open_or_the_end_of_open_hours() {
    each(
        some -> {
          var due = some.calendar().add(some.start(), some.amount());
          var day = some.calendar().addBusinessDays(some.start(), some.days());

          assertThat(List.of(due, day))
              .as("%s", some)
              .allMatch(
                  at -> some.calendar().isOpen(at) || some.calendar().isOpen(at.minusMillis(1)));
        });
  }

  @Test
  void round_the_clock_business_time_is_the_time_that_passes() {
    each(
        some ->
            assertThat(Calendar.always(some.calendar().zone()).add(some.start(), some.amount()))
                .as("%s", some)
                .isEqualTo(some.start().plus(some.amount())));
  }

  @Test
  void what_runs_before_and_after_a_pause_adds_up() {
    each(
        some -> {
          var calendar = some.calendar();
          var due = calendar.add(some.start(), some.amount());
          var paused = some.start().plus(Duration.between(some.start(), due).dividedBy(3));
          paused = Instant.ofEpochMilli(paused.toEpochMilli());
          var resumed = paused.plus(some.more());
          var moved = calendar.add(resumed, calendar.between(paused, due));

          assertThat(calendar.between(some.start(), paused).plus(calendar.between(resumed, moved)))
              .as("%s", some)
              .isEqualTo(some.amount());
        });
  }

  @Test
  void a_later_start_never_has_the_earlier_business_day() {
    each(
        some ->
            assertThat(some.calendar().addBusinessDays(some.later(), some.days()))
                .as("%s", some)
                .isAfterOrEqualTo(some.calendar().addBusinessDays(some.start(), some.days())));
  }

  @Test
  void a_business_day_more_is_never_earlier() {
    each(
        some ->
            assertThat(some.calendar().addBusinessDays(some.start(), some.days() + 1))
                .as("%s", some)
                .isAfterOrEqualTo(some.calendar().addBusinessDays(some.start(), some.days())));
  }

  @Test
  void a_later_start_never_has_the_earlier_date() {
    each(
        some -> {
          var days = Period.ofDays(some.days());

          assertThat(some.calendar().addDays(some.later(), days))
              .as("%s", some)
              .isAfterOrEqualTo(some.calendar().addDays(some.start(), days));
        });
  }

  @Test
  void the_latest_start_is_over_in_time_and_a_moment_later_is_not() {
    each(
        some -> {
          var window = new Window(Period.ofDays(some.days()), some.amount(), some.days() % 2 == 1);
          var latest = window.latestStart(some.start(), some.calendar());

          assertThat(window.from(latest, some.calendar()))
              .as("%s", some)
              .isBeforeOrEqualTo(some.start());
          assertThat(window.from(latest.plusMillis(1), some.calendar()))
              .as("%s", some)
              .isAfter(some.start());
        });
  }

  @Test
  void the_intervals_told_add_up_to_what_is_counted() {
    each(
        some -> {
          var counted = some.calendar().counted(some.start(), some.later(), 4);
          var told =
              counted.told().stream()
                  .map(Counted.Span::length)
                  .reduce(counted.omittedOpen(), Duration::plus);

          assertThat(List.of(told, counted.open()))
              .as("%s", some)
              .containsOnly(some.calendar().between(some.start(), some.later()));
        });
  }

  private static void each(Consumer<Case> law) {
    var random = new SplittableRandom(20_261_122);
    for (var i = 0; i < TRIES; i++) {
      law.accept(any(random));
    }
  }

  private static Case any(SplittableRandom random) {
    var zone = ZoneId.of(ZONES.get(random.nextInt(ZONES.size())));
    var near = Instant.ofEpochSecond(random.nextLong(0, 2_145_916_800));
    var change = zone.getRules().nextTransition(near);
    if (change != null && random.nextInt(3) > 0) {
      near = change.getInstant();
    }
    var start = near.plusMillis(random.nextLong(-2 * 86_400_000L, 3_600_000));
    var around = LocalDate.ofInstant(start, ZoneOffset.UTC);
    var calendar =
        new Calendar(zone, Calendars.anyWeek(random), null, Calendars.anyDates(random, around, 20));
    return new Case(calendar, start, anyAmount(random), anyAmount(random), random.nextInt(5));
  }

  private static Duration anyAmount(SplittableRandom random) {
    return switch (random.nextInt(4)) {
      case 0 -> Duration.ofHours(random.nextInt(5));
      case 1 -> Duration.ofMinutes(random.nextInt(300));
      default -> Duration.ofMillis(random.nextLong(100_000_000L >> random.nextInt(12)));
    };
  }
}
