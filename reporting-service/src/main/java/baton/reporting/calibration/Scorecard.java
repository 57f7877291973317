package baton.reporting.calibration;

import baton.reporting.calibration.Logistic.Alike;
import java.nio.IntBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.function.IntToDoubleFunction;
import java.util.stream.IntStream;

/**
 * What was learned, in points that a person can add up: so many double the odds of success.
 *
 * @param model of the traits that matter
 * @param points of each, the weights rounded
 */
record Scorecard(List<Trait> traits, Logistic model, int[] points) {
  static final int POINTS_TO_DOUBLE = 10;
  private static final double UNIT = Math.log(2) / POINTS_TO_DOUBLE;
  private static final int MOST_POINTS = 100;
  private static final int MOST_RULES = 40;

  /** Below so many standard errors a weight may as well be chance. */
  private static final double TELLING = 2;

  Scorecard {
    traits = List.copyOf(traits);
  }

  /** Learns from the earlier leads alone. What tells least goes, until all that is left tells. */
  static Scorecard of(List<Trait> traits, Cohort cohort) {
    var left = traits;
    var near = new double[left.size() + 1];
    while (true) {
      var model = Logistic.fit(alike(left, cohort), near);
      var kept = telling(model);
      if (kept.length == left.size()) {
        return new Scorecard(
            left, model, Arrays.stream(model.weights()).mapToInt(Scorecard::points).toArray());
      }
      left = Arrays.stream(kept).mapToObj(left::get).toList();
      near =
          Arrays.copyOf(
              Arrays.stream(kept).mapToDouble(i -> model.weights()[i]).toArray(), kept.length + 1);
      near[kept.length] = model.intercept();
    }
  }

  /** A fifth of those that don't tell goes at once: without them others may. */
  private static int[] telling(Logistic model) {
    int width = model.weights().length;
    IntToDoubleFunction certainty = i -> Math.abs(model.weights()[i]) / model.errors()[i];
    var order =
        IntStream.range(0, width)
            .boxed()
            .sorted(Comparator.comparingDouble(certainty::applyAsDouble))
            .toList();
    long silent = order.stream().filter(i -> certainty.applyAsDouble(i) < TELLING).count();
    long surplus = Math.max(silent, width - MOST_RULES);
    var gone = new HashSet<>(order.subList(0, (int) ((surplus + 4) / 5)));
    return IntStream.range(0, width).filter(i -> !gone.contains(i)).toArray();
  }

  private static int points(double weight) {
    return (int) Math.clamp(Math.round(weight / UNIT), -MOST_POINTS, MOST_POINTS);
  }

  /** Those that are worth something. */
  List<Rule> rules(Cohort cohort) {
    return IntStream.range(0, traits.size())
        .filter(i -> points[i] != 0)
        .mapToObj(i -> rule(i, cohort))
        .toList();
  }

  private Rule rule(int number, Cohort cohort) {
    var trait = traits.get(number);
    int leads = trait.among(cohort.train());
    return new Rule(
        trait.id(),
        trait.field(),
        trait.when(),
        trait.touch(),
        points[number],
        Math.exp(model.weights()[number]),
        leads,
        (double) trait.successes(cohort) / leads);
  }

  /** The points of the leads at these places of the cohort. */
  double[] points(int from, int to) {
    return Arrays.stream(rows(traits, from, to))
        .mapToDouble(has -> Arrays.stream(has).map(number -> points[number]).sum())
        .toArray();
  }

  /** Their chances by the model that wasn't rounded. */
  double[] chances(int from, int to) {
    return Arrays.stream(rows(traits, from, to)).mapToDouble(model::chance).toArray();
  }

  /** Those learned from, each way to be once. */
  private static List<Alike> alike(List<Trait> traits, Cohort cohort) {
    var counts = new LinkedHashMap<IntBuffer, int[]>();
    var rows = rows(traits, 0, cohort.train());
    for (int i = 0; i < rows.length; i++) {
      var count = counts.computeIfAbsent(IntBuffer.wrap(rows[i]), _ -> new int[2]);
      count[0]++;
      count[1] += cohort.success()[i] ? 1 : 0;
    }
    var alike = new ArrayList<Alike>(counts.size());
    counts.forEach(
        (traitsHad, count) -> alike.add(new Alike(traitsHad.array(), count[0], count[1])));
    return alike;
  }

  /** Of each lead at these places of the cohort, the traits that it has. */
  private static int[][] rows(List<Trait> traits, int from, int to) {
    var rows = new int[to - from][];
    var had = new int[traits.size()];
    for (int lead = from; lead < to; lead++) {
      int count = 0;
      for (int i = 0; i < had.length; i++) {
        if (traits.get(i).leads().get(lead)) {
          had[count++] = i;
        }
      }
      rows[lead - from] = Arrays.copyOf(had, count);
    }
    return rows;
  }
}
