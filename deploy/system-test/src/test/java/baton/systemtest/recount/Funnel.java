package baton.systemtest.recount;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * How many leads of a source reached each stage, in whichever pass. A stage implies those before
 * it, and an end implies the pass that it ended.
 */
public record Funnel(long captured, long mql, long sal, long sql, long won) {
  private static final Funnel NONE = new Funnel(0, 0, 0, 0, 0);
  private static final List<String> STAGES = List.of("captured", "mql", "sal", "sql", "won");

  /** From the topics: by source, {@code "null"} for leads that named none. */
  public static Map<String, Funnel> recounted(Log log) {
    var mql = leads(log.on("lead-qualified"));
    var sal = new HashSet<String>();
    var sql = new HashSet<String>();
    for (var step : log.on("lead-handoff")) {
      switch (String.valueOf(step.text("step"))) {
        case "accepted", "deemed-accepted" -> sal.add(step.key());
        case "qualified" -> sql.add(step.key());
        default -> mql.add(step.key());
      }
    }
    var won = new HashSet<String>();
    for (var outcome : newest(log.on("lead-outcome")).values()) {
      switch (String.valueOf(outcome.text("result"))) {
        case "won" -> won.add(outcome.key());
        case "opportunity" -> sql.add(outcome.key());
        case "lost", "disqualified" -> mql.add(outcome.key());
        default -> {}
      }
    }
    sql.addAll(won);
    sal.addAll(sql);
    mql.addAll(sal);
    var bySource = new TreeMap<String, Funnel>();
    var seen = new HashSet<String>();
    for (var captured : log.on("lead-captured")) {
      var lead = captured.key();
      if (seen.add(lead)) {
        bySource.merge(
            String.valueOf(captured.text("source")),
            new Funnel(
                1,
                mql.contains(lead) ? 1 : 0,
                sal.contains(lead) ? 1 : 0,
                sql.contains(lead) ? 1 : 0,
                won.contains(lead) ? 1 : 0),
            Funnel::plus);
      }
    }
    return bySource;
  }

  /** From {@code GET /funnel?by=source}. */
  public static Map<String, Funnel> reported(Map<String, Object> answer) {
    var bySource = new TreeMap<String, Funnel>();
    for (var row : list(answer.get("rows"))) {
      bySource.put(String.valueOf(map(map(row).get("key")).get("source")), row(map(row)));
    }
    return bySource;
  }

  /** The answer's total. */
  public static Funnel total(Map<String, Object> answer) {
    return row(map(answer.get("total")));
  }

  public static Funnel sum(Map<String, Funnel> bySource) {
    return bySource.values().stream().reduce(NONE, Funnel::plus);
  }

  /** The ends of the answer's total, which must add up to the captured. */
  public static long ended(Map<String, Object> answer) {
    return map(map(answer.get("total")).get("ended")).values().stream()
        .mapToLong(count -> ((Number) count).longValue())
        .sum();
  }

  private Funnel plus(Funnel other) {
    return new Funnel(
        captured + other.captured,
        mql + other.mql,
        sal + other.sal,
        sql + other.sql,
        won + other.won);
  }

  private static Funnel row(Map<String, Object> row) {
    var stages = map(row.get("stages"));
    var counts =
        STAGES.stream()
            .mapToLong(
                stage -> ((Number) map(stages.get(stage)).getOrDefault("count", -1)).longValue())
            .toArray();
    return new Funnel(counts[0], counts[1], counts[2], counts[3], counts[4]);
  }

  private static Set<String> leads(List<Told> told) {
    var leads = new HashSet<String>();
    told.forEach(each -> leads.add(each.key()));
    return leads;
  }

  private static Map<String, Told> newest(List<Told> outcomes) {
    return newest(outcomes, "outcomeId");
  }

  /** Of each fact the latest that was said. */
  static Map<String, Told> newest(List<Told> facts, String id) {
    var newest = new HashMap<String, Told>();
    for (var fact : facts) {
      newest.merge(
          String.valueOf(fact.text(id)),
          fact,
          (one, other) -> revision(one) >= revision(other) ? one : other);
    }
    return newest;
  }

  private static long revision(Told told) {
    return Long.parseLong(String.valueOf(told.text("revision")));
  }

  @SuppressWarnings("unchecked") // JSON has no other objects
  static Map<String, Object> map(@Nullable Object object) {
    return object == null ? Map.of() : (Map<String, Object>) object;
  }

  static List<?> list(@Nullable Object array) {
    return array == null ? List.of() : (List<?>) array;
  }
}
