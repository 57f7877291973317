package baton.local.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.LocalDate;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class CompanyTest {
  private static final Instant NOVEMBER = Instant.parse("2026-11-22T09:00:00Z");
  private static final Quarter SUMMER = Quarter.settledBy(NOVEMBER);

  @Test
  void the_quarter_is_the_latest_whose_deals_have_had_a_month() {
    var quarters =
        Stream.of("2026-11-22T09:00:00Z", "2026-10-15T09:00:00Z", "2026-01-31T00:00:00Z")
            .map(now -> Quarter.settledBy(Instant.parse(now)));

    assertThat(quarters)
        .containsExactly(
            new Quarter(LocalDate.parse("2026-07-01"), LocalDate.parse("2026-10-01")),
            new Quarter(LocalDate.parse("2026-04-01"), LocalDate.parse("2026-07-01")),
            new Quarter(LocalDate.parse("2025-10-01"), LocalDate.parse("2026-01-01")));
  }

  @Test
  void more_leads_do_not_change_the_first_ones() {
    var few = company(7, 200).stories().toList();
    var many = company(7, 400).stories().limit(200).toList();

    assertThat(many).isEqualTo(few);
    assertThat(company(8, 200).stories().toList()).isNotEqualTo(few);
  }

  @Test
  void a_quarter_narrows_to_wins_as_a_plausible_one_does() {
    var expected = Expected.of(company(7, 20_000).stories().toList());

    assertThat(expected.captured()).isEqualTo(20_000);
    assertThat(expected.mql()).isBetween(5_000, 6_000);
    assertThat(expected.sal()).isBetween(4_000, 5_000);
    assertThat(expected.sql()).isBetween(2_000, 3_000);
    assertThat(expected.won()).isBetween(400, 900);
  }

  @Test
  void nothing_happens_before_the_quarter_or_after_now() {
    var times =
        company(7, 5_000)
            .stories()
            .flatMap(
                story ->
                    Stream.of(
                            Stream.of(story.capture()),
                            story.repeats().stream(),
                            story.touches().stream(),
                            Stream.ofNullable(story.chase())
                                .flatMap(chase -> chase.outcomes().stream()),
                            Stream.ofNullable(story.chase())
                                .flatMap(chase -> chase.steps().stream())
                                .map(Chase.Step::body))
                        .flatMap(bodies -> bodies))
            .map(body -> Instant.parse(body.path("occurredAt").asText()));

    assertThat(times).allMatch(at -> !at.isBefore(SUMMER.begin()) && at.isBefore(NOVEMBER));
  }

  private static Company company(long seed, int leads) {
    return new Company(seed, leads, SUMMER, NOVEMBER);
  }
}
