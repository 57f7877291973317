package baton.reporting.funnel.rest;

import static baton.reporting.funnel.rest.ReportJson.JSON;

import baton.charter.Terms;
import baton.reporting.money.Rates;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigDecimal;
import java.util.Currency;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Adds up amounts of several currencies, where a charter names one for that and its rates. */
record ReportingCurrency(String currency, Rates rates) {
  /** Null where the charter names none. */
  static @Nullable ReportingCurrency of(Terms terms) {
    var named = terms.reportingCurrency();
    return named == null ? null : in(named, terms);
  }

  /** In any currency: the charter's rates are worth in the one that it reports in. */
  static ReportingCurrency in(Currency currency, Terms terms) {
    return new ReportingCurrency(currency.getCurrencyCode(), Rates.of(0, terms));
  }

  /** What has a rate, together. */
  BigDecimal sum(Map<String, BigDecimal> amounts) {
    var sum = BigDecimal.ZERO;
    for (var amount : amounts.entrySet()) {
      var converted = converted(amount);
      if (converted != null) {
        sum = sum.add(converted);
      }
    }
    return sum;
  }

  /** The sum, and by itself what has no rate. */
  ObjectNode told(Map<String, BigDecimal> amounts) {
    var node = JSON.objectNode();
    node.put("amount", ReportJson.money(Rates.rounded(sum(amounts), currency), currency));
    node.put("currency", currency);
    var apart = new TreeMap<>(amounts);
    apart.entrySet().removeIf(amount -> converted(amount) != null);
    if (!apart.isEmpty()) {
      ReportJson.money(node, "withoutRate", apart);
    }
    return node;
  }

  private @Nullable BigDecimal converted(Map.Entry<String, BigDecimal> amount) {
    return rates.converted(amount.getValue(), amount.getKey(), currency);
  }
}
