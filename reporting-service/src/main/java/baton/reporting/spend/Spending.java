package baton.reporting.spend;

import baton.contracts.Campaign;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What campaigns cost, day by day. The highest revision of each holds, however often it comes. */
public interface Spending {

  /**
   * Which spend.
   *
   * @param from first day; null for the first there is
   * @param to first day no more; null for all there is
   * @param by what sums are told apart by
   * @param per the stretch of the calendar by which they are told apart as well: day, week, month
   *     or quarter
   * @param only of each facet named, the values let through; null stands for none
   */
  record Asked(
      @Nullable LocalDate from,
      @Nullable LocalDate to,
      List<Facet> by,
      @Nullable String per,
      Map<Facet, Set<@Nullable String>> only,
      Cost cost) {}

  /**
   * So much was spent.
   *
   * @param start the first day of the stretch, null unless asked by one
   */
  record Sum(
      @Nullable LocalDate start, List<@Nullable String> key, String currency, BigDecimal amount) {}

  Uni<Void> keep(SqlConnection tx, List<Campaign> campaigns);

  Uni<Void> forget(SqlConnection tx, List<String> campaignIds);

  Uni<List<Sum>> spent(Asked asked);
}
