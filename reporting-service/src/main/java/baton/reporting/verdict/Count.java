package baton.reporting.verdict;

/** How often a promise was kept, and how often broken, whatever came of that. */
public record Count(long met, long broken) {
  Count plus(Count other) {
    return new Count(met + other.met, broken + other.broken);
  }
}
