package baton.chassis.outbox;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.pgclient.PgConnectOptions;
import io.vertx.pgclient.PgConnection;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.Tuple;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What is committed and unpublished, seen over the connection that holds the relay's lock: who can
 * read and delete is the leader. Statements run in the order of the calls.
 *
 * <p>Every look starts from the whole table. Rows are left out by their ids and never by a
 * high-water mark, because a low id may commit late.
 */
final class Backlog {
  /** "baton" in ASCII; advisory locks are counted per database. */
  private static final long LOCK = 0x6261746f6eL;

  private static final String TAKE_LOCK = "SELECT pg_try_advisory_lock($1)";
  private static final String READ =
      """
      SELECT id, event_id, topic, key, sequence, occurred_at, traceparent, payload
      FROM outbox WHERE id <> ALL ($1) ORDER BY id LIMIT $2
      """;
  private static final String READ_ALL =
      """
      SELECT id, event_id, topic, key, sequence, occurred_at, traceparent, payload
      FROM outbox ORDER BY id LIMIT $1
      """;
  private static final String DELETE = "DELETE FROM outbox WHERE id = ANY ($1)";
  private static final String MEASURE =
      """
      SELECT (SELECT count(*) FROM (SELECT FROM outbox LIMIT 1000000) AS first_rows) AS rows,
        (SELECT event_id FROM outbox ORDER BY id LIMIT 1) AS oldest
      """;

  private final PgConnection connection;

  private Backlog(PgConnection connection) {
    this.connection = connection;
  }

  /**
   * Connects; a connection that falls silent for 15 s, as in a stopped process, is cut by
   * PostgreSQL.
   */
  static Future<Backlog> connect(Vertx vertx, PgConnectOptions database) {
    var options = new PgConnectOptions(database).setCachePreparedStatements(true);
    var properties = new HashMap<>(options.getProperties());
    properties.put("idle_session_timeout", "15000");
    properties.put("statement_timeout", "60000");
    properties.put("tcp_keepalives_idle", "5");
    properties.put("tcp_keepalives_interval", "5");
    properties.put("tcp_keepalives_count", "2");
    // The table goes from empty to huge and back faster than any statistics: always by the primary
    // key, and planned with the ids at hand, which PostgreSQL then hashes.
    properties.put("enable_seqscan", "off");
    properties.put("enable_bitmapscan", "off");
    properties.put("plan_cache_mode", "force_custom_plan");
    properties.put("jit", "off");
    // A deletion that a crash undoes publishes an event once more: no reason to wait for the disk.
    properties.put("synchronous_commit", "off");
    options.setProperties(properties);
    return PgConnection.connect(vertx, options).map(Backlog::new);
  }

  Future<Boolean> tryLock() {
    return connection
        .preparedQuery(TAKE_LOCK)
        .execute(Tuple.of(LOCK))
        .map(rows -> rows.iterator().next().getBoolean(0));
  }

  /** The next rows in id order, leaving out those in flight. */
  Future<List<Unpublished>> read(Collection<Long> inFlight, int limit) {
    var rows =
        inFlight.isEmpty()
            ? connection.preparedQuery(READ_ALL).execute(Tuple.of(limit))
            : connection
                .preparedQuery(READ)
                .execute(Tuple.of(inFlight.toArray(Long[]::new), limit));
    return rows.map(Backlog::unpublished);
  }

  Future<Void> delete(Collection<Long> ids) {
    return connection
        .preparedQuery(DELETE)
        .execute(Tuple.of((Object) ids.toArray(Long[]::new)))
        .mapEmpty();
  }

  /**
   * Clears what was deleted away. Every look walks over the entries of deleted rows first, and a
   * minute of load, after which PostgreSQL would come round by itself, leaves half a million.
   */
  Future<Void> sweep() {
    return connection.query("VACUUM (INDEX_CLEANUP ON, TRUNCATE OFF) outbox").execute().mapEmpty();
  }

  /** How many rows wait, counted to a million, and which event is the oldest. */
  Future<Size> measure() {
    return connection
        .preparedQuery(MEASURE)
        .execute()
        .map(
            rows -> {
              var row = rows.iterator().next();
              var oldest = row.getUUID("oldest");
              return new Size(row.getLong("rows"), oldest == null ? null : mintedAt(oldest));
            });
  }

  record Size(long rows, @Nullable Instant oldest) {}

  void onLost(Runnable lost) {
    connection.closeHandler(closed -> lost.run());
  }

  Future<Void> close() {
    return connection.close();
  }

  private static Instant mintedAt(UUID timeOrdered) {
    return Instant.ofEpochMilli(timeOrdered.getMostSignificantBits() >>> 16);
  }

  private static List<Unpublished> unpublished(RowSet<Row> rows) {
    var read = new ArrayList<Unpublished>(rows.size());
    for (var row : rows) {
      @Nullable Buffer payload = row.getBuffer(7);
      read.add(
          new Unpublished(
              row.getLong(0),
              row.getUUID(1),
              row.getString(2),
              row.getString(3),
              row.getLong(4),
              row.getOffsetDateTime(5).toInstant(),
              row.getString(6),
              payload == null ? null : payload.getBytes()));
    }
    return read;
  }
}
