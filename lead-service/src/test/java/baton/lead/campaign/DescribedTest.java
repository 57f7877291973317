package baton.lead.campaign;

import static org.assertj.core.api.Assertions.assertThat;

import baton.contracts.Campaign;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DescribedTest {
  private static final Instant MONDAY = Instant.parse("2026-03-02T09:00:00Z");
  private static final Instant TUESDAY = Instant.parse("2026-03-03T09:00:00Z");

  @Test
  void a_first_day_is_announced_when_it_is_first_said() {
    var described =
        Described.as(plan("Spring", "2026-04-01"), Campaign.stub("spring", MONDAY, 0), MONDAY, 3);

    assertThat(described.announced()).isEqualTo(new Announcement(MONDAY, 3));
  }

  @Test
  void a_first_day_that_stays_was_announced_before() {
    var described = Described.as(plan("Spring!", "2026-04-01"), campaign("2026-04-01"), TUESDAY, 4);

    assertThat(described.announced()).isEqualTo(new Announcement(MONDAY, 3));
    assertThat(described.reviewsHold()).isTrue();
  }

  @Test
  void another_first_day_is_announced_now_and_has_to_be_reviewed() {
    var described = Described.as(plan("Spring", "2026-03-15"), campaign("2026-04-01"), TUESDAY, 4);

    assertThat(described.announced()).isEqualTo(new Announcement(TUESDAY, 4));
    assertThat(described.reviewsHold()).isFalse();
  }

  @Test
  void without_a_first_day_nothing_is_announced() {
    var described = Described.as(plan("Spring", null), campaign("2026-04-01"), TUESDAY, 4);

    assertThat(described.announced()).isNull();
  }

  @ParameterizedTest
  @CsvSource({
    ",           ,           ,          PLANNED",
    "2026-03-04, ,           ,          PLANNED",
    "2026-03-04, ,           IN_REVIEW, IN_REVIEW",
    "2026-03-04, ,           APPROVED,  APPROVED",
    "2026-03-03, ,           APPROVED,  LIVE",
    "2026-03-03, 2026-03-03, ,          LIVE",
    "2026-03-01, 2026-03-02, APPROVED,  ENDED",
    "2026-03-01, 2026-03-02, REJECTED,  REJECTED",
    "2026-03-03, ,           REJECTED,  REJECTED",
  })
  void a_campaign_stands_where_its_dates_and_reviews_put_it(
      @Nullable LocalDate startsOn,
      @Nullable LocalDate endsOn,
      @Nullable State review,
      State state) {
    assertThat(State.on(LocalDate.parse("2026-03-03"), startsOn, endsOn, review)).isEqualTo(state);
  }

  private static Plan plan(String name, @Nullable String startsOn) {
    return new Plan(
        name,
        "white paper",
        null,
        null,
        null,
        null,
        null,
        startsOn == null ? null : LocalDate.parse(startsOn),
        null,
        List.of(),
        List.of());
  }

  private static Campaign campaign(String startsOn) {
    return new Campaign(
        "spring",
        MONDAY,
        3,
        1,
        false,
        "Spring",
        "white paper",
        null,
        null,
        "grete",
        LocalDate.parse(startsOn),
        null,
        List.of(),
        List.of(),
        null,
        null,
        List.of(),
        MONDAY,
        3,
        List.of());
  }
}
