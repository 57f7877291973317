package baton.systemtest.recount;

import java.util.Map;
import java.util.TreeMap;

/** How often the promises of a clause were kept, broken, and excused. */
public record Verdicts(long met, long breached, long excused) {

  /** From the topics: by who owes it and the clause. A breach counts as its latest step has it. */
  public static Map<String, Verdicts> recounted(Log log) {
    var byClause = new TreeMap<String, Verdicts>();
    for (var met : log.on("sla-met")) {
      byClause.merge(clause(met), new Verdicts(1, 0, 0), Verdicts::plus);
    }
    for (var breach : Funnel.newest(log.on("sla-breach"), "breachId").values()) {
      boolean excused = "excused".equals(breach.text("step"));
      byClause.merge(
          clause(breach), new Verdicts(0, excused ? 0 : 1, excused ? 1 : 0), Verdicts::plus);
    }
    return byClause;
  }

  /** From {@code GET /sla}. */
  public static Map<String, Verdicts> reported(Map<String, Object> answer) {
    var byClause = new TreeMap<String, Verdicts>();
    for (var each : Funnel.list(answer.get("rows"))) {
      var row = Funnel.map(each);
      byClause.put(
          row.get("owedBy") + " " + Funnel.map(row.get("key")).get("clause"),
          new Verdicts(count(row, "met"), count(row, "breached"), count(row, "excused")));
    }
    return byClause;
  }

  private static String clause(Told verdict) {
    return verdict.text("owedBy") + " " + verdict.text("clauseId");
  }

  private static long count(Map<String, Object> row, String name) {
    return ((Number) row.getOrDefault(name, -1)).longValue();
  }

  private Verdicts plus(Verdicts other) {
    return new Verdicts(met + other.met, breached + other.breached, excused + other.excused);
  }
}
