package baton.local.table;

import baton.local.demo.Verdicts;
import java.util.List;
import java.util.stream.Collectors;

/** Kept and broken promises side by side, and what a broken one looks like. */
public final class PromiseTable {
  private PromiseTable() {}

  public static String of(Verdicts verdicts) {
    var table = new Table(3, List.of("clause", "owed by", "promise", "kept", "broken"));
    for (var clause : verdicts.clauses()) {
      table.row(
          List.of(
              clause.clauseId(),
              clause.owedBy(),
              clause.promise(),
              Integer.toString(clause.kept()),
              Integer.toString(clause.broken())));
    }
    return table.text();
  }

  public static String breach(Verdicts.Shown breach) {
    return "%s, broken by %s%s: GET /breaches/%s%n%s"
        .formatted(
            breach.clauseId(),
            breach.owedBy(),
            breach.sellerId() == null ? "" : " (" + breach.sellerId() + ")",
            breach.breachId(),
            breach.evidence().stream()
                .map(line -> "  " + line + "\n")
                .collect(Collectors.joining()));
  }
}
