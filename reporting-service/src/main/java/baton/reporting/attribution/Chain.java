package baton.reporting.attribution;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;

/**
 * How journeys go on from key to key, as a first-order Markov chain: START, then a key for every
 * touch, repeats kept, then WON or NULL. It only counts steps, so journeys can be added in any
 * order, and taken away again.
 */
final class Chain<K extends Comparable<K>> {
  private static final int START = -1;
  private static final int WON = -2;
  private static final int NULL = -3;

  private record Step(int from, int to) {}

  private final Map<K, Integer> places = new HashMap<>();
  private final List<K> keys = new ArrayList<>();
  private final Map<Step, Long> steps = new HashMap<>();

  /** So many journeys went this way. */
  void add(List<K> journey, boolean won, long times) {
    int from = START;
    for (var key : journey) {
      int to = places.computeIfAbsent(key, _ -> places.size());
      if (to == keys.size()) {
        keys.add(key);
      }
      steps.merge(new Step(from, to), times, Long::sum);
      from = to;
    }
    steps.merge(new Step(from, won ? WON : NULL), times, Long::sum);
  }

  int size() {
    return keys.size();
  }

  /**
   * Of each key, which part of all wins would be lost were it to lead to NULL; empty if nothing was
   * won.
   *
   * <p>With N = (I − Q)⁻¹ of the steps Q between keys, a journey that is at i wins with x = N·won,
   * and comes by k with start·N at k ÷ N at (k, k). What is won by way of k is the product of both.
   */
  SortedMap<K, Double> removalEffects() {
    var effects = new TreeMap<K, Double>();
    int size = keys.size();
    if (size == 0) {
      return effects;
    }
    // the last digit of a sum depends on the order: it must not be that of arrival
    var sorted = keys.stream().sorted().toList();
    var row = new int[size];
    for (int i = 0; i < size; i++) {
      row[Objects.requireNonNull(places.get(sorted.get(i)))] = i;
    }
    var leaving = new double[size];
    double starting = 0;
    for (var step : steps.entrySet()) {
      if (step.getKey().from == START) {
        starting += step.getValue();
      } else {
        leaving[row[step.getKey().from]] += step.getValue();
      }
    }
    var remaining = CommonOps_DDRM.identity(size);
    var winning = new DMatrixRMaj(size, 1);
    var beginning = new DMatrixRMaj(1, size);
    for (var step : steps.entrySet()) {
      int from = step.getKey().from;
      int to = step.getKey().to;
      double count = step.getValue();
      if (count == 0 || to == NULL) {
        continue;
      }
      if (from == START) {
        beginning.add(0, row[to], count / starting);
      } else if (to == WON) {
        winning.add(row[from], 0, count / leaving[row[from]]);
      } else {
        remaining.add(row[from], row[to], -count / leaving[row[from]]);
      }
    }
    if (CommonOps_DDRM.elementSum(winning) == 0) {
      return effects;
    }
    if (!CommonOps_DDRM.invert(remaining)) {
      throw new IllegalStateException("journeys that go on for ever");
    }
    var wins = CommonOps_DDRM.mult(remaining, winning, null);
    var visits = CommonOps_DDRM.mult(beginning, remaining, null);
    double all = CommonOps_DDRM.dot(beginning, wins);
    for (int key = 0; key < size; key++) {
      if (leaving[key] > 0) {
        double coming = visits.get(0, key) / remaining.get(key, key);
        effects.put(sorted.get(key), coming * wins.get(key, 0) / all);
      }
    }
    return effects;
  }
}
