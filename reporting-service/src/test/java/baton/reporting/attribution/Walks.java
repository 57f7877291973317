package baton.reporting.attribution;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A Markov chain as somebody would reckon it by hand: walk on until nobody is left, once with every
 * key and once without each.
 */
final class Walks {
  record Journey(List<String> keys, boolean won, long times) {}

  private static final String WON = "(won)";
  private static final String NULL = "(null)";

  private final Map<String, Map<String, Double>> shares = new TreeMap<>();

  Walks(List<Journey> journeys) {
    for (var journey : journeys) {
      var from = "(start)";
      for (var key : journey.keys()) {
        count(from, key, journey.times());
        from = key;
      }
      count(from, journey.won() ? WON : NULL, journey.times());
    }
    shares
        .values()
        .forEach(
            next -> {
              double all = next.values().stream().mapToDouble(count -> count).sum();
              next.replaceAll((_, count) -> count / all);
            });
  }

  private void count(String from, String to, long times) {
    shares.computeIfAbsent(from, _ -> new TreeMap<>()).merge(to, (double) times, Double::sum);
  }

  Map<String, Double> removalEffects() {
    var effects = new TreeMap<String, Double>();
    double all = winning(null);
    for (var key : shares.keySet()) {
      if (!key.equals("(start)")) {
        effects.put(key, 1 - winning(key) / all);
      }
    }
    return effects;
  }

  private double winning(@Nullable String without) {
    double won = 0;
    Map<String, Double> here = Map.of("(start)", 1.0);
    while (here.values().stream().mapToDouble(share -> share).sum() > 1e-15) {
      var there = new HashMap<String, Double>();
      for (var at : here.entrySet()) {
        for (var next : shares.getOrDefault(at.getKey(), Map.of()).entrySet()) {
          double share = at.getValue() * next.getValue();
          if (next.getKey().equals(WON)) {
            won += share;
          } else if (!next.getKey().equals(NULL) && !next.getKey().equals(without)) {
            there.merge(next.getKey(), share, Double::sum);
          }
        }
      }
      here = there;
    }
    return won;
  }
}
