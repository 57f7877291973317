package baton.handoff.pass.postgres;

import baton.handoff.pass.Changes;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

@ApplicationScoped
class PostgresChanges implements Changes {
  private static final int NEWS_AT_ONCE = 1000;

  /** Every transaction below it has ended, and is seen by whoever asks afterwards. */
  private static final String HORIZON =
      "SELECT pg_snapshot_xmin(pg_current_snapshot())::text::bigint AS horizon";

  private static final String FORMER =
      """
      (SELECT p.seller_id FROM handoff_step p
         WHERE p.handoff_id = s.handoff_id AND p.revision = s.revision - 1)
      """;

  /**
   * Steps, and verdicts that came without one, which stand before any step of their transaction;
   * whose they are now is whom these concern.
   */
  private static final String AFTER =
      """
      (SELECT s.xact, s.handoff_id, s.revision, s.seller_id, %s AS former
       FROM handoff_step s
       WHERE (s.xact, s.handoff_id, s.revision) > ($1::bigint::text::xid8, $2::uuid, $3::bigint)
         AND s.xact < $4::bigint::text::xid8 %s
       ORDER BY s.xact, s.handoff_id, s.revision LIMIT $5)
      UNION ALL
      (SELECT j.xact, h.handoff_id, 0, h.seller_id, NULL
       FROM handoff_judged j CROSS JOIN LATERAL unnest(j.handoff_ids) AS judged(handoff_id)
         JOIN handoff h USING (handoff_id)
       WHERE j.xact >= $1::bigint::text::xid8 AND j.xact < $4::bigint::text::xid8
         AND (j.xact, h.handoff_id, 0) > ($1::bigint::text::xid8, $2::uuid, $3::bigint) %s
       ORDER BY j.xact, h.handoff_id LIMIT $5)
      ORDER BY xact, handoff_id, revision LIMIT $5
      """;

  private static final String PAGE =
      "WITH step AS MATERIALIZED ("
          + AFTER.formatted(
              FORMER,
              "AND ($6::text IS NULL OR s.seller_id = $6 OR " + FORMER + " = $6)",
              "AND ($6::text IS NULL OR h.seller_id = $6)")
          + ") "
          + PostgresInbox.ENTRY_COLUMNS
          + """
          , step.xact::text::bigint AS step_xact, step.revision AS step_revision
          FROM step JOIN handoff h USING (handoff_id)
          ORDER BY step.xact, step.handoff_id, step.revision
          """;

  private static final String NEWS =
      "SELECT xact::text::bigint AS step_xact, handoff_id, revision AS step_revision, seller_id,"
          + " former FROM ("
          + AFTER.formatted(FORMER, "", "")
          + ") AS step";

  private static final String REBASE =
      """
      UPDATE handoff_step SET xact = pg_current_xact_id()
      WHERE xact >= pg_snapshot_xmax(pg_current_snapshot())
      """;

  private static final String REBASE_VERDICTS =
      """
      UPDATE handoff_judged SET xact = pg_current_xact_id()
      WHERE xact >= pg_snapshot_xmax(pg_current_snapshot())
      """;

  private static final String PRUNE =
      "DELETE FROM handoff_judged WHERE at < now() - interval '7 days'";

  @Override
  public Uni<Position> now(SqlConnection tx) {
    return horizon(tx).map(Position::before);
  }

  @Override
  public Uni<Page> after(
      SqlConnection tx, Position position, @Nullable String sellerId, int limit) {
    return horizon(tx)
        .chain(
            horizon ->
                tx.preparedQuery(PAGE)
                    .execute(values(position, horizon, limit).addString(sellerId))
                    .map(
                        rows -> {
                          var latest = new LinkedHashMap<UUID, Change>();
                          var next = position;
                          for (var row : rows) {
                            next = at(row);
                            latest.remove(next.handoffId());
                            latest.put(
                                next.handoffId(), new Change(next, PostgresInbox.entry(row)));
                          }
                          var full = rows.size() == limit;
                          return new Page(
                              List.copyOf(latest.values()),
                              full ? next : Position.before(horizon),
                              full);
                        }));
  }

  @Override
  public Uni<News> news(SqlConnection tx, Position position) {
    return horizon(tx)
        .chain(
            horizon ->
                tx.preparedQuery(NEWS)
                    .execute(values(position, horizon, NEWS_AT_ONCE))
                    .map(
                        rows -> {
                          var sellers = new HashSet<String>();
                          var next = position;
                          for (var row : rows) {
                            next = at(row);
                            add(sellers, row.getString("seller_id"));
                            add(sellers, row.getString("former"));
                          }
                          var full = rows.size() == NEWS_AT_ONCE;
                          return new News(
                              sellers,
                              rows.size() > 0,
                              full ? next : Position.before(horizon),
                              full);
                        }));
  }

  @Override
  public Uni<Void> rebase(SqlConnection tx) {
    return tx.query(REBASE)
        .execute()
        .chain(() -> tx.query(REBASE_VERDICTS).execute())
        .replaceWithVoid();
  }

  @Override
  public Uni<Void> prune(SqlConnection tx) {
    return tx.query(PRUNE).execute().replaceWithVoid();
  }

  private static Uni<Long> horizon(SqlConnection tx) {
    return tx.preparedQuery(HORIZON)
        .execute()
        .map(rows -> rows.iterator().next().getLong("horizon"));
  }

  private static Tuple values(Position position, long horizon, int limit) {
    return Tuple.tuple()
        .addLong(position.transaction())
        .addUUID(position.handoffId())
        .addLong(position.revision())
        .addLong(horizon)
        .addInteger(limit);
  }

  private static Position at(Row row) {
    return new Position(
        row.getLong("step_xact"), row.getUUID("handoff_id"), row.getLong("step_revision"));
  }

  private static void add(HashSet<String> sellers, @Nullable String sellerId) {
    if (sellerId != null) {
      sellers.add(sellerId);
    }
  }
}
