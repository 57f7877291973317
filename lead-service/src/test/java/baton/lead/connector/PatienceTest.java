package baton.lead.connector;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PatienceTest {
  private static final Instant NINE = Instant.parse("2026-11-20T09:00:00Z");

  @ParameterizedTest
  @CsvSource({
    "1,        , 0, PT15S",
    "1,        , 1, PT18S",
    "2,        , 0, PT30S",
    "11,       , 0, PT4H16M",
    "12,       , 0, PT8H",
    "15,       , 0, PT8H",
    "16,       , 0, ",
    "1, PT2M   , 0, PT2M",
    "4, PT2M   , 0, PT2M",
    "5, PT2M   , 0, PT4M",
    "1, P2D    , 0, PT8H"
  })
  void a_vendor_is_asked_ever_more_seldom_and_never_before_it_likes(
      int attempts, @Nullable Duration asked, double jitter, @Nullable Duration pause) {
    assertThat(Patience.next(attempts, asked, NINE, jitter))
        .isEqualTo(pause == null ? null : NINE.plus(pause));
  }
}
