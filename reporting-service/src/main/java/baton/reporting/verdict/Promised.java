package baton.reporting.verdict;

import baton.contracts.Side;
import java.util.Comparator;

/** A clause, and the side that owes it. */
public record Promised(String clauseId, Side owedBy) implements Comparable<Promised> {
  private static final Comparator<Promised> ORDER =
      Comparator.comparing(Promised::clauseId).thenComparing(Promised::owedBy);

  @Override
  public int compareTo(Promised other) {
    return ORDER.compare(this, other);
  }
}
