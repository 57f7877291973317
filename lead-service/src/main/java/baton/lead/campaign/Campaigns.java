package baton.lead.campaign;

import baton.contracts.Campaign;
import baton.contracts.Money;
import baton.contracts.Spend;
import baton.contracts.SpendKind;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The calendar. Every change is published whole on {@code campaign}, in the transaction that makes
 * it.
 */
public interface Campaigns {

  /** A campaign and what sales said of it, oldest first. */
  record Entry(Campaign campaign, @Nullable State review, List<Review> reviews) {}

  /** What was spent on something, in a currency. */
  record Cost(SpendKind kind, Money amount) {
    /** What days cost, added up by kind and currency, in their order. */
    public static List<Cost> of(List<Spend> spend) {
      var sums = new TreeMap<SpendKind, TreeMap<String, BigDecimal>>();
      for (var day : spend) {
        sums.computeIfAbsent(
                day.kind() == null ? SpendKind.MEDIA : day.kind(), _ -> new TreeMap<>())
            .merge(day.amount().currency(), day.amount().amount(), BigDecimal::add);
      }
      return sums.entrySet().stream()
          .flatMap(
              kind ->
                  kind.getValue().entrySet().stream()
                      .map(sum -> new Cost(kind.getKey(), new Money(sum.getValue(), sum.getKey()))))
          .toList();
    }
  }

  /** A campaign in a list: its spend added up, its reviews left out. */
  record Listed(Campaign campaign, @Nullable State review, List<Cost> cost) {}

  /**
   * Which campaigns; null where it doesn't matter.
   *
   * @param from the first day of those on which it runs
   * @param to the day after the last
   * @param q what its id, name or offer contains
   * @param after the first day (null: it has none) and id of the one before
   */
  record Search(
      @Nullable State state,
      @Nullable String owner,
      @Nullable String channel,
      @Nullable LocalDate from,
      @Nullable LocalDate to,
      @Nullable String q,
      @Nullable After after,
      int limit) {
    public record After(@Nullable LocalDate startsOn, String campaignId) {}
  }

  /** What a file of spend changed. */
  record Spent(List<String> changed, List<String> stubs) {}

  Uni<Optional<Entry>> find(SqlConnection tx, String campaignId);

  /** By first day, those without one last. */
  Uni<List<Listed>> list(SqlConnection tx, Search search, LocalDate today);

  /** Describes a campaign that is there or not, under its lock; the same again is no change. */
  Uni<Entry> describe(
      SqlConnection tx,
      String campaignId,
      Instant at,
      Function<Optional<Entry>, Described> description);

  /** Adds a review to a campaign that passes the check, or none where there is no campaign. */
  Uni<Optional<Entry>> review(
      SqlConnection tx, String campaignId, Review review, Consumer<Entry> check);

  /** Says what a campaign that passes the check cost on a day, of that kind, in all. */
  Uni<Optional<Entry>> spend(SqlConnection tx, DaySpend spend, Instant at, Consumer<Entry> check);

  /**
   * Says what campaigns cost on days; what a day cost in another kind or currency stays. Campaigns
   * that nobody named before become stubs.
   */
  Uni<Spent> spend(SqlConnection tx, List<DaySpend> spend, Instant at);
}
