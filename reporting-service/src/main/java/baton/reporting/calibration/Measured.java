package baton.reporting.calibration;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.commons.statistics.interval.BinomialConfidenceInterval;

/**
 * How well a way to score does on leads that it wasn't learned from.
 *
 * @param deciles a tenth of the leads each, those with the highest scores first
 */
public record Measured(int leads, int successes, Estimate auc, double brier, List<Decile> deciles) {
  private static final int TENTHS = 10;
  private static final double ERROR = 0.05;

  /**
   * A tenth of the leads.
   *
   * @param predicted the share that was expected to succeed, on average
   * @param low of Wilson's interval of the share that did, 95 % sure
   * @param lift how many times the share of all
   * @param captured the share of all successes that is in this tenth and those above
   */
  public record Decile(
      int number,
      int leads,
      int successes,
      double predicted,
      double observed,
      double low,
      double high,
      double lift,
      double captured) {}

  public Measured {
    deciles = List.copyOf(deciles);
  }

  static Measured of(double[] scores, double[] chances, boolean[] success) {
    double squares = 0;
    int successes = 0;
    for (int i = 0; i < success.length; i++) {
      double off = chances[i] - (success[i] ? 1 : 0);
      squares += off * off;
      successes += success[i] ? 1 : 0;
    }
    return new Measured(
        success.length,
        successes,
        Roc.of(scores, success).estimate(),
        squares / success.length,
        deciles(scores, chances, success, successes));
  }

  private static List<Decile> deciles(
      double[] scores, double[] chances, boolean[] success, int successes) {
    var order =
        IntStream.range(0, scores.length)
            .boxed()
            .sorted(Comparator.comparingDouble((Integer i) -> scores[i]).reversed())
            .toList();
    double base = (double) successes / scores.length;
    var deciles = new ArrayList<Decile>();
    int gone = 0;
    for (int number = 1; number <= TENTHS; number++) {
      var tenth =
          order.subList(
              (int) ((long) order.size() * (number - 1) / TENTHS),
              (int) ((long) order.size() * number / TENTHS));
      if (tenth.isEmpty()) {
        continue;
      }
      int found = (int) tenth.stream().filter(i -> success[i]).count();
      gone += found;
      double observed = (double) found / tenth.size();
      var interval =
          BinomialConfidenceInterval.WILSON_SCORE.fromErrorRate(tenth.size(), found, ERROR);
      deciles.add(
          new Decile(
              number,
              tenth.size(),
              found,
              tenth.stream().mapToDouble(i -> chances[i]).average().orElse(0),
              observed,
              interval.getLowerBound(),
              interval.getUpperBound(),
              base == 0 ? 0 : observed / base,
              successes == 0 ? 0 : (double) gone / successes));
    }
    return deciles;
  }
}
