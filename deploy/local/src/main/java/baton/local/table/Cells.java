package baton.local.table;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;

/** What stands in the cells of a report, as people write it. */
public final class Cells {
  private static final String NOTHING = "–";

  private Cells() {}

  static List<String> by(JsonNode report) {
    return StreamSupport.stream(report.path("by").spliterator(), false)
        .map(JsonNode::asText)
        .toList();
  }

  static List<String> key(JsonNode row, List<String> by) {
    return by.stream()
        .map(name -> row.path("key").path(name))
        .map(value -> value.isNull() || value.isMissingNode() ? "(none)" : value.asText())
        .collect(Collectors.toCollection(ArrayList::new));
  }

  /** The key of the last line. */
  static List<String> total(List<String> by) {
    var total = new ArrayList<>(List.of("total"));
    for (var i = 1; i < by.size(); i++) {
      total.add("");
    }
    return total;
  }

  static String count(JsonNode count) {
    return count.isNumber() ? String.format(Locale.ROOT, "%,d", count.asLong()) : NOTHING;
  }

  static String percent(JsonNode ratio) {
    return ratio.isNumber() ? String.format(Locale.ROOT, "%.1f", 100 * ratio.asDouble()) : NOTHING;
  }

  /** Amounts of several currencies side by side. */
  static String money(JsonNode amounts) {
    return StreamSupport.stream(amounts.spliterator(), false)
        .map(
            amount ->
                String.format(
                    Locale.ROOT,
                    "%,.0f %s",
                    new BigDecimal(amount.path("amount").asText("0")),
                    amount.path("currency").asText("")))
        .collect(Collectors.joining(" + "));
  }

  static String time(JsonNode iso) {
    return iso.isTextual() ? time(Duration.parse(iso.asText())) : NOTHING;
  }

  /** The two largest units: {@code 3d 4h}, {@code 41m 20s}. */
  public static String time(Duration time) {
    if (time.toDays() > 0) {
      return time.toDays() + "d " + time.toHoursPart() + "h";
    }
    if (time.toHours() > 0) {
      return time.toHours() + "h " + time.toMinutesPart() + "m";
    }
    return time.toMinutes() > 0
        ? time.toMinutes() + "m " + time.toSecondsPart() + "s"
        : time.toSeconds() + "s";
  }
}
