package baton.reporting.funnel.postgres;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import baton.infrastructure.Infrastructure;
import baton.reporting.funnel.Basis;
import baton.reporting.funnel.Dimension;
import baton.reporting.funnel.Question;
import baton.reporting.funnel.WhichPasses;
import java.io.IOException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.ZoneOffset;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * What a report costs while PostgreSQL still believes that there are five keys: ten thousand came
 * since it looked. Joined with the routes these took more than twenty seconds.
 */
class PlansIT {
  private static final int MOST_MILLIS = 2000;
  private static @Nullable Connection database;

  @BeforeAll
  static void keys_grew_since_they_were_analyzed() throws SQLException, IOException {
    var shared = Infrastructure.shared();
    var connection =
        DriverManager.getConnection(shared.newDatabase("plans"), shared.user(), shared.password());
    database = connection;
    run(script("V1__fold"));
    run(script("V50__routes"));
    run("ALTER TABLE keys SET (autovacuum_enabled = off)");
    run("ALTER TABLE route_0 SET (autovacuum_enabled = off)");
    run(keys(1, 5));
    run("ANALYZE keys");
    run(keys(6, 10_000));
    run(
        "INSERT INTO route_0 (kind, at, keys, digest, partition, count, body)"
            + " SELECT g % 2, g, k.id, k.id, 0, 1, '' FROM (SELECT id, row_number() OVER () AS g"
            + " FROM keys) AS k");
    run("ANALYZE route_0");
    run("SET plan_cache_mode = force_generic_plan");
    run("SET statement_timeout = " + MOST_MILLIS);
  }

  @AfterAll
  static void close() throws SQLException {
    if (database != null) {
      database.close();
    }
  }

  @Test
  void credit_of_some_leads_is_read_route_by_route() throws SQLException {
    assertThat(rows("won", PostgresAttributions.won(asked(), 0))).isEqualTo(5000);
    assertThat(rows("unwon", PostgresAttributions.unwon(asked(), 0))).isEqualTo(1);
  }

  private static Question asked() {
    return new Question(
        Basis.PERIOD,
        WhichPasses.ANY,
        null,
        null,
        ZoneOffset.UTC,
        null,
        List.of(),
        null,
        Map.of(
            Dimension.SOURCE, values("google", "fair", "mail"),
            Dimension.COUNTRY, values("DE", "US")));
  }

  private static Set<@Nullable String> values(String... values) {
    return new HashSet<>(List.of(values));
  }

  private static int rows(String name, String statement) throws SQLException {
    run("PREPARE " + name + " (int, int, text[], text[]) AS " + statement);
    try (var select = Objects.requireNonNull(database).createStatement();
        var rows =
            select.executeQuery(
                "EXECUTE "
                    + name
                    + "(0, 20000, ARRAY['google', 'fair', 'mail'], ARRAY['DE', 'US'])")) {
      int count = 0;
      while (rows.next()) {
        count++;
      }
      return count;
    }
  }

  private static String keys(int first, int last) {
    return "INSERT INTO keys (id, source, country, company)"
        + " SELECT gen_random_uuid(), (ARRAY['google', 'fair', 'mail'])[1 + g % 3],"
        + " (ARRAY['DE', 'US'])[1 + g % 2], 'company-' || g FROM generate_series("
        + first
        + ", "
        + last
        + ") AS g";
  }

  private static void run(String statement) throws SQLException {
    try (var running = Objects.requireNonNull(database).createStatement()) {
      running.execute(statement);
    }
  }

  private static String script(String name) throws IOException {
    try (var in = PlansIT.class.getResourceAsStream("/db/migration/" + name + ".sql")) {
      return new String(Objects.requireNonNull(in).readAllBytes(), UTF_8);
    }
  }
}
