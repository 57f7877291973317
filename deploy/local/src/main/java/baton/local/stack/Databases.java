package baton.local.stack;

import baton.infrastructure.PostgresProcess;
import java.sql.Connection;
import java.sql.SQLException;

/** One database per service, owned by a role of its own that may enter no other. */
final class Databases {
  private Databases() {}

  static void create(PostgresProcess postgres, Secrets secrets) {
    try (var connection = postgres.connect("postgres")) {
      for (var part : Part.services()) {
        create(connection, part.word(), secrets.password(part.word()));
      }
    } catch (SQLException failed) {
      throw new NotUp("the databases could not be made: " + failed.getMessage(), postgres.log());
    }
  }

  private static void create(Connection connection, String name, String password)
      throws SQLException {
    if (!exists(connection, "SELECT 1 FROM pg_roles WHERE rolname = ?", name)) {
      run(connection, "CREATE ROLE " + name + " LOGIN PASSWORD '" + password + "'");
    }
    if (!exists(connection, "SELECT 1 FROM pg_database WHERE datname = ?", name)) {
      run(connection, "CREATE DATABASE " + name + " OWNER " + name);
      run(connection, "REVOKE CONNECT ON DATABASE " + name + " FROM PUBLIC");
    }
  }

  private static boolean exists(Connection connection, String query, String name)
      throws SQLException {
    try (var statement = connection.prepareStatement(query)) {
      statement.setString(1, name);
      try (var rows = statement.executeQuery()) {
        return rows.next();
      }
    }
  }

  /** Names are this code's own, passwords hexadecimal: nothing in the text needs quoting. */
  private static void run(Connection connection, String text) throws SQLException {
    try (var statement = connection.createStatement()) {
      statement.execute(text);
    }
  }
}
