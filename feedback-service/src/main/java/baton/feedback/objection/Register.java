package baton.feedback.objection;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The register: each objection once, the one heard most often first. */
public record Register(List<Entry> entries) {
  private static final int MOST_SHARES = 20;

  /** By what an objection's mentions are told apart. */
  public enum Dimension {
    PERSONA,
    CAMPAIGN,
    STAGE;

    public String word() {
      return name().toLowerCase(java.util.Locale.ROOT);
    }
  }

  /**
   * So often it was said, of so many leads.
   *
   * @param dimension null where all of an objection's mentions are counted
   * @param key null where nobody knows it
   */
  public record Count(
      String objection,
      @Nullable Dimension dimension,
      @Nullable String key,
      long said,
      long leads) {}

  /** Mentions in two calendar months, this one up to now. */
  public record Trend(long thisMonth, long lastMonth) {
    static final Trend NONE = new Trend(0, 0);

    /** By how much more often; null where there is nothing to compare with. */
    public @Nullable Double change() {
      return lastMonth == 0 ? null : (thisMonth - lastMonth) / (double) lastMonth;
    }
  }

  /**
   * @param shares by dimension, the largest first
   * @param requests for material against it, by their state
   */
  public record Entry(
      String objection,
      long said,
      long leads,
      Trend trend,
      Map<Dimension, List<Count>> shares,
      Map<String, Long> requests) {

    /** Whether there is material against it. */
    public boolean isCovered() {
      return requests.containsKey("delivered") || requests.containsKey("confirmed");
    }
  }

  /**
   * @param vocabulary the objections that are in it stand in the register, said or not
   */
  public static Register of(
      List<String> vocabulary,
      List<Count> counts,
      Map<String, Trend> trends,
      Map<String, Map<String, Long>> requests) {
    var totals =
        counts.stream()
            .filter(count -> count.dimension() == null)
            .collect(Collectors.toMap(Count::objection, Function.identity()));
    var shares = new HashMap<String, Map<Dimension, List<Count>>>();
    for (var count : counts) {
      if (count.dimension() != null) {
        shares
            .computeIfAbsent(count.objection(), _ -> new TreeMap<>())
            .computeIfAbsent(count.dimension(), _ -> new ArrayList<>())
            .add(count);
      }
    }
    shares.values().forEach(each -> each.replaceAll((_, list) -> largest(list)));
    return new Register(
        Stream.of(vocabulary, totals.keySet(), trends.keySet(), requests.keySet())
            .flatMap(java.util.Collection::stream)
            .distinct()
            .map(
                objection -> {
                  var total = totals.get(objection);
                  return new Entry(
                      objection,
                      total == null ? 0 : total.said(),
                      total == null ? 0 : total.leads(),
                      trends.getOrDefault(objection, Trend.NONE),
                      shares.getOrDefault(objection, Map.of()),
                      requests.getOrDefault(objection, Map.of()));
                })
            .sorted(
                Comparator.comparingLong(Entry::said).reversed().thenComparing(Entry::objection))
            .toList());
  }

  private static List<Count> largest(List<Count> counts) {
    return counts.stream()
        .sorted(
            Comparator.comparingLong(Count::said)
                .reversed()
                .thenComparing(count -> Objects.requireNonNullElse(count.key(), "")))
        .limit(MOST_SHARES)
        .toList();
  }
}
