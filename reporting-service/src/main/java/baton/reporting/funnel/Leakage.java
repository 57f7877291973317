package baton.reporting.funnel;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.commons.statistics.interval.BinomialConfidenceInterval;
import org.jspecify.annotations.Nullable;

/**
 * What answering late goes with, in one tier: a correlation. Of passes that a promise was made for
 * and that were answered at all.
 */
public record Leakage(String tier, long inTime, long inTimeWon, long late, long lateWon) {
  private static final double ERROR = 0.05;

  /** From low to high, 95 % sure. */
  public record Between(double low, double high) {}

  public static List<Leakage> of(Counts counts) {
    var tiers = new TreeMap<String, long[]>();
    counts
        .noted(Matter.PASS)
        .forEach(
            (term, count) -> {
              var words = Term.words(term);
              if (words.getFirst().equals("answered")) {
                var cells = tiers.computeIfAbsent(words.get(1), _ -> new long[4]);
                int late = words.get(2).equals("late") ? 2 : 0;
                cells[late] += count;
                cells[late + 1] += words.get(3).isEmpty() ? 0 : count;
              }
            });
    var leakages = new ArrayList<Leakage>();
    tiers.forEach(
        (tier, cells) -> leakages.add(new Leakage(tier, cells[0], cells[1], cells[2], cells[3])));
    return leakages;
  }

  public @Nullable Double conversionInTime() {
    return inTime == 0 ? null : (double) inTimeWon / inTime;
  }

  public @Nullable Double conversionLate() {
    return late == 0 ? null : (double) lateWon / late;
  }

  /** By how much more of those answered in time were won. */
  public @Nullable Double difference() {
    var one = conversionInTime();
    var other = conversionLate();
    return one == null || other == null ? null : one - other;
  }

  /** Newcombe's interval of a difference of shares, made of Wilson's of each. */
  public @Nullable Between interval() {
    var one = conversionInTime();
    var other = conversionLate();
    if (one == null || other == null) {
      return null;
    }
    var ofOne = wilson(inTime, inTimeWon);
    var ofOther = wilson(late, lateWon);
    double difference = one - other;
    return new Between(
        difference - Math.hypot(one - ofOne.low, ofOther.high - other),
        difference + Math.hypot(ofOne.high - one, other - ofOther.low));
  }

  private static Between wilson(long trials, long successes) {
    var interval =
        BinomialConfidenceInterval.WILSON_SCORE.fromErrorRate(
            Math.toIntExact(trials), Math.toIntExact(successes), ERROR);
    return new Between(interval.getLowerBound(), interval.getUpperBound());
  }

  /** What so large a difference would have cost, at what a won deal brought on average. */
  public Map<String, BigDecimal> cost(double difference, Deals deals) {
    var cost = new TreeMap<String, BigDecimal>();
    long valued = deals.valued().values().stream().mapToLong(Long::longValue).sum();
    if (valued > 0) {
      deals
          .revenue()
          .forEach(
              (currency, amount) ->
                  cost.put(
                      currency,
                      amount
                          .divide(BigDecimal.valueOf(valued), MathContext.DECIMAL64)
                          .multiply(BigDecimal.valueOf(difference))
                          .multiply(BigDecimal.valueOf(late))));
    }
    return cost;
  }
}
