package baton.local.table;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** What {@code GET /attribution} answers, as a table: one line per key and one for all. */
public final class AttributionTable {
  private AttributionTable() {}

  public static String of(JsonNode attribution) {
    var by = Cells.by(attribution);
    boolean chain = attribution.path("model").asText().equals("markov");
    double deals = attribution.path("total").path("conversions").asDouble();
    var header = new ArrayList<>(by);
    header.addAll(List.of("deals", "%"));
    if (chain) {
      header.add("lost without");
    }
    header.add("revenue");
    var table = new Table(Math.max(1, by.size()), header);
    attribution
        .path("rows")
        .forEach(row -> table.row(cells(Cells.key(row, by), row, deals, chain)));
    table.row(cells(Cells.total(by), attribution.path("total"), deals, chain));
    return table.text();
  }

  private static List<String> cells(List<String> key, JsonNode row, double deals, boolean chain) {
    var cells = new ArrayList<>(key);
    double owed = row.path("conversions").asDouble();
    cells.add(String.format(Locale.ROOT, "%,.1f", owed));
    cells.add(deals == 0 ? "–" : String.format(Locale.ROOT, "%.1f", 100 * owed / deals));
    if (chain) {
      cells.add(Cells.percent(row.path("removalEffect")));
    }
    cells.add(Cells.money(row.path("revenue")));
    return cells;
  }
}
