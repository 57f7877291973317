package baton.reporting.funnel.postgres;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import java.time.Instant;
import java.time.OffsetDateTime;
import org.jspecify.annotations.Nullable;

/**
 * What is read, all as of one moment.
 *
 * @param slot of the tables that reports are read from
 * @param completeTo everything Baton learned until then is counted; null when nobody knows yet
 */
record Standing(int slot, @Nullable Instant completeTo) {
  static final String STATEMENT =
      """
      SELECT s.live % 2 AS slot,
             (SELECT CASE WHEN count(*) = count(p.complete_to) THEN min(p.complete_to) END
                FROM fold_partition p WHERE p.generation = s.live) AS complete_to
        FROM fold_state s
      """;

  private static final String SNAPSHOT =
      "SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY";

  /** Of a transaction that has only just begun, and reads more of the same moment. */
  static Uni<Standing> of(SqlConnection connection) {
    return connection
        .query(SNAPSHOT)
        .execute()
        .chain(() -> connection.preparedQuery(STATEMENT).execute())
        .map(rows -> rows.iterator().next())
        .map(row -> of(row.getInteger("slot"), row.getOffsetDateTime("complete_to")));
  }

  static Standing of(int slot, @Nullable OffsetDateTime completeTo) {
    return new Standing(slot, completeTo == null ? null : completeTo.toInstant());
  }
}
