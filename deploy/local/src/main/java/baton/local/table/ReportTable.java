package baton.local.table;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/**
 * A report as a table: one line per key and one for all, which stands alone if none was asked by.
 */
final class ReportTable {
  private ReportTable() {}

  /**
   * @param columns beside those of the key
   * @param cells of a row, or of the total, under these columns
   */
  static String of(JsonNode report, List<String> columns, Function<JsonNode, List<String>> cells) {
    var by = Cells.by(report);
    var table = new Table(Math.max(1, by.size()), joined(by.isEmpty() ? List.of("") : by, columns));
    if (!by.isEmpty()) {
      report.path("rows").forEach(row -> table.row(joined(Cells.key(row, by), cells.apply(row))));
    }
    table.row(joined(Cells.total(by), cells.apply(report.path("total"))));
    return table.text();
  }

  private static List<String> joined(List<String> key, List<String> cells) {
    var line = new ArrayList<>(key);
    line.addAll(cells);
    return line;
  }
}
