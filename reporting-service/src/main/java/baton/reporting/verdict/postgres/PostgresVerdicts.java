package baton.reporting.verdict.postgres;

import baton.chassis.database.Transactions;
import baton.contracts.Side;
import baton.reporting.verdict.Count;
import baton.reporting.verdict.Verdicts;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.EnumMap;
import java.util.Map;

/** Adds up one row per partition and clause; and the verdicts of periods, which are few. */
@ApplicationScoped
class PostgresVerdicts implements Verdicts {
  private static final String SNAPSHOT =
      "SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY";

  private static final String SLOT = "SELECT live % 2 AS slot FROM fold_state";

  private static final String COUNTED =
      """
      SELECT owed_by, sum(met)::bigint AS met, sum(broken)::bigint AS broken FROM (
        SELECT owed_by, met, broken FROM verdict_%1$d
        UNION ALL
        SELECT owed_by, count(*) FILTER (WHERE met), count(*) FILTER (WHERE NOT met)
        FROM period_verdict_%1$d GROUP BY owed_by) AS both_kinds
      GROUP BY owed_by
      """;

  private final Transactions transactions;

  PostgresVerdicts(Transactions transactions) {
    this.transactions = transactions;
  }

  @Override
  public Uni<Map<Side, Count>> counted() {
    return transactions
        .run(
            connection ->
                connection
                    .query(SNAPSHOT)
                    .execute()
                    .chain(() -> connection.query(SLOT).execute())
                    .map(rows -> COUNTED.formatted(rows.iterator().next().getInteger("slot")))
                    .chain(statement -> connection.query(statement).execute()))
        .map(
            rows -> {
              var counts = new EnumMap<Side, Count>(Side.class);
              for (Row row : rows) {
                counts.put(
                    Side.of(row.getString("owed_by")),
                    new Count(row.getLong("met"), row.getLong("broken")));
              }
              return counts;
            });
  }
}
