package baton.reporting.journey;

import static org.assertj.core.api.Assertions.assertThat;

import baton.contracts.ClockChange;
import baton.contracts.ClockStep;
import baton.contracts.HandoffStep;
import baton.contracts.LeadHandoff;
import baton.infrastructure.telling.Stepped;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class WorkedTest {
  private static final Instant NINE = Instant.parse("2026-03-02T09:00:00Z");

  @Test
  void business_time_lies_between_two_readings_of_one_calendar() {
    assertThat(new Worked(7, 90_000).since(new Worked(7, 30_000))).isEqualTo(Duration.ofMinutes(1));
    assertThat(new Worked(8, 90_000).since(new Worked(7, 30_000))).isNull();
  }

  @Test
  void a_reading_and_clocks_are_kept_with_their_step() {
    var journey = Journey.UNTRAVELLED.with(step(), (_, _) -> new Worked(7, 30_000));

    assertThat(Journey.of(journey.bytes())).isEqualTo(journey);
    assertThat(journey).isNotEqualTo(Journey.UNTRAVELLED.with(step()));
  }

  @Test
  void a_step_that_was_read_outranks_the_same_step_that_was_not() {
    var read = Journey.UNTRAVELLED.with(step(), (_, _) -> new Worked(7, 30_000));

    assertThat(read.with(step())).isEqualTo(read);
    assertThat(Journey.UNTRAVELLED.with(step()).join(read)).isEqualTo(read);
  }

  private static LeadHandoff step() {
    var random = new SplittableRandom(1);
    return Stepped.of(Lives.id(random), Lives.id(random), Lives.id(random))
        .under(1)
        .with("grace")
        .clocks(List.of(new ClockStep("decide", ClockChange.STARTED, NINE.plusSeconds(60))))
        .to(HandoffStep.OFFERED, NINE);
  }
}
