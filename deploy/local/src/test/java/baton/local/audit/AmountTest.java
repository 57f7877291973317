package baton.local.audit;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AmountTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "0.0 | 0.0 | ''",
        "1250 | 1250 | ''",
        "1,250.50 | 1250.50 | ''",
        "1.250,50 € | 1250.50 | EUR",
        "€ 1.250.000 | 1250000 | EUR",
        "1,250 | 1250 | ''",
        "12,5 | 12.5 | ''",
        "-1 250,00 GBP | -1250.00 | GBP",
        "1'250.00 | 1250.00 | ''"
      })
  void money_is_read_as_spreadsheets_have_it(String text, BigDecimal value, String currency) {
    assertThat(Amount.read(text, null)).isEqualTo(new Amount(value, currency));
  }

  @Test
  void what_has_no_figures_is_no_amount() {
    assertThat(Amount.read("tbd", "EUR")).isNull();
  }
}
