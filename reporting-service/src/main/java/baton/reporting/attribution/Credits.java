package baton.reporting.attribution;

import java.math.BigDecimal;
import java.util.Comparator;
import java.util.List;
import java.util.SortedMap;
import java.util.SortedSet;
import org.jspecify.annotations.Nullable;

/**
 * Who is owed how much.
 *
 * @param charters the versions that governed the conversions
 */
public record Credits(SortedSet<Integer> charters, List<Row> rows, Row total) {

  /** The largest first. */
  static final Comparator<Row> IN_ORDER =
      Comparator.comparing(Row::conversions).reversed().thenComparing(Row::key);

  /**
   * What is owed to the touches of one key.
   *
   * @param conversions parts of deals, to twelve digits
   * @param revenue by currency
   * @param removalEffect which part of all wins would be lost without this key; null where the
   *     model doesn't ask
   */
  public record Row(
      Key key,
      BigDecimal conversions,
      SortedMap<String, BigDecimal> revenue,
      @Nullable Double removalEffect) {}
}
