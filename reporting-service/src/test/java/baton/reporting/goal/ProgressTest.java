package baton.reporting.goal;

import static org.assertj.core.api.Assertions.assertThat;

import baton.charter.Goal;
import baton.charter.time.Calendar;
import baton.charter.time.Hours;
import baton.contracts.Side;
import java.math.BigDecimal;
import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.Currency;
import java.util.EnumMap;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * April 2026 has 30 days, 22 of them from Monday to Friday: with Friday the 3rd and Monday the 6th
 * closed there are 20 business days.
 */
class ProgressTest {
  private static final ZoneId KIRITIMATI = ZoneId.of("Pacific/Kiritimati"); // UTC+14
  private static final Calendar OFFICE = office();

  @ParameterizedTest
  @CsvSource({
    // at,               actual, pacing,  forecast, outlook
    "2026-03-31T12:00,   0,      ,        ,         TOO_EARLY",
    "2026-04-01T08:00,   0,      ,        ,         TOO_EARLY",
    // nine of twenty days: 90 of 200 × 9 ÷ 20
    "2026-04-16T08:00,   90,     1,       200,      ON_TRACK",
    // and half of the tenth: 76 ÷ (200 × 9.5 ÷ 20) = 0.8; 76 × 20 ÷ 9.5 = 160
    "2026-04-16T13:00,   76,     0.8,     160,      AT_RISK",
    "2026-04-16T13:00,   200,    2.105263157894737, 421, REACHED",
    // the evening of the last day: all business days are over
    "2026-04-30T20:00,   150,    0.75,    150,      MISSED",
    "2026-05-01T00:00,   150,    0.75,    150,      MISSED",
    "2026-05-01T00:00,   200,    1,       200,      REACHED",
  })
  void a_count_is_paced_by_business_days(
      LocalDateTime at,
      BigDecimal actual,
      @Nullable BigDecimal pacing,
      @Nullable BigDecimal forecast,
      Progress.Outlook outlook) {
    var progress = progress("mql", "200", null, Actual.of(actual), at);

    assertThat(number(progress.pacing())).isEqualTo(number(pacing));
    assertThat(number(progress.forecast())).isEqualTo(number(forecast));
    assertThat(progress.outlook()).isEqualTo(outlook);
  }

  @Test
  void money_is_forecast_to_the_cent() {
    var progress =
        progress(
            "revenue", "3000.00", "EUR", Actual.of(new BigDecimal("1000.00")), "2026-04-14T08:00");

    // seven of twenty days: 1000 × 20 ÷ 7
    assertThat(progress.forecast()).isEqualTo(new BigDecimal("2857.14"));
    assertThat(progress.attained()).isEqualByComparingTo("0.3333333333333333");
  }

  @ParameterizedTest
  @CsvSource({
    "acceptance,     0.80, 0.85, ON_TRACK",
    "acceptance,     0.80, 0.75, AT_RISK",
    "rejection-rate, 0.20, 0.10, ON_TRACK",
    "rejection-rate, 0.20, 0.30, AT_RISK",
    "win-rate,       0.20, ,     TOO_EARLY",
  })
  void a_share_is_as_it_is_until_the_period_is_over(
      String metric, String target, @Nullable BigDecimal actual, Progress.Outlook outlook) {
    var progress = progress(metric, target, null, Actual.of(actual), "2026-04-16T08:00");

    assertThat(progress.pacing()).isNull();
    assertThat(progress.forecast()).isEqualTo(actual);
    assertThat(progress.outlook()).isEqualTo(outlook);
  }

  @Test
  void a_month_begins_when_it_begins_in_the_calendars_zone() {
    var lastOfMarchInUtc = Instant.parse("2026-03-31T22:00:00Z"); // noon of April the 1st there

    var progress =
        Progress.of(goal("mql", "200", null), Actual.of(10), OFFICE, KIRITIMATI, lastOfMarchInUtc);

    // 4 of 10 open hours of the first of twenty days
    assertThat(progress.gone()).isEqualByComparingTo("0.02");
    assertThat(progress.pacing()).isEqualByComparingTo("2.5");
  }

  private static @Nullable Double number(@Nullable BigDecimal exact) {
    return exact == null ? null : exact.doubleValue();
  }

  private static Progress progress(
      String metric, String target, @Nullable String currency, Actual actual, String at) {
    return progress(metric, target, currency, actual, LocalDateTime.parse(at));
  }

  private static Progress progress(
      String metric, String target, @Nullable String currency, Actual actual, LocalDateTime at) {
    return Progress.of(
        goal(metric, target, currency),
        actual,
        OFFICE,
        KIRITIMATI,
        at.atZone(KIRITIMATI).toInstant());
  }

  private static Goal goal(String metric, String target, @Nullable String currency) {
    return new Goal(
        "april",
        metric,
        new BigDecimal(target),
        currency == null ? null : Currency.getInstance(currency),
        LocalDate.parse("2026-04-01"),
        LocalDate.parse("2026-05-01"),
        Set.of(Side.MARKETING),
        List.of());
  }

  private static Calendar office() {
    var week = new EnumMap<DayOfWeek, List<Hours>>(DayOfWeek.class);
    for (var day : DayOfWeek.values()) {
      if (day.getValue() < 6) {
        week.put(day, List.of(Hours.of("08:00-18:00")));
      }
    }
    return new Calendar(
        KIRITIMATI,
        week,
        null,
        Set.of(LocalDate.parse("2026-04-03"), LocalDate.parse("2026-04-06")));
  }
}
