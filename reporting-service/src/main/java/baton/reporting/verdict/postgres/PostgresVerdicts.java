package baton.reporting.verdict.postgres;

import baton.chassis.database.Transactions;
import baton.contracts.Side;
import baton.reporting.verdict.Count;
import baton.reporting.verdict.Promised;
import baton.reporting.verdict.Verdicts;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

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

  private static final String OF_NO_LEAD =
      """
      SELECT clause_id, owed_by, due_at, count(*) FILTER (WHERE met) AS met,
             count(*) FILTER (WHERE NOT met AND NOT excused) AS broken,
             count(*) FILTER (WHERE NOT met AND excused) AS excused
        FROM period_verdict_%d
       WHERE due_at > coalesce($1::timestamptz, '-infinity')
         AND due_at <= coalesce($2::timestamptz, 'infinity')
       GROUP BY clause_id, owed_by, due_at ORDER BY clause_id, due_at
      """;

  private final Transactions transactions;

  PostgresVerdicts(Transactions transactions) {
    this.transactions = transactions;
  }

  @Override
  public Uni<List<Due>> ofNoLead(@Nullable Instant from, @Nullable Instant to) {
    return read(OF_NO_LEAD, Tuple.of(offset(from), offset(to))).map(PostgresVerdicts::due);
  }

  /** Of the tables that reports are read from, whose number goes into the statement. */
  private Uni<RowSet<Row>> read(String statement, Tuple parameters) {
    return transactions.run(
        connection ->
            connection
                .query(SNAPSHOT)
                .execute()
                .chain(() -> connection.query(SLOT).execute())
                .map(rows -> statement.formatted(rows.iterator().next().getInteger("slot")))
                .chain(live -> connection.preparedQuery(live).execute(parameters)));
  }

  private static List<Due> due(RowSet<Row> rows) {
    var due = new ArrayList<Due>();
    for (var row : rows) {
      due.add(
          new Due(
              new Promised(row.getString("clause_id"), Side.of(row.getString("owed_by"))),
              row.getOffsetDateTime("due_at").toInstant(),
              row.getLong("met"),
              row.getLong("broken"),
              row.getLong("excused")));
    }
    return due;
  }

  private static @Nullable OffsetDateTime offset(@Nullable Instant instant) {
    return instant == null ? null : instant.atOffset(ZoneOffset.UTC);
  }

  @Override
  public Uni<Map<Side, Count>> counted() {
    return read(COUNTED, Tuple.tuple())
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
