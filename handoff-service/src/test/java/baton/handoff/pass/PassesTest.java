package baton.handoff.pass;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class PassesTest {
  static final Instant NINE = Instant.parse("2026-11-20T09:00:00Z");
  static final Pass FIRST = pass(1, NINE);
  static final Pass SECOND = pass(2, NINE.plus(Duration.ofDays(30)));
  static final List<Pass> BOTH = List.of(SECOND, FIRST);

  @Test
  void a_fact_belongs_to_the_pass_it_names() {
    assertThat(Passes.of(BOTH, FIRST.passId(), SECOND.qualifiedAt())).isEqualTo(FIRST);
  }

  @Test
  void a_fact_that_names_an_unknown_pass_belongs_to_none_of_these() {
    assertThat(Passes.of(BOTH, new UUID(0, 9), NINE)).isNull();
  }

  @Test
  void a_fact_without_a_pass_belongs_to_the_latest_that_was_qualified_by_then() {
    assertThat(Passes.of(BOTH, null, SECOND.qualifiedAt().minusMillis(1))).isEqualTo(FIRST);
    assertThat(Passes.of(BOTH, null, SECOND.qualifiedAt())).isEqualTo(SECOND);
  }

  @Test
  void a_fact_from_before_every_pass_belongs_to_the_first() {
    assertThat(Passes.of(BOTH, null, NINE.minus(Duration.ofDays(2)))).isEqualTo(FIRST);
  }

  @Test
  void passes_of_the_same_moment_are_ordered_by_their_ids_as_postgresql_orders_them() {
    var low = pass(0x7f00_0000_0000_0000L, NINE);
    var high = pass(0x8000_0000_0000_0000L, NINE);

    assertThat(Passes.of(List.of(low, high), null, NINE)).isEqualTo(high);
  }

  private static Pass pass(long number, Instant qualifiedAt) {
    return new Pass(new UUID(1, number), new UUID(2, 0), new UUID(number, 0), qualifiedAt, 0);
  }
}
