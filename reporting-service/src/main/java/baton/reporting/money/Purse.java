package baton.reporting.money;

import java.math.BigDecimal;
import java.util.Collections;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/** Amounts by currency, never added across them; those of nothing are left out. */
public record Purse(SortedMap<String, BigDecimal> amounts) {
  public static final Purse EMPTY = new Purse(new TreeMap<>());

  public Purse {
    var kept = new TreeMap<>(amounts);
    kept.values().removeIf(amount -> amount.signum() == 0);
    amounts = Collections.unmodifiableSortedMap(kept);
  }

  public static Purse of(Map<String, BigDecimal> amounts) {
    return new Purse(new TreeMap<>(amounts));
  }

  public BigDecimal in(String currency) {
    return amounts.getOrDefault(currency, BigDecimal.ZERO);
  }

  public Purse plus(Purse other) {
    var sums = new TreeMap<>(amounts);
    other.amounts.forEach((currency, amount) -> sums.merge(currency, amount, BigDecimal::add));
    return new Purse(sums);
  }
}
