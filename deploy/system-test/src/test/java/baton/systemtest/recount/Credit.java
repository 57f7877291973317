package baton.systemtest.recount;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What a source is owed of won deals: parts of them to six digits, and euros to the cent. A deal's
 * touches are those of its lead until it was won, the capture first where two are of one moment,
 * then the lesser id.
 */
public record Credit(BigDecimal conversions, BigDecimal euros) {
  private static final int DIGITS = 12;
  private static final int SHOWN = 6;

  private record Touch(Instant at, boolean capture, String id, String source) {
    static final Comparator<Touch> IN_ORDER =
        Comparator.comparing(Touch::at)
            .thenComparing(touch -> !touch.capture)
            .thenComparing(Touch::id);
  }

  /**
   * From the topics: by source, {@code "null"} for touches that named none and deals without any.
   *
   * @param model {@code first}, {@code last} or {@code linear}
   */
  public static Map<String, Credit> recounted(Log log, String model) {
    var touches = touches(log);
    var bySource = new TreeMap<String, Credit>();
    for (var outcome : Funnel.newest(log.on("lead-outcome"), "outcomeId").values()) {
      if ("won".equals(outcome.text("result"))) {
        var won = Instant.parse(String.valueOf(outcome.text("occurredAt")));
        var path =
            touches.getOrDefault(outcome.key(), List.of()).stream()
                .filter(touch -> !touch.at.isAfter(won))
                .sorted(Touch.IN_ORDER)
                .toList();
        owe(path, model, euros(outcome), bySource);
      }
    }
    bySource.replaceAll((_, credit) -> credit.shown());
    return bySource;
  }

  private static Map<String, List<Touch>> touches(Log log) {
    var touches = new HashMap<String, Map<String, Touch>>();
    for (var topic : List.of("lead-captured", "lead-touched")) {
      for (var told : log.on(topic)) {
        var id = String.valueOf(told.text("touchId"));
        touches
            .computeIfAbsent(told.key(), _ -> new HashMap<>())
            .putIfAbsent(
                id,
                new Touch(
                    Instant.parse(String.valueOf(told.text("occurredAt"))),
                    topic.equals("lead-captured"),
                    id,
                    String.valueOf(told.text("source"))));
      }
    }
    var byLead = new HashMap<String, List<Touch>>();
    touches.forEach((lead, some) -> byLead.put(lead, new ArrayList<>(some.values())));
    return byLead;
  }

  private static void owe(
      List<Touch> path, String model, BigDecimal euros, Map<String, Credit> bySource) {
    if (path.isEmpty()) {
      bySource.merge("null", new Credit(BigDecimal.ONE, euros), Credit::plus);
      return;
    }
    switch (model) {
      case "first" ->
          bySource.merge(path.getFirst().source, new Credit(BigDecimal.ONE, euros), Credit::plus);
      case "last" ->
          bySource.merge(path.getLast().source, new Credit(BigDecimal.ONE, euros), Credit::plus);
      default -> {
        var parts = alike(BigDecimal.ONE, DIGITS, path.size());
        var amounts = alike(euros, 2, path.size());
        for (int i = 0; i < path.size(); i++) {
          bySource.merge(
              path.get(i).source, new Credit(parts.get(i), amounts.get(i)), Credit::plus);
        }
      }
    }
  }

  /** What can't be split further goes to the earlier ones. */
  private static List<BigDecimal> alike(BigDecimal whole, int digits, int many) {
    var unit = BigDecimal.ONE.movePointLeft(digits);
    var least = whole.divide(BigDecimal.valueOf(many), digits, RoundingMode.FLOOR);
    var left = whole.subtract(least.multiply(BigDecimal.valueOf(many)));
    var parts = new ArrayList<BigDecimal>();
    for (int i = 0; i < many; i++) {
      boolean more = left.signum() > 0;
      parts.add(more ? least.add(unit) : least);
      left = more ? left.subtract(unit) : left;
    }
    return parts;
  }

  private static BigDecimal euros(Told outcome) {
    var amount = Funnel.map(outcome.fields().get("amount"));
    return new BigDecimal(String.valueOf(amount.getOrDefault("amount", "0")));
  }

  /** From {@code GET /attribution?by=source}, of deals in euros alone. */
  public static Map<String, Credit> reported(Map<String, Object> answer) {
    var bySource = new TreeMap<String, Credit>();
    for (var each : Funnel.list(answer.get("rows"))) {
      var row = Funnel.map(each);
      var euros =
          Funnel.list(row.get("revenue")).stream()
              .map(amount -> new BigDecimal(String.valueOf(Funnel.map(amount).get("amount"))))
              .reduce(BigDecimal.ZERO, BigDecimal::add);
      bySource.put(
          String.valueOf(Funnel.map(row.get("key")).get("source")),
          new Credit(new BigDecimal(String.valueOf(row.get("conversions"))), euros).shown());
    }
    return bySource;
  }

  private Credit shown() {
    return new Credit(
        conversions.setScale(SHOWN, RoundingMode.HALF_EVEN),
        euros.setScale(2, RoundingMode.UNNECESSARY));
  }

  private Credit plus(Credit other) {
    return new Credit(conversions.add(other.conversions), euros.add(other.euros));
  }
}
