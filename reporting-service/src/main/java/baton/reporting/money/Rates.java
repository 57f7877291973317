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
    for (Map.Entry<String, BigDecimal> amount : purse.amounts().entrySet()) {
      var from = amount.getKey();
      var converted = converted(amount.getValue(), from, currency);
      if (converted == null) {
        apart.put(from, amount.getValue());
      } else {
        sum = sum.add(from.equals(currency) ? converted : rounded(converted, currency));
      }
    }
    return new Total(currency, sum, new Purse(apart));
  }

  /** What an amount of one currency is in another, unrounded; null where one has no rate. */
  public @Nullable BigDecimal converted(BigDecimal amount, String from, String to) {
    if (from.equals(to)) {
      return amount;
    }
    var rate = worth.get(from);
    var unit = worth.get(to);
    return rate == null || unit == null
        ? null
        : amount.multiply(rate).divide(unit, MathContext.DECIMAL128);
  }

  /** To as many decimals as the currency has, half to even. */
  public static BigDecimal rounded(BigDecimal amount, String currency) {
    return amount.setScale(Digits.of(currency), RoundingMode.HALF_EVEN);
  }
}
