package baton.reporting.funnel;

import baton.reporting.funnel.Part.Kind;
import baton.reporting.journey.Ending;
import baton.reporting.journey.How;
import baton.reporting.journey.Stage;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** A funnel in the words of {@link Recount}, so that the two can be compared. */
public final class Flat {
  /** What it is told in. */
  public static final Numbers NUMBERS =
      new Numbers(
          true,
          Set.of(Kind.REVENUE, Kind.REJECTED, Kind.RETURNED, Kind.OPPORTUNITIES),
          Set.of(),
          false);

  private Flat() {}

  public static Map<List<@Nullable String>, TreeMap<String, BigDecimal>> of(Report report) {
    var rows = new HashMap<List<@Nullable String>, TreeMap<String, BigDecimal>>();
    for (var row : report.rows()) {
      var key = new ArrayList<@Nullable String>();
      if (row.period() != null) {
        key.add(row.period());
      }
      key.addAll(row.key());
      rows.put(key, counts(row.counts(), report.question().basis()));
    }
    return rows;
  }

  static TreeMap<String, BigDecimal> counts(Counts counts, Basis basis) {
    var flat = new TreeMap<String, BigDecimal>();
    for (var stage : Stage.values()) {
      put(flat, stage.word(), counts.reached(stage, basis));
      if (stage == Stage.CAPTURED) {
        put(flat, "capturedInferred", counts.reached(stage, How.INFERRED, basis));
      } else {
        put(flat, stage.word() + " inferred", counts.reached(stage, How.INFERRED, basis));
      }
    }
    put(flat, "sal deemed", counts.reached(Stage.SAL, How.DEEMED, basis));
    for (var ending : Ending.values()) {
      put(flat, "now " + ending.word(), counts.now(ending));
    }
    put(flat, "now open", counts.now(null));
    counts.tallied(Kind.REVENUE).forEach((label, amount) -> put(flat, "revenue " + label, amount));
    counts.tallied(Kind.OPPORTUNITIES).forEach((_, amount) -> put(flat, "opportunities", amount));
    counts
        .tallied(Kind.REJECTED)
        .forEach((label, amount) -> put(flat, "rejected " + label, amount));
    counts
        .tallied(Kind.RETURNED)
        .forEach((label, amount) -> put(flat, "returned " + label, amount));
    return flat;
  }

  /** Amounts are equal as numbers, however many zeros they end in. */
  public static Map<List<@Nullable String>, TreeMap<String, BigDecimal>> plain(
      Map<List<@Nullable String>, TreeMap<String, BigDecimal>> rows) {
    rows.values().forEach(row -> row.replaceAll((_, value) -> value.stripTrailingZeros()));
    return rows;
  }

  private static void put(TreeMap<String, BigDecimal> flat, String what, long count) {
    put(flat, what, BigDecimal.valueOf(count));
  }

  private static void put(TreeMap<String, BigDecimal> flat, String what, BigDecimal much) {
    if (much.signum() != 0) {
      flat.put(what, much);
    }
  }
}
