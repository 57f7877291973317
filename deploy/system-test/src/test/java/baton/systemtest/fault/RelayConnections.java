package baton.systemtest.fault;

import baton.local.stack.BatonFile;
import java.sql.DriverManager;
import java.sql.SQLException;

/** The backends of the relays: those that hold an advisory lock. */
final class RelayConnections {
  private RelayConnections() {}

  /** Ends them all; answers how many there were, 0 too when PostgreSQL is away. */
  static int terminate(BatonFile file) {
    var postgres = file.postgres();
    var url = "jdbc:postgresql://" + postgres.host() + ":" + postgres.port() + "/postgres";
    try (var connection = DriverManager.getConnection(url, postgres.user(), postgres.password());
        var statement = connection.createStatement();
        var ended =
            statement.executeQuery(
                """
                SELECT count(*) FILTER (WHERE pg_terminate_backend(pid))
                FROM (SELECT DISTINCT pid FROM pg_locks WHERE locktype = 'advisory' AND granted) relay
                """)) {
      ended.next();
      return ended.getInt(1);
    } catch (SQLException away) {
      return 0;
    }
  }

  /** Rows of all outboxes that are not published yet. */
  static long waiting(BatonFile file) throws SQLException {
    var postgres = file.postgres();
    var rows = 0L;
    for (var url : postgres.databases().values()) {
      try (var connection = DriverManager.getConnection(url, postgres.user(), postgres.password());
          var statement = connection.createStatement();
          var there = statement.executeQuery("SELECT to_regclass('outbox') IS NOT NULL")) {
        there.next();
        if (there.getBoolean(1)) {
          try (var count = statement.executeQuery("SELECT count(*) FROM outbox")) {
            count.next();
            rows += count.getLong(1);
          }
        }
      }
    }
    return rows;
  }
}
