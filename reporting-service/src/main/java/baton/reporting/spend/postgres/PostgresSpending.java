package baton.reporting.spend.postgres;

import static java.util.stream.Collectors.joining;

import baton.chassis.database.Transactions;
import baton.contracts.Campaign;
import baton.contracts.Spend;
import baton.contracts.SpendKind;
import baton.reporting.spend.Cost;
import baton.reporting.spend.Facet;
import baton.reporting.spend.Spending;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

@ApplicationScoped
class PostgresSpending implements Spending {
  private static final String KEEP =
      """
      INSERT INTO campaign (campaign_id, revision, name, channel, source)
      SELECT DISTINCT ON (n.campaign_id) n.*
      FROM unnest($1::text[], $2::bigint[], $3::text[], $4::text[], $5::text[])
        AS n(campaign_id, revision, name, channel, source)
      ORDER BY n.campaign_id, n.revision DESC
      ON CONFLICT (campaign_id) DO UPDATE SET revision = excluded.revision, name = excluded.name,
        channel = excluded.channel, source = excluded.source
      WHERE campaign.revision < excluded.revision
      RETURNING campaign_id, revision
      """;

  private static final String CLEAR = "DELETE FROM campaign_spend WHERE campaign_id = ANY ($1)";

  private static final String SPEND =
      """
      INSERT INTO campaign_spend (campaign_id, day, kind, currency, amount)
      SELECT campaign_id, day::date, kind, currency, sum(amount::numeric)
      FROM unnest($1::text[], $2::text[], $3::text[], $4::text[], $5::text[])
        AS n(campaign_id, day, kind, currency, amount)
      GROUP BY campaign_id, day, kind, currency HAVING sum(amount::numeric) <> 0
      """;

  private static final String FORGET = "DELETE FROM campaign WHERE campaign_id = ANY ($1)";

  private record Kept(String campaignId, long revision) {}

  private record Day(String campaignId, Spend spend) {
    String kind() {
      return (spend.kind() == null ? SpendKind.MEDIA : spend.kind()).word();
    }
  }

  private final Transactions transactions;

  PostgresSpending(Transactions transactions) {
    this.transactions = transactions;
  }

  @Override
  public Uni<Void> keep(SqlConnection tx, List<Campaign> campaigns) {
    return tx.preparedQuery(KEEP)
        .execute(
            Tuple.tuple()
                .addArrayOfString(column(campaigns, Campaign::campaignId))
                .addArrayOfLong(campaigns.stream().map(Campaign::revision).toArray(Long[]::new))
                .addArrayOfString(column(campaigns, Campaign::name))
                .addArrayOfString(column(campaigns, Campaign::channel))
                .addArrayOfString(column(campaigns, Campaign::source)))
        .chain(
            rows -> {
              var kept = new HashSet<Kept>();
              rows.forEach(
                  row -> kept.add(new Kept(row.getString("campaign_id"), row.getLong("revision"))));
              return kept.isEmpty()
                  ? Uni.createFrom().voidItem()
                  : replace(tx, kept, days(campaigns, kept));
            });
  }

  /** The same revision told twice in one batch is one. */
  private static List<Day> days(List<Campaign> campaigns, Set<Kept> kept) {
    var open = new HashSet<>(kept);
    return campaigns.stream()
        .filter(each -> open.remove(new Kept(each.campaignId(), each.revision())))
        .flatMap(each -> each.spend().stream().map(day -> new Day(each.campaignId(), day)))
        .toList();
  }

  private static Uni<Void> replace(SqlConnection tx, Set<Kept> kept, List<Day> days) {
    return tx.preparedQuery(CLEAR)
        .execute(ids(kept.stream().map(Kept::campaignId)))
        .chain(
            () ->
                tx.preparedQuery(SPEND)
                    .execute(
                        Tuple.tuple()
                            .addArrayOfString(column(days, Day::campaignId))
                            .addArrayOfString(column(days, day -> day.spend().date().toString()))
                            .addArrayOfString(column(days, Day::kind))
                            .addArrayOfString(column(days, day -> day.spend().amount().currency()))
                            .addArrayOfString(
                                column(
                                    days, day -> day.spend().amount().amount().toPlainString()))))
        .replaceWithVoid();
  }

  @Override
  public Uni<Void> forget(SqlConnection tx, List<String> campaignIds) {
    return tx.preparedQuery(FORGET).execute(ids(campaignIds.stream())).replaceWithVoid();
  }

  @Override
  public Uni<List<Sum>> spent(Asked asked) {
    var parameters = Tuple.tuple().addLocalDate(asked.from()).addLocalDate(asked.to());
    var statement = statement(asked, parameters);
    return transactions
        .single(connection -> connection.preparedQuery(statement).execute(parameters))
        .map(rows -> rows.stream().map(row -> sum(asked, row)).toList());
  }

  private static String statement(Asked asked, Tuple parameters) {
    var apart = new ArrayList<String>();
    if (asked.per() != null) {
      apart.add("date_trunc('" + per(asked.per()) + "', s.day::timestamp)::date AS start");
    }
    asked.by().forEach(facet -> apart.add(column(facet) + " AS " + facet.word()));
    apart.add("s.currency");
    var group =
        java.util.stream.IntStream.rangeClosed(1, apart.size())
            .mapToObj(Integer::toString)
            .collect(joining(", "));
    var where = new StringBuilder();
    for (var facet : Facet.values()) {
      var values = asked.only().get(facet);
      if (values != null) {
        parameters.addArrayOfString(
            values.stream().filter(Objects::nonNull).toArray(String[]::new));
        where
            .append(" AND (")
            .append(column(facet))
            .append(" = ANY ($")
            .append(parameters.size())
            .append("::text[])")
            .append(values.contains(null) ? " OR " + column(facet) + " IS NULL)" : ")");
      }
    }
    return "SELECT "
        + String.join(", ", apart)
        + ", sum(s.amount) AS amount FROM campaign_spend s JOIN campaign c USING (campaign_id)"
        + " WHERE ($1::date IS NULL OR s.day >= $1) AND ($2::date IS NULL OR s.day < $2)"
        + (asked.cost() == Cost.MEDIA ? " AND s.kind = 'media'" : "")
        + where
        + " GROUP BY "
        + group;
  }

  /** Only these words become part of a statement. */
  private static String per(String period) {
    return switch (period) {
      case "day", "week", "month", "quarter" -> period;
      default -> throw new IllegalArgumentException("no stretch of the calendar");
    };
  }

  private static String column(Facet facet) {
    return switch (facet) {
      case CAMPAIGN -> "c.campaign_id";
      case CHANNEL -> "c.channel";
      case SOURCE -> "c.source";
    };
  }

  private static Sum sum(Asked asked, Row row) {
    var key = new ArrayList<@Nullable String>();
    asked.by().forEach(facet -> key.add(row.getString(facet.word())));
    return new Sum(
        asked.per() == null ? null : row.getLocalDate("start"),
        key,
        row.getString("currency"),
        row.getNumeric("amount").bigDecimalValue());
  }

  private static <T> String[] column(List<T> of, Function<T, @Nullable String> value) {
    return of.stream().map(value).toArray(String[]::new);
  }

  private static Tuple ids(Stream<String> ids) {
    return Tuple.tuple().addArrayOfString(ids.toArray(String[]::new));
  }
}
