package baton.local.table;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.function.Function;

/** What {@code POST /what-if} answers, in short: what happened beside what would have. */
public final class WhatIfTable {
  private static final List<String> SIDES = List.of("happened", "wouldHave");

  private WhatIfTable() {}

  public static String of(int version, JsonNode answer) {
    var table = new Table(1, List.of("under version " + version, "happened", "would have"));
    row(table, "MQLs", answer.path("mqls"), side -> Cells.count(side.path("leads")));
    row(
        table,
        "accepted of decided %",
        answer.path("acceptance"),
        side -> Cells.percent(side.path("acceptance")));
    for (var clause : answer.path("clauses")) {
      row(
          table,
          clause.path("clause").asText() + " broken by " + clause.path("owedBy").asText(),
          clause,
          side -> Cells.count(side.path("breached")));
    }
    return table.text();
  }

  private static void row(
      Table table, String name, JsonNode both, Function<JsonNode, String> cell) {
    table.row(
        List.of(
            name, cell.apply(both.path(SIDES.getFirst())), cell.apply(both.path(SIDES.getLast()))));
  }
}
