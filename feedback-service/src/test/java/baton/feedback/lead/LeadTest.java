package baton.feedback.lead;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class LeadTest {
  private static final UUID ADA = new UUID(7, 1);
  private static final UUID FIRST = new UUID(7, 2);
  private static final UUID SECOND = new UUID(7, 3);
  private static final Instant NINE = Instant.parse("2026-11-23T09:00:00Z");

  static Stream<Arguments> a_fact_belongs_to_the_latest_pass_begun_by_then_else_to_the_first() {
    return Stream.of(
        Arguments.of(NINE.minusSeconds(1), FIRST),
        Arguments.of(NINE, FIRST),
        Arguments.of(NINE.plusSeconds(59), FIRST),
        Arguments.of(NINE.plusSeconds(60), SECOND),
        Arguments.of(NINE.plusSeconds(600), SECOND));
  }

  @ParameterizedTest
  @MethodSource
  void a_fact_belongs_to_the_latest_pass_begun_by_then_else_to_the_first(
      Instant occurredAt, @Nullable UUID passId) {
    var lead =
        new Lead(
            ADA,
            List.of(new Pass(SECOND, ADA, NINE.plusSeconds(60)), new Pass(FIRST, ADA, NINE)),
            List.of());

    assertThat(lead.passAt(occurredAt)).isEqualTo(passId);
  }

  @ParameterizedTest
  @MethodSource("a_fact_belongs_to_the_latest_pass_begun_by_then_else_to_the_first")
  void a_fact_of_a_lead_without_a_pass_belongs_to_none(Instant occurredAt) {
    var lead = new Lead(ADA, List.of(), List.of());

    assertThat(lead.passAt(occurredAt)).isNull();
  }

  @Test
  void a_pass_of_another_that_is_one_with_it_is_left_to_be_found_by_its_time() {
    var twin = new UUID(7, 4);
    var lead =
        new Lead(
            ADA,
            List.of(new Pass(FIRST, ADA, NINE), new Pass(SECOND, twin, NINE.plusSeconds(60))),
            List.of(),
            Set.of(ADA, twin),
            false);

    assertThat(lead.passAt(NINE)).isEqualTo(FIRST);
    assertThat(lead.passAt(NINE.plusSeconds(60))).isNull();
    assertThat(lead.keptBy(twin).passAt(NINE.plusSeconds(60))).isEqualTo(SECOND);
  }
}
