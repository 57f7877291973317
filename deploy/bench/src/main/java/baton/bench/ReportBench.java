package baton.bench;

import static java.nio.charset.StandardCharsets.UTF_8;

import baton.contracts.Event;
import baton.contracts.HandoffStep;
import baton.contracts.LeadCaptured;
import baton.contracts.LeadHandoff;
import baton.contracts.LeadOutcome;
import baton.contracts.LeadQualified;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGConnection;

/**
 * How soon {@code GET /funnel} answers over ten million leads, the answer's way over HTTP included,
 * beside the same question to a table with a row per lead: in the same PostgreSQL, and in DuckDB.
 */
public final class ReportBench implements Bench {
  private static final int LEADS = 10_000_000;
  private static final int SECONDS_APART = 3;

  /** On some days, and won on later ones. */
  private static final int PROVED = 4_000;

  private static final int PROVED_SECONDS_APART = 60;
  private static final int ASKED = 2_000;
  private static final int ASKED_OF_OTHERS = 5;
  private static final double MILLIS = 5;
  private static final double TIMES_SQL = 1_000;
  private static final double TIMES_DUCK = 100;

  private static final LocalDate DAY =
      LocalDate.ofInstant(History.BEGIN, ZoneOffset.UTC).plusDays(7);

  private static final String TABLE =
      """
      CREATE TABLE journey (
        captured timestamptz NOT NULL, source text, campaign text,
        mql timestamptz, sal timestamptz, won timestamptz, amount numeric(18, 2)
      )
      """;

  /** The same in words of our own and in SQL. */
  private record Asked(String name, String path, String sql) {}

  private static final List<Asked> QUESTIONS =
      List.of(
          new Asked("all time by source", "/funnel?by=source", sql("source", "true")),
          new Asked(
              "one day by campaign",
              "/funnel?by=campaign&from=" + DAY + "&to=" + DAY.plusDays(1),
              sql(
                  "campaign",
                  "captured >= TIMESTAMPTZ '"
                      + DAY
                      + " 00:00:00+00' AND captured < TIMESTAMPTZ '"
                      + DAY.plusDays(1)
                      + " 00:00:00+00'")));

  private static String sql(String by, String where) {
    return "SELECT "
        + by
        + ", count(*), count(mql), count(sal), count(won), sum(amount) FROM journey WHERE "
        + where
        + " GROUP BY "
        + by;
  }

  @Override
  public String name() {
    return "report";
  }

  @Override
  public String about() {
    return "GET /funnel over 10 M leads, beside SQL and DuckDB over a row for each";
  }

  @Override
  public List<Row> run(Setting setting) throws Exception {
    var leads = setting.scaled(LEADS);
    var csv = setting.folder().resolve("journeys.csv");
    try (var reporting = new Reporting(setting.folder().resolve("stack"))) {
      Past.isWhatTheFoldMakes(reporting, new History(PROVED, PROVED_SECONDS_APART));
      setting.news().accept("writing what became of " + leads + " leads");
      var began = System.nanoTime();
      try (var rows = Files.newBufferedWriter(csv, UTF_8)) {
        Past.write(reporting, new History(leads, SECONDS_APART), life -> write(rows, life));
      }
      setting
          .news()
          .accept("written in " + Duration.ofNanos(System.nanoTime() - began).toSeconds() + " s");
      try (var maintenance = reporting.connect("postgres");
          var statement = maintenance.createStatement()) {
        statement.execute("CREATE DATABASE bench");
      }
      try (var postgres = reporting.connect("bench");
          var duck = Duck.on(setting.folder().resolve("duck.db"))) {
        copy(postgres, duck.connection(), csv);
        var rows = new ArrayList<Row>();
        for (var asked : QUESTIONS) {
          rows.addAll(compared(setting, reporting, asked, leads, postgres, duck.connection()));
        }
        return rows;
      }
    }
  }

  private static List<Row> compared(
      Setting setting,
      Reporting reporting,
      Asked asked,
      int leads,
      Connection postgres,
      Connection duck)
      throws Exception {
    var sql = new ArrayList<Double>();
    var ducks = new ArrayList<Double>();
    var p50 = new ArrayList<Double>();
    var p99 = new ArrayList<Double>();
    long ofOurs = reporting.get(asked.path()).at("/total/stages/captured/count").asLong();
    if (ofOurs != captured(postgres, asked) || (asked == QUESTIONS.getFirst() && ofOurs != leads)) {
      throw new IllegalStateException(
          asked.name() + " counts " + ofOurs + " leads, and SQL others");
    }
    for (int n = 0; n <= setting.repetitions(); n++) {
      var before = median(postgres, asked);
      ducks.add(median(duck, asked));
      var ours = ours(reporting, asked, ASKED);
      sql.add((before + median(postgres, asked)) / 2);
      p50.add(Comparison.percentile(ours, 0.5));
      p99.add(Comparison.percentile(ours, 0.99));
      if (n == 0) {
        // The first time warms all of them up.
        List.of(sql, ducks, p50, p99).forEach(List::clear);
      }
    }
    var ours = Comparison.median(p99);
    return List.of(
        beside("SQL", asked, TIMES_SQL, sql, ours, Comparison.median(p50)),
        beside("DuckDB", asked, TIMES_DUCK, ducks, ours, Comparison.median(p50)),
        Row.below("p99: " + asked.name(), MILLIS, ours, "ms").within(Comparison.median(p50), ours));
  }

