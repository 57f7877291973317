package baton.reporting.spend;

import baton.reporting.money.Purse;
import baton.reporting.money.Rates;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * What was spent in a window, what came of it in the same window, and what that is worth.
 *
 * @param revenue what the attribution credits with it
 */
public record Roi(Purse spend, Reached reached, Purse revenue) {
  public static final Roi NONE = new Roi(Purse.EMPTY, new Reached(0, 0, 0, 0), Purse.EMPTY);

  /** How many got how far. An MQL that is only inferred is none of marketing's. */
  public record Reached(long leads, long mqls, long sqls, long customers) {
    Reached plus(Reached other) {
      return new Reached(
          leads + other.leads, mqls + other.mqls, sqls + other.sqls, customers + other.customers);
    }
  }

  public Roi plus(Roi other) {
    return new Roi(
        spend.plus(other.spend), reached.plus(other.reached), revenue.plus(other.revenue));
  }

  public boolean isNothing() {
    return equals(NONE);
  }

  /** What one of so many cost, by currency; nothing where there is none. */
  public Purse costPer(long count) {
    var costs = new TreeMap<String, BigDecimal>();
    if (count != 0) {
      spend
          .amounts()
          .forEach(
              (currency, amount) ->
                  costs.put(
                      currency,
                      Rates.rounded(
                          amount.divide(BigDecimal.valueOf(count), MathContext.DECIMAL128),
                          currency)));
    }
    return Purse.of(costs);
  }

  /** Of each currency that was spent or earned, (revenue − spend) ÷ spend; null without spend. */
  public TreeMap<String, @Nullable BigDecimal> returns() {
    var currencies = new TreeSet<>(spend.amounts().keySet());
    currencies.addAll(revenue.amounts().keySet());
    var returns = new TreeMap<String, @Nullable BigDecimal>();
    for (var currency : currencies) {
      returns.put(currency, returned(currency));
    }
    return returns;
  }

  /** (revenue − spend) ÷ spend in one currency; null without spend. */
  public @Nullable BigDecimal returned(String currency) {
    var spent = spend.in(currency);
    return spent.signum() == 0
        ? null
        : revenue.in(currency).subtract(spent).divide(spent, MathContext.DECIMAL64);
  }

  /**
   * The same with all money in the charter's currency, where it names one; what has no rate is not
   * in it.
   */
  public @Nullable Roi in(Rates rates) {
    var spent = rates.total(spend);
    var earned = rates.total(revenue);
    return spent == null || earned == null ? null : new Roi(only(spent), reached, only(earned));
  }

  private static Purse only(Rates.Total total) {
    var purse = new TreeMap<String, BigDecimal>();
    purse.put(total.currency(), total.amount());
    return Purse.of(purse);
  }
}
