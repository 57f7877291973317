package baton.reporting.goal.postgres;

import baton.charter.Goal;
import baton.chassis.database.Transactions;
import baton.contracts.Side;
import baton.reporting.goal.Standing;
import baton.reporting.goal.Trend;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Currency;
import java.util.List;
import org.jspecify.annotations.Nullable;

@ApplicationScoped
class PostgresTrend implements Trend {
  private static final String KEEP =
      """
      INSERT INTO goal_standing AS g (goal_id, day, ordinal, parent, metric, owners, from_day, to_day,
        currency, target, actual, gone, plan, attained, pacing, forecast, outlook, charter_version, as_of)
      VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19)
      ON CONFLICT (goal_id, day) DO UPDATE SET ordinal = excluded.ordinal, parent = excluded.parent,
        metric = excluded.metric, owners = excluded.owners, from_day = excluded.from_day,
        to_day = excluded.to_day, currency = excluded.currency, target = excluded.target,
        actual = excluded.actual, gone = excluded.gone, plan = excluded.plan, attained = excluded.attained,
        pacing = excluded.pacing, forecast = excluded.forecast, outlook = excluded.outlook,
        charter_version = excluded.charter_version, as_of = excluded.as_of
      WHERE g.as_of <= excluded.as_of
      """;

  private final Transactions transactions;

  PostgresTrend(Transactions transactions) {
    this.transactions = transactions;
  }

  @Override
  public Uni<Void> keep(Standing standing) {
    var rows = rows(standing);
    return rows.isEmpty()
        ? Uni.createFrom().voidItem()
        : transactions.run(tx -> tx.preparedQuery(KEEP).executeBatch(rows).replaceWithVoid());
  }

  private static List<Tuple> rows(Standing standing) {
    var rows = new ArrayList<Tuple>();
    for (var placed : standing.placed()) {
      rows.add(row(standing, placed, rows.size()));
    }
    return rows;
  }

  private static Tuple row(Standing standing, Standing.Placed placed, int ordinal) {
    var progress = placed.progress();
    var goal = progress.goal();
    return Tuple.tuple()
        .addString(goal.id())
        .addLocalDate(standing.day())
        .addInteger(ordinal)
        .addString(placed.parent())
        .addString(goal.metric())
        .addArrayOfString(goal.owners().stream().map(Side::word).toArray(String[]::new))
        .addLocalDate(goal.from())
        .addLocalDate(goal.to())
        .addString(currency(goal))
        .addBigDecimal(goal.target())
        .addBigDecimal(progress.actual().value())
        .addBigDecimal(progress.gone())
        .addBigDecimal(progress.plan())
        .addBigDecimal(progress.attained())
        .addBigDecimal(progress.pacing())
        .addBigDecimal(progress.forecast())
        .addString(progress.outlook().word())
        .addInteger(standing.charterVersion())
        .addOffsetDateTime(standing.asOf().atOffset(ZoneOffset.UTC));
  }

  private static @Nullable String currency(Goal goal) {
    return goal.currency() instanceof Currency money ? money.getCurrencyCode() : null;
  }
}
