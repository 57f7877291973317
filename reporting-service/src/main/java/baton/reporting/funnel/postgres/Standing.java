package baton.reporting.funnel.postgres;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What a transaction reads, all as of one moment.
 *
 * @param slot of the tables that reports are read from
 * @param completeTo everything Baton learned until then is counted; null when nobody knows yet
 */
record Standing(int slot, @Nullable Instant completeTo) {
  private static final String SNAPSHOT =
      "SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY";
  private static final String STANDING =
      """
      SELECT s.live % 2 AS slot,
             (SELECT CASE WHEN count(*) = count(p.complete_to) THEN min(p.complete_to) END
                FROM fold_partition p WHERE p.generation = s.live) AS complete_to
        FROM fold_state s
      """;

  /** Of a transaction that has only just begun. */
  static Uni<Standing> of(SqlConnection connection) {
    return connection
        .query(SNAPSHOT)
        .execute()
        .chain(() -> connection.preparedQuery(STANDING).execute())
        .map(
            rows -> {
              var row = rows.iterator().next();
              var completeTo = row.getOffsetDateTime("complete_to");
              return new Standing(
                  row.getInteger("slot"), completeTo == null ? null : completeTo.toInstant());
            });
  }
}
