package baton.reporting.funnel;

import baton.reporting.journey.Stage;
import java.time.Instant;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.SortedSet;
import org.jspecify.annotations.Nullable;

/**
 * The answer to a {@link Question}: the sums of each row. What a report says of them is decided
 * where it is laid out.
 *
 * @param completeTo everything Baton learned until then is counted; null when nobody knows yet
 * @param charters the versions that governed what is counted
 * @param maturity how long leads take; unknown where it is not a cohort's
 */
public record Report(
    Question question,
    @Nullable Instant completeTo,
    SortedSet<Integer> charters,
    List<Row> rows,
    Counts total,
    Maturity maturity) {

  /** By time, then the largest first, then by name; where there is no name, last. */
  public static final Comparator<Row> IN_ORDER =
      Comparator.comparing(Row::period, Comparator.nullsFirst(Comparator.naturalOrder()))
          .thenComparing(row -> -row.counts().reached(Stage.CAPTURED, Basis.COHORT))
          .thenComparing(
              row -> row.key().toArray(new @Nullable String[0]),
              (one, other) ->
                  Arrays.compare(one, other, Comparator.nullsLast(Comparator.naturalOrder())));

  /** The same, of leads that are known to take so long. */
  public Report of(Maturity known) {
    return new Report(question, completeTo, charters, rows, total, known);
  }

  /**
   * One line of it.
   *
   * @param period null unless asked by one
   * @param key the values of the dimensions asked by, in their order
   */
  public record Row(@Nullable String period, List<@Nullable String> key, Counts counts) {}
}
