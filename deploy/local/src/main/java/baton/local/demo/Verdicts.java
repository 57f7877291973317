package baton.local.demo;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** What became of the promises of the live part, clause by clause as the charter lists them. */
public record Verdicts(int charterVersion, List<OfClause> clauses, List<Shown> breaches) {

  /** How often a promise was kept and broken, and is open still. */
  public record OfClause(
      String clauseId, String owedBy, String promise, int kept, int broken, int open) {}

  /** A breach with the lines by which a person can follow it. */
  public record Shown(
      String breachId,
      String clauseId,
      String owedBy,
      @Nullable String sellerId,
      List<String> evidence) {}

  /** Whether every promise has its verdict. */
  public boolean areAllIn() {
    return clauses.stream().allMatch(each -> each.open() == 0);
  }

  public int broken(String owedBy) {
    return clauses.stream()
        .filter(each -> each.owedBy().equals(owedBy))
        .mapToInt(OfClause::broken)
        .sum();
  }
}
