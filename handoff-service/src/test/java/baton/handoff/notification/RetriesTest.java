package baton.handoff.notification;

import static org.assertj.core.api.Assertions.assertThat;

import baton.handoff.notification.Next.Again;
import baton.handoff.notification.Next.Delivered;
import baton.handoff.notification.Next.Failed;
import baton.handoff.notification.Next.Gone;
import baton.handoff.notification.Reply.Answered;
import baton.handoff.notification.Reply.Silence;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RetriesTest {
  static final Instant NINE = Instant.parse("2026-11-20T09:00:00Z");
  static final Retries RETRIES =
      new Retries(List.of(Duration.ofSeconds(10), Duration.ofMinutes(5)));

  @ParameterizedTest
  @ValueSource(ints = {200, 201, 202, 204, 299})
  void any_success_delivers(int status) {
    assertThat(after(1, status, null)).isEqualTo(new Delivered());
  }

  @ParameterizedTest
  @ValueSource(ints = {408, 429, 500, 502, 503, 504, 599})
  void what_passes_is_tried_again(int status) {
    assertThat(after(1, status, null)).isEqualTo(new Again(Duration.ofSeconds(10)));
  }

  @ParameterizedTest
  @ValueSource(ints = {301, 302, 303, 307, 308, 400, 401, 403, 404, 405, 409, 413, 415, 422})
  void a_refusal_or_a_redirect_is_not(int status) {
    assertThat(after(1, status, null)).isEqualTo(new Failed());
  }

  @Test
  void gone_means_gone() {
    assertThat(after(1, 410, null)).isEqualTo(new Gone());
  }

  @Test
  void silence_is_tried_again_until_the_pauses_are_used_up() {
    assertThat(RETRIES.after(1, new Silence("no connection"), NINE, 0))
        .isEqualTo(new Again(Duration.ofSeconds(10)));
    assertThat(RETRIES.after(2, new Silence("no connection"), NINE, 0))
        .isEqualTo(new Again(Duration.ofMinutes(5)));
    assertThat(RETRIES.after(3, new Silence("no connection"), NINE, 0)).isEqualTo(new Failed());
  }

  @Test
  void pauses_are_spread_by_a_fifth() {
    assertThat(RETRIES.after(1, new Silence("no connection"), NINE, 1))
        .isEqualTo(new Again(Duration.ofSeconds(12)));
  }

  @ParameterizedTest(name = "Retry-After: {0}")
  @CsvSource(
      delimiter = '|',
      value = {
        "120 | PT2M",
        "3 | PT10S",
        "999999999 | PT24H",
        "99999999999999999999 | PT10S",
        "-5 | PT10S",
        "soon | PT10S",
        "Fri, 20 Nov 2026 09:30:00 GMT | PT30M",
        "Fri, 20 Nov 2026 08:30:00 GMT | PT10S",
        "Sun, 20 Dec 2026 09:00:00 GMT | PT24H"
      })
  void a_receiver_may_ask_for_a_longer_pause_within_reason(String retryAfter, Duration pause) {
    assertThat(after(1, 429, retryAfter)).isEqualTo(new Again(pause));
  }

  private static Next after(
      int tried, int status, @org.jspecify.annotations.Nullable String retryAfter) {
    return RETRIES.after(tried, new Answered(status, retryAfter, null), NINE, 0);
  }
}
