package baton.reporting.meeting;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class WeekTest {
  @ParameterizedTest
  @CsvSource({
    "2026-W01,2025-12-29,2026-01-05",
    "2026-W09,2026-02-23,2026-03-02",
    "2026-W53,2026-12-28,2027-01-04",
    "1970-W01,1969-12-29,1970-01-05"
  })
  void a_week_is_from_monday_to_monday(String word, LocalDate from, LocalDate to) {
    var week = Week.named(word).orElseThrow();

    assertThat(week.from()).isEqualTo(from);
    assertThat(week.to()).isEqualTo(to);
    assertThat(week.word()).isEqualTo(word);
    assertThat(Week.of(to.minusDays(1))).isEqualTo(week);
    assertThat(Week.of(to).before()).isEqualTo(week);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "2026-W00",
        "2025-W53",
        "2026-W54",
        "2026W09",
        "2026-W9",
        "1969-W10",
        "",
        "2026-03-01"
      })
  void no_week_is_called_so(String word) {
    assertThat(Week.named(word)).isEmpty();
  }

  /** The clocks go forward in Berlin on 29 March 2026: the week is an hour short. */
  @Test
  void a_week_begins_and_ends_in_the_zone_of_the_charter() {
    var week = Week.named("2026-W13").orElseThrow();
    var berlin = ZoneId.of("Europe/Berlin");

    assertThat(week.begins(berlin)).isEqualTo(Instant.parse("2026-03-22T23:00:00Z"));
    assertThat(week.ends(berlin)).isEqualTo(Instant.parse("2026-03-29T22:00:00Z"));
  }

  @Test
  void a_number_moves_for_what_it_is_made_of() {
    assertThat(Cause.of(Gauge.MQLS, Set.of("scoring", "sales"), Set.of("won"), true))
        .containsExactly(Cause.DEFINITION);
    assertThat(Cause.of(Gauge.MQLS, Set.of("sales"), Set.of("mql", "won"), true))
        .containsExactly(Cause.RESTATED);
    assertThat(Cause.of(Gauge.SALES_KEPT, Set.of("calendars"), Set.of("promises-excused"), true))
        .containsExactlyInAnyOrder(Cause.DEFINITION, Cause.RESTATED);
    assertThat(Cause.of(Gauge.SALES_KEPT, Set.of("scoring"), Set.of("won"), true))
        .containsExactly(Cause.BEHAVIOUR);
    assertThat(Cause.of(Gauge.MQLS, Set.of(), Set.of(), false)).containsExactly(Cause.UNFINISHED);
    assertThat(Cause.of(Gauge.ACCEPTANCE, Set.of(), Set.of(), false))
        .containsExactly(Cause.BEHAVIOUR);
  }

  @Test
  void a_decision_is_overdue_when_its_day_is_over() {
    var due = LocalDate.of(2026, 3, 20);
    var decision =
        new Decision(
            new UUID(0, 1),
            Week.of(due),
            "Call within the hour",
            "grace",
            due,
            Instant.EPOCH,
            null);

    assertThat(decision.isOverdue(due)).isFalse();
    assertThat(decision.isOverdue(due.plusDays(1))).isTrue();
  }
}
