package baton.handoff.charter.kafka;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import baton.chassis.charter.Charters;
import baton.chassis.problem.Problem;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class OneMinuteTest {
  private Instant now = Instant.parse("2026-11-20T09:00:00Z");
  private final OneMinute patience = new OneMinute(new Charters(), () -> now);

  @Test
  void a_charter_nobody_tells_of_is_awaited_for_a_minute_and_then_given_up() {
    assertThatThrownBy(() -> patience.await(7)).isInstanceOf(Problem.class);
    now = now.plus(Duration.ofSeconds(59));
    assertThatThrownBy(() -> patience.await(7)).isInstanceOf(Problem.class);

    now = now.plus(Duration.ofSeconds(1));

    assertThatThrownBy(() -> patience.await(7)).isInstanceOf(IllegalStateException.class);
    assertThatThrownBy(() -> patience.await(8)).isInstanceOf(Problem.class);
    assertThatCode(() -> patience.await(0)).doesNotThrowAnyException();
  }
}
