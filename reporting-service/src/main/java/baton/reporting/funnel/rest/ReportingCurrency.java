package baton.reporting.funnel.rest;

import static baton.reporting.funnel.rest.ReportJson.JSON;

import baton.charter.Terms;
import baton.reporting.money.Rates;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.Currency;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Adds up amounts of several currencies, where a charter names one for that and its rates. */
record ReportingCurrency(String currency, Map<String, BigDecimal> rates) {
  ReportingCurrency {
    rates = Map.copyOf(rates);
  }

  /** Null where the charter names none. */
  static @Nullable ReportingCurrency of(Terms terms) {
    var named = terms.reportingCurrency();
    return named == null ? null : in(named, terms);
  }

  /** In any currency: the charter's rates are worth in the one that it reports in. */
  static ReportingCurrency in(Currency currency, Terms terms) {
    var code = currency.getCurrencyCode();
    var worth = Rates.of(0, terms).worth();
    var unit = worth.get(code);
    var rates = new HashMap<String, BigDecimal>();
    if (unit != null) {
      worth.forEach((from, rate) -> rates.put(from, rate.divide(unit, MathContext.DECIMAL128)));
    }
    rates.put(code, BigDecimal.ONE);
    return new ReportingCurrency(code, rates);
  }

  /** What has a rate, together. */
  BigDecimal sum(Map<String, BigDecimal> amounts) {
    var sum = BigDecimal.ZERO;
    for (var amount : amounts.entrySet()) {
      var rate = rates.get(amount.getKey());
      if (rate != null) {
        sum = sum.add(amount.getValue().multiply(rate));
      }
    }
    return sum;
  }

  /** The sum, and by itself what has no rate. */
  ObjectNode told(Map<String, BigDecimal> amounts) {
    var node = JSON.objectNode();
    node.put("amount", ReportJson.money(ReportJson.rounded(sum(amounts), currency), currency));
    node.put("currency", currency);
    var apart = new HashMap<>(amounts);
    apart.keySet().removeAll(rates.keySet());
    if (!apart.isEmpty()) {
      ReportJson.money(node, "withoutRate", new java.util.TreeMap<>(apart));
    }
    return node;
  }
}
