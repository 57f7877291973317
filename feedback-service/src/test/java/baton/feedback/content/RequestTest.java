package baton.feedback.content;

import static baton.contracts.RequestStep.ACCEPTED;
import static baton.contracts.RequestStep.CONFIRMED;
import static baton.contracts.RequestStep.DECLINED;
import static baton.contracts.RequestStep.DELIVERED;
import static baton.contracts.RequestStep.REQUESTED;
import static org.assertj.core.api.Assertions.assertThat;

import baton.contracts.RequestStep;
import baton.feedback.content.Request.Answer;
import baton.feedback.content.Request.Verdict;
import java.time.Instant;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class RequestTest {
  private static final Instant NINE = Instant.parse("2026-03-02T09:00:00Z");
  private static final Instant TEN = Instant.parse("2026-03-02T10:00:00Z");

  static Set<Arguments> what_may_become_of_it() {
    return Set.of(
        Arguments.of(REQUESTED, EnumSet.of(ACCEPTED, DELIVERED, DECLINED)),
        Arguments.of(ACCEPTED, EnumSet.of(DELIVERED, DECLINED)),
        Arguments.of(DELIVERED, EnumSet.of(CONFIRMED)),
        Arguments.of(CONFIRMED, EnumSet.noneOf(RequestStep.class)),
        Arguments.of(DECLINED, EnumSet.noneOf(RequestStep.class)));
  }

  @ParameterizedTest(name = "{0}: {1}")
  @MethodSource
  void what_may_become_of_it(RequestStep state, Set<RequestStep> next) {
    var possible =
        Arrays.stream(RequestStep.values())
            .filter(
                step ->
                    request(state).answered(new Answer(step, null, TEN, true, 2))
                        instanceof Verdict.Moved)
            .collect(Collectors.toSet());

    assertThat(possible).isEqualTo(next);
  }

  @Test
  void an_answer_is_the_next_revision_of_the_same_request() {
    var asked = request(REQUESTED);

    var verdict = asked.answered(new Answer(DELIVERED, "it is on the wiki", TEN, true, 2));

    assertThat(verdict)
        .isEqualTo(
            new Verdict.Moved(
                new Request(
                    asked.requestId(),
                    2,
                    DELIVERED,
                    TEN,
                    2,
                    NINE,
                    "price",
                    null,
                    "cfo",
                    "what does it save?",
                    "it is on the wiki",
                    "grace")));
  }

  @Test
  void nothing_is_answered_before_it_was_asked() {
    var verdict =
        request(REQUESTED).answered(new Answer(DELIVERED, null, NINE.minusMillis(1), true, 2));

    assertThat(verdict).isEqualTo(new Verdict.TooEarly(NINE));
  }

  @Test
  void an_answer_without_a_time_of_its_own_is_no_earlier_than_what_it_answers() {
    var verdict =
        request(REQUESTED).answered(new Answer(DELIVERED, null, NINE.minusMillis(1), false, 2));

    assertThat(verdict)
        .isInstanceOfSatisfying(
            Verdict.Moved.class,
            moved -> {
              assertThat(moved.request().since()).isEqualTo(NINE);
              assertThat(moved.request().charterVersion()).isEqualTo(1);
            });
  }

  private static Request request(RequestStep state) {
    return new Request(
        new UUID(0, 1),
        1,
        state,
        NINE,
        1,
        NINE,
        "price",
        null,
        "cfo",
        "what does it save?",
        null,
        "grace");
  }
}