  private static Row beside(
      String what, Asked asked, double target, List<Double> reference, double p99, double p50) {
    var other = Comparison.median(reference);
    return new Row(
        what + ": " + asked.name(), other / p99, target, p99, other, "ms", p50, p99, null);
  }

  private static double[] ours(Reporting reporting, Asked asked, int times) throws Exception {
    var millis = new double[times];
    for (int n = 0; n < times; n++) {
      var began = System.nanoTime();
      reporting.read(asked.path());
      millis[n] = (System.nanoTime() - began) / 1e6;
    }
    Arrays.sort(millis);
    return millis;
  }

  private static double median(Connection connection, Asked asked) throws SQLException {
    var millis = new ArrayList<Double>();
    for (int n = 0; n < ASKED_OF_OTHERS; n++) {
      var began = System.nanoTime();
      captured(connection, asked);
      millis.add((System.nanoTime() - began) / 1e6);
    }
    return Comparison.median(millis);
  }

  private static long captured(Connection connection, Asked asked) throws SQLException {
    try (var statement = connection.createStatement();
        var rows = statement.executeQuery(asked.sql())) {
      long captured = 0;
      while (rows.next()) {
        captured += rows.getLong(2);
      }
      return captured;
    }
  }

  private static void write(Writer rows, List<Event> life) {
    var captured = (LeadCaptured) life.getFirst();
    Instant mql = null;
    Instant sal = null;
    LeadOutcome won = null;
    for (var event : life) {
      switch (event) {
        case LeadQualified qualified -> mql = qualified.occurredAt();
        case LeadHandoff handoff when handoff.step() == HandoffStep.ACCEPTED ->
            sal = handoff.occurredAt();
        case LeadOutcome outcome -> won = outcome;
        default -> {}
      }
    }
    var amount = won == null || won.amount() == null ? null : won.amount().amount();
    try {
      rows.write(
          String.join(
              ",",
              captured.occurredAt().toString(),
              captured.source(),
              captured.campaignId(),
              text(mql),
              text(sal),
              text(won == null ? null : won.occurredAt()),
              text(amount)));
      rows.write('\n');
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }

  private static String text(@Nullable Object value) {
    return value == null ? "" : value.toString();
  }

  private static void copy(Connection postgres, Connection duck, Path csv)
      throws SQLException, IOException {
    try (var statement = postgres.createStatement();
        var rows = Files.newInputStream(csv)) {
      statement.execute(TABLE);
      postgres
          .unwrap(PGConnection.class)
          .getCopyAPI()
          .copyIn("COPY journey FROM STDIN (FORMAT csv)", rows);
      statement.execute("CREATE INDEX ON journey (captured)");
      statement.execute("VACUUM ANALYZE journey");
    }
    try (var statement = duck.createStatement()) {
      statement.execute(TABLE);
      statement.execute("COPY journey FROM '" + csv + "' (FORMAT csv, HEADER false)");
    }
  }

  /** The same topics folded anew while reports are asked for, beside Kafka Streams folding them. */
  public static final class Replay implements Bench {
    private static final int RECORDS_PER_LEAD = 3;
    private static final int LEADS = 10_000_000 / RECORDS_PER_LEAD;
    private static final double PER_SECOND = 100_000;
    private static final double WARM = 0.1;
    private static final int COMMIT_MILLIS = 1_000;
    private static final Duration BETWEEN = Duration.ofMillis(50);

    @Override
    public String name() {
      return "replay";
    }

    @Override
    public String about() {
      return "10 M events rebuilt beside live reads, beside Kafka Streams on the same topics";
    }

    @Override
    public List<Row> run(Setting setting) throws Exception {
      try (var reporting = new Reporting(setting.folder().resolve("stack"))) {
        var records =
            Filling.tell(
                reporting.bootstrapServers(), new History(setting.scaled(LEADS), SECONDS_APART));
        reporting.awaitFolded(records);
        var runs = new AtomicLong();
        var row =
            Comparison.warm(
                "replay",
                1.5,
                "events/s",
                setting,
                () ->
                    StreamsFold.measured(
                        reporting.bootstrapServers(),
                        setting.folder(),
                        "replay_" + runs.incrementAndGet(),
                        COMMIT_MILLIS,
                        Math.toIntExact(records),
                        WARM),
                () -> rebuilt(reporting, records));
        return List.of(
            row,
            new Row(
                "replay a second",
                row.ours() / PER_SECOND,
                1,
                row.ours(),
                null,
                "events/s",
                row.p50(),
                row.p99(),
                null));
      }
    }

    /** Until the new journeys are the ones that reports are read from. */
    private static Measured rebuilt(Reporting reporting, long records) throws Exception {
      var reads = new ArrayList<Double>();
      var began = System.nanoTime();
      reporting.post("/rebuild");
      do {
        var asked = System.nanoTime();
        reporting.read(QUESTIONS.getFirst().path());
        reads.add((System.nanoTime() - asked) / 1e6);
        Thread.sleep(BETWEEN);
      } while ("building".equals(reporting.get("/rebuild").path("state").asText()));
      var took = System.nanoTime() - began;
      var millis = reads.stream().mapToDouble(Double::doubleValue).sorted().toArray();
      return new Measured(
          records * 1e9 / took,
          Comparison.percentile(millis, 0.5),
          Comparison.percentile(millis, 0.99),
          null);
    }
  }
}
