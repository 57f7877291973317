package baton.reporting.funnel.rest;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import baton.charter.Agreement;
import baton.charter.Form;
import baton.charter.Read;
import java.math.BigDecimal;
import java.util.Currency;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ReportingCurrencyTest {
  private static final Map<String, BigDecimal> AMOUNTS =
      Map.of(
          "EUR", new BigDecimal("1000.00"),
          "USD", new BigDecimal("500.00"),
          "JPY", new BigDecimal("9000"));

  @Test
  void a_goal_of_another_currency_than_the_charter_reports_in_is_told_in_its_own() {
    var charter = charter("reportingCurrency: EUR\nrates: { USD: \"0.50\" }\n");

    var dollars = ReportingCurrency.in(Currency.getInstance("USD"), charter.terms());

    // 500 + 1000 ÷ 0.50; yen have no rate
    assertThat(dollars.sum(AMOUNTS)).isEqualByComparingTo("2500.00");
  }

  @Test
  void without_rates_a_currency_is_itself() {
    var yen = ReportingCurrency.in(Currency.getInstance("JPY"), charter("").terms());

    assertThat(yen.sum(AMOUNTS)).isEqualByComparingTo("9000");
  }

  private static Agreement charter(String money) {
    var text =
        """
        name: Of money
        %scalendars:
          default: { zone: UTC, week: { mon: ["08:00-18:00"] } }
        personas: [ { id: all, name: All, when: 'true', ready: { score: 1 } } ]
        """
            .formatted(money);
    return switch (Agreement.read(text.getBytes(UTF_8), Form.YAML)) {
      case Read.Good(var agreement) -> agreement;
      case Read.Faulty(var faults) -> throw new AssertionError(faults);
    };
  }
}
