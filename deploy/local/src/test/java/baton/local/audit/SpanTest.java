package baton.local.audit;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class SpanTest {
  @Test
  void those_to_whom_it_never_came_are_the_slowest() {
    var span = new Span(new long[] {3000, 1000, 2000}, 2);

    assertThat(span.percentile(0.5)).isEqualTo(Duration.ofSeconds(3));
    assertThat(span.percentile(0.6)).isEqualTo(Duration.ofSeconds(3));
    assertThat(span.percentile(0.9)).isNull();
    assertThat(new Span(new long[0], 0).percentile(0.5)).isNull();
  }
}
