package baton.reporting.calibration;

import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * How well scores tell leads that succeeded from others: the chance that of one of each the
 * successful one has the higher score, ties counted half. The interval is DeLong's, by midranks
 * (Sun and Xu, 2014).
 *
 * @param ofSuccesses for each that succeeded, the share of the others below it
 * @param ofOthers for each other, the share of those that succeeded above it
 */
record Roc(double[] ofSuccesses, double[] ofOthers) {
  private static final double SURE = 1.959963984540054;

  static Roc of(double[] scores, boolean[] success) {
    var successes = pick(scores, success, true);
    var others = pick(scores, success, false);
    var ranks = midranks(scores);
    var ranksOfSuccesses = pick(ranks, success, true);
    var ranksOfOthers = pick(ranks, success, false);
    var among = midranks(successes);
    var amongOthers = midranks(others);
    var ofSuccesses = new double[successes.length];
    for (int i = 0; i < ofSuccesses.length; i++) {
      ofSuccesses[i] = (ranksOfSuccesses[i] - among[i]) / others.length;
    }
    var ofOthers = new double[others.length];
    for (int i = 0; i < ofOthers.length; i++) {
      ofOthers[i] = 1 - (ranksOfOthers[i] - amongOthers[i]) / successes.length;
    }
    return new Roc(ofSuccesses, ofOthers);
  }

  double area() {
    return mean(ofSuccesses);
  }

  Estimate estimate() {
    double half =
        SURE
            * Math.sqrt(
                covariance(ofSuccesses, ofSuccesses) / ofSuccesses.length
                    + covariance(ofOthers, ofOthers) / ofOthers.length);
    double area = area();
    return new Estimate(area, Math.max(0, area - half), Math.min(1, area + half));
  }

  /** By how much it is better than another way to score the very same leads. */
  Estimate better(Roc other) {
    double variance = variance(ofSuccesses, other.ofSuccesses) + variance(ofOthers, other.ofOthers);
    double half = SURE * Math.sqrt(Math.max(0, variance));
    double difference = area() - other.area();
    return new Estimate(difference, difference - half, difference + half);
  }

  /** Of the difference of two means over the same leads. */
  private static double variance(double[] one, double[] other) {
    return (covariance(one, one) + covariance(other, other) - 2 * covariance(one, other))
        / one.length;
  }

  private static double covariance(double[] one, double[] other) {
    double meanOfOne = mean(one);
    double meanOfOther = mean(other);
    double sum = 0;
    for (int i = 0; i < one.length; i++) {
      sum += (one[i] - meanOfOne) * (other[i] - meanOfOther);
    }
    return one.length < 2 ? 0 : sum / (one.length - 1);
  }

  private static double mean(double[] values) {
    return Arrays.stream(values).average().orElse(Double.NaN);
  }

  private static double[] pick(double[] values, boolean[] success, boolean wanted) {
    return IntStream.range(0, values.length)
        .filter(i -> success[i] == wanted)
        .mapToDouble(i -> values[i])
        .toArray();
  }

  /** Ranks from one; equal ones share the middle of theirs. */
  private static double[] midranks(double[] values) {
    var order =
        IntStream.range(0, values.length)
            .boxed()
            .sorted((one, other) -> Double.compare(values[one], values[other]))
            .toList();
    var ranks = new double[values.length];
    int from = 0;
    while (from < order.size()) {
      int to = from;
      while (to < order.size() && values[order.get(to)] == values[order.get(from)]) {
        to++;
      }
      for (int i = from; i < to; i++) {
        ranks[order.get(i)] = (from + to + 1) / 2.0;
      }
      from = to;
    }
    return ranks;
  }
}
