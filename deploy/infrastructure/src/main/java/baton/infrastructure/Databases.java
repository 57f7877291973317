package baton.infrastructure;

import java.sql.Connection;
import java.sql.SQLException;

/** Making databases. */
final class Databases {
  private static final String DUPLICATE_DATABASE = "42P04";

  private Databases() {}

  static void create(Connection connection, String name) throws SQLException {
    if (!name.matches("[a-z][a-z0-9_]{0,62}")) {
      throw new IllegalArgumentException("not a database's name: " + name);
    }
    try (var statement = connection.createStatement()) {
      statement.execute("CREATE DATABASE " + name);
    } catch (SQLException failed) {
      if (!DUPLICATE_DATABASE.equals(failed.getSQLState())) {
        throw failed;
      }
    }
  }
}
