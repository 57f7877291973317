package baton.reporting.money;

import baton.charter.Terms;
import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.Collections;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What a version of the charter says that currencies are worth.
 *
 * @param reporting the currency that it reports in; null where it names none
 * @param worth of one unit of a currency, in the reporting one, which is worth 1
 */
public record Rates(
    int charterVersion, @Nullable String reporting, SortedMap<String, BigDecimal> worth) {
  public Rates {
    worth = Collections.unmodifiableSortedMap(new TreeMap<>(worth));
  }

  /** What amounts come to in one currency; {@code apart} are those without a rate. */
  public record Total(String currency, BigDecimal amount, Purse apart) {}

  public static Rates of(int charterVersion, Terms terms) {
    var reporting = terms.reportingCurrency();
    if (reporting == null) {
      return new Rates(charterVersion, null, new TreeMap<>());
    }
    var worth = new TreeMap<String, BigDecimal>();
    terms.rates().forEach((currency, rate) -> worth.put(currency.getCurrencyCode(), rate));
    worth.put(reporting.getCurrencyCode(), BigDecimal.ONE);
    return new Rates(charterVersion, reporting.getCurrencyCode(), worth);
  }

  /** In the reporting currency; null where the charter names none. */
  public @Nullable Total total(Purse purse) {
    return reporting == null ? null : total(purse, reporting);
  }

  /** In some currency: its own amount as it is, the others where both have a rate. */
  public Total total(Purse purse, String currency) {
    var sum = BigDecimal.ZERO;
    var apart = new TreeMap<String, BigDecimal>();
    var unit = worth.get(currency);
    for (Map.Entry<String, BigDecimal> amount : purse.amounts().entrySet()) {
      var rate = worth.get(amount.getKey());
      if (amount.getKey().equals(currency)) {
        sum = sum.add(amount.getValue());
      } else if (rate == null || unit == null) {
        apart.put(amount.getKey(), amount.getValue());
      } else {
        sum =
            sum.add(
                rounded(
                    amount.getValue().multiply(rate).divide(unit, MathContext.DECIMAL128),
                    currency));
      }
    }
    return new Total(currency, sum, new Purse(apart));
  }

  /** To as many decimals as the currency has, half to even. */
  public static BigDecimal rounded(BigDecimal amount, String currency) {
    return amount.setScale(Digits.of(currency), RoundingMode.HALF_EVEN);
  }
}
