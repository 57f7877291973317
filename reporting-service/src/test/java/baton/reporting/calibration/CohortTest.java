package baton.reporting.calibration;

import static baton.reporting.attribution.Told.id;
import static org.assertj.core.api.Assertions.assertThat;

import baton.reporting.journey.Stage;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class CohortTest {
  private static final Instant NINE = Instant.parse("2026-03-02T09:00:00Z");

  /** Ten leads a day apart, won after one to ten days: nine of ten within nine. */
  private static final List<Subject> TEN = ten();

  @Test
  void who_was_captured_later_than_success_takes_is_immature() {
    var cohort = Cohort.of(TEN, trial(null), day(15));

    assertThat(cohort.horizon()).isEqualTo(Duration.ofDays(9));
    // captured on days 0 to 6: the 6th is nine days before the 15th
    assertThat(cohort.size()).isEqualTo(7);
    assertThat(cohort.immature()).isEqualTo(3);
    assertThat(cohort.train()).isEqualTo(4);
    assertThat(cohort.success()).containsOnly(true);
  }

  @Test
  void within_so_many_days_later_successes_are_none() {
    var cohort = Cohort.of(TEN, trial(3), day(15));

    assertThat(cohort.size()).isEqualTo(10);
    assertThat(cohort.successes(0, 10)).isEqualTo(3);
  }

  @Test
  void who_was_never_handed_over_is_looked_at_when_nearly_all_others_were() {
    var never = subject(20, null, null);
    var leads = new ArrayList<>(TEN);
    leads.add(never);

    var cohort = Cohort.of(leads, trial(0), day(99));

    assertThat(cohort.judged().getFirst()).isEqualTo(day(0).plus(Duration.ofHours(1)));
    // handed over after one to ten hours: nine of ten within nine
    assertThat(cohort.judged().getLast()).isEqualTo(day(20).plus(Duration.ofHours(9)));
  }

  @Test
  void success_before_the_capture_took_no_time() {
    var cohort = Cohort.of(List.of(subject(5, null, day(3))), trial(null), day(5));

    assertThat(cohort.horizon()).isEqualTo(Duration.ZERO);
    assertThat(cohort.success()).containsExactly(true);
  }

  private static List<Subject> ten() {
    var ten = new ArrayList<Subject>();
    for (int i = 0; i < 10; i++) {
      ten.add(subject(i, day(i).plus(Duration.ofHours(i + 1)), day(i + i + 1)));
    }
    return List.copyOf(ten);
  }

  private static Subject subject(int number, @Nullable Instant handed, @Nullable Instant won) {
    return new Subject(id(number), day(number), handed, won, null, null, List.of());
  }

  private static Instant day(int number) {
    return NINE.plus(Duration.ofDays(number));
  }

  private static Trial trial(@Nullable Integer withinDays) {
    return new Trial(Stage.WON, null, null, withinDays, Set.of(), Set.of());
  }
}
