package baton.reporting.money;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class RatesTest {
  private static final Rates RATES =
      new Rates(
          3,
          "EUR",
          new TreeMap<>(
              Map.of(
                  "EUR", BigDecimal.ONE,
                  "USD", new BigDecimal("0.92"),
                  "GBP", new BigDecimal("1.17"))));

  @Test
  void three_currencies_come_to_one_and_one_without_a_rate_stands_apart() {
    var purse = purse("EUR", "100.00", "USD", "50.00", "GBP", "10.05", "JPY", "900");

    var total = RATES.total(purse);

    // 100 + 50 × 0.92 + 10.05 × 1.17 = 100 + 46 + 11.7585
    assertThat(total)
        .isEqualTo(new Rates.Total("EUR", new BigDecimal("157.76"), purse("JPY", "900")));
  }

  @Test
  void another_currency_is_reached_through_the_reporting_one() {
    var total = RATES.total(purse("EUR", "92.00", "USD", "1.00", "JPY", "5"), "USD");

    assertThat(total)
        .isEqualTo(new Rates.Total("USD", new BigDecimal("101.00"), purse("JPY", "5")));
  }

  @Test
  void a_currency_without_a_rate_is_itself() {
    var total = RATES.total(purse("JPY", "900", "EUR", "1.00"), "JPY");

    assertThat(total)
        .isEqualTo(new Rates.Total("JPY", new BigDecimal("900"), purse("EUR", "1.00")));
  }

  @Test
  void a_charter_without_a_reporting_currency_adds_nothing_up() {
    assertThat(new Rates(0, null, new TreeMap<>()).total(purse("EUR", "1.00"))).isNull();
  }

  private static Purse purse(String... amounts) {
    var purse = new TreeMap<String, BigDecimal>();
    for (int i = 0; i < amounts.length; i += 2) {
      purse.put(amounts[i], new BigDecimal(amounts[i + 1]));
    }
    return Purse.of(purse);
  }
}
