package baton.handoff.clock.postgres;

import static baton.chassis.database.Columns.column;
import static baton.handoff.clock.postgres.PromiseRow.stream;

import baton.contracts.Side;
import baton.contracts.SlaBreach;
import baton.contracts.SlaMet;
import baton.handoff.clock.Verdicts;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.LinkedHashMap;
import java.util.List;

/**
 * Each transaction leaves a row of its own, and whoever asks adds up what was left: rows that all
 * who judge had to change would make them wait for each other.
 */
@ApplicationScoped
class PostgresVerdicts implements Verdicts {
  private static final String COUNT =
      """
      INSERT INTO verdict_tally (clause_id, owed_by, day, met, broken)
      SELECT * FROM unnest($1::text[], $2::text[], $3::date[], $4::bigint[], $5::bigint[])
      """;

  private static final String ADD_UP =
      """
      WITH taken AS (DELETE FROM verdict_tally RETURNING *)
      INSERT INTO verdict_count AS c (clause_id, owed_by, day, met, broken)
      SELECT clause_id, owed_by, day, sum(met), sum(broken) FROM taken
      GROUP BY clause_id, owed_by, day ORDER BY clause_id, owed_by, day
      ON CONFLICT (clause_id, owed_by, day) DO UPDATE SET
        met = c.met + excluded.met, broken = c.broken + excluded.broken
      """;

  private static final String COUNTED =
      """
      SELECT owed_by, sum(met)::bigint AS met, sum(broken)::bigint AS broken
      FROM verdict_count GROUP BY owed_by
      """;

  private record Kind(String clauseId, Side owedBy, LocalDate day) {
    static Kind of(String clauseId, Side owedBy, Instant judgedAt) {
      return new Kind(clauseId, owedBy, LocalDate.ofInstant(judgedAt, ZoneOffset.UTC));
    }
  }

  private record Tally(Kind kind, long met, long broken) {
    Tally plus(Tally other) {
      return new Tally(kind, met + other.met, broken + other.broken);
    }
  }

  @Override
  public Uni<Void> count(SqlConnection tx, List<SlaMet> met, List<SlaBreach> broken) {
    var tallies = new LinkedHashMap<Kind, Tally>();
    for (var each : met) {
      add(tallies, new Tally(Kind.of(each.clauseId(), each.owedBy(), each.judgedAt()), 1, 0));
    }
    for (var each : broken) {
      add(tallies, new Tally(Kind.of(each.clauseId(), each.owedBy(), each.judgedAt()), 0, 1));
    }
    if (tallies.isEmpty()) {
      return Uni.createFrom().voidItem();
    }
    var all = List.copyOf(tallies.values());
    return tx.preparedQuery(COUNT)
        .execute(
            Tuple.of(
                column(all, each -> each.kind().clauseId(), String[]::new),
                column(all, each -> each.kind().owedBy().word(), String[]::new),
                column(all, each -> each.kind().day(), LocalDate[]::new),
                column(all, Tally::met, Long[]::new),
                column(all, Tally::broken, Long[]::new)))
        .replaceWithVoid();
  }

  private static void add(LinkedHashMap<Kind, Tally> tallies, Tally tally) {
    tallies.merge(tally.kind(), tally, Tally::plus);
  }

  @Override
  public Uni<List<Count>> counted(SqlConnection tx) {
    return tx.query(ADD_UP)
        .execute()
        .chain(() -> tx.query(COUNTED).execute())
        .map(
            rows ->
                stream(rows)
                    .map(
                        row ->
                            new Count(
                                Side.of(row.getString("owed_by")),
                                row.getLong("met"),
                                row.getLong("broken")))
                    .toList());
  }
}
