package baton.reporting.spend;

import static org.assertj.core.api.Assertions.assertThat;

import baton.reporting.money.Purse;
import baton.reporting.money.Rates;
import baton.reporting.spend.Roi.Reached;
import java.math.BigDecimal;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class RoiTest {
  private static final Rates RATES =
      new Rates(
          1, "EUR", new TreeMap<>(Map.of("EUR", BigDecimal.ONE, "USD", new BigDecimal("0.50"))));

  @Test
  void a_cost_is_the_spend_by_how_many_it_brought() {
    var roi = new Roi(purse("EUR", "1000.00", "JPY", "700"), new Reached(30, 8, 3, 0), Purse.EMPTY);

    assertThat(roi.costPer(30)).isEqualTo(purse("EUR", "33.33", "JPY", "23"));
    assertThat(roi.costPer(8)).isEqualTo(purse("EUR", "125.00", "JPY", "88"));
    assertThat(roi.costPer(0)).isEqualTo(Purse.EMPTY);
  }

  @Test
  void a_return_is_what_is_left_by_what_was_spent() {
    var roi =
        new Roi(
            purse("EUR", "200.00", "USD", "50.00"),
            new Reached(1, 1, 1, 1),
            purse("EUR", "500.00", "GBP", "9.00"));

    var returns = roi.returns();

    assertThat(returns).containsOnlyKeys("EUR", "GBP", "USD");
    assertThat(returns.get("EUR")).isEqualByComparingTo("1.5");
    assertThat(returns.get("USD")).isEqualByComparingTo("-1");
    assertThat(returns.get("GBP")).as("nothing was spent").isNull();
  }

  @Test
  void in_the_charters_currency_all_of_it_counts_together() {
    var roi =
        new Roi(
            purse("EUR", "100.00", "USD", "200.00", "JPY", "5"),
            new Reached(4, 2, 1, 1),
            purse("USD", "1000.00"));

    var one = Objects.requireNonNull(roi.in(RATES));

    assertThat(one)
        .isEqualTo(
            new Roi(purse("EUR", "200.00"), new Reached(4, 2, 1, 1), purse("EUR", "500.00")));
    assertThat(one.returned("EUR")).isEqualByComparingTo("1.5");
    assertThat(one.costPer(4)).isEqualTo(purse("EUR", "50.00"));
  }

  @Test
  void without_spend_there_is_no_cost_and_no_return() {
    var roi = new Roi(Purse.EMPTY, new Reached(3, 1, 0, 0), purse("EUR", "10.00"));

    assertThat(roi.costPer(3)).isEqualTo(Purse.EMPTY);
    assertThat(roi.returned("EUR")).isNull();
  }

  private static Purse purse(String... amounts) {
    var purse = new TreeMap<String, BigDecimal>();
    for (int i = 0; i < amounts.length; i += 2) {
      purse.put(amounts[i], new BigDecimal(amounts[i + 1]));
    }
    return Purse.of(purse);
  }
}
