package baton.handoff.clock.postgres;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.SqlConnection;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/** PostgreSQL's clock, in whole milliseconds. */
final class PostgresTime {
  private static final String NOW = "SELECT clock_timestamp() AS now";

  private PostgresTime() {}

  static Uni<Instant> now(SqlConnection tx) {
    return tx.query(NOW).execute().map(rows -> now(rows.iterator().next()));
  }

  static Instant now(Row row) {
    return row.getOffsetDateTime("now").toInstant().truncatedTo(ChronoUnit.MILLIS);
  }
}
