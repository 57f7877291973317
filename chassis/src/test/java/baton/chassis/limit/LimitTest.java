package baton.chassis.limit;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.bucket4j.TimeMeter;
import java.time.Duration;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class LimitTest {
  private static final Duration MINUTE = Duration.ofMinutes(1);

  private final HandSetTime time = new HandSetTime();
  private final Limit limit = new Limit("report", 3, MINUTE, time);

  @Test
  void a_limit_says_itself_and_what_is_left_of_it() {
    var first = limit.take("ada");

    assertThat(limit.policy()).isEqualTo("\"report\";q=3;w=60");
    assertThat(limit.left(first)).isEqualTo("\"report\";r=2;t=20");
  }

  @Test
  void one_too_many_is_told_when_it_may_come_again() {
    take("ada", 3);

    var refused = limit.take("ada");

    assertThat(refused).isEqualTo(new Limit.Standing(false, 0, 60, Duration.ofSeconds(20)));
    assertThat(limit.isSpent("ada")).isTrue();
  }

  @Test
  void what_one_spends_the_other_keeps() {
    take("ada", 3);

    assertThat(limit.take("grace").isGranted()).isTrue();
  }

  @Test
  void it_fills_again_bit_by_bit() {
    take("ada", 3);

    time.pass(Duration.ofSeconds(20));

    assertThat(limit.take("ada").isGranted()).isTrue();
    assertThat(limit.take("ada").isGranted()).isFalse();
  }

  @Test
  void who_was_never_seen_has_spent_nothing() {
    assertThat(limit.isSpent("linus")).isFalse();
  }

  @Test
  void a_quota_of_nothing_is_no_limit() {
    assertThat(new Limit("report", 0, MINUTE, time).isOn()).isFalse();
  }

  private void take(String who, int times) {
    IntStream.range(0, times).forEach(_ -> limit.take(who));
  }

  private static final class HandSetTime implements TimeMeter {
    private long nanos;

    void pass(Duration time) {
      nanos += time.toNanos();
    }

    @Override
    public long currentTimeNanos() {
      return nanos;
    }

    @Override
    public boolean isWallClockBased() {
      return false;
    }
  }
}
