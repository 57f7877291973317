package baton.reporting.funnel.postgres;

import baton.chassis.database.Transactions;
import baton.reporting.funnel.Basis;
import baton.reporting.funnel.Column;
import baton.reporting.funnel.Counts;
import baton.reporting.funnel.Level;
import baton.reporting.funnel.Matter;
import baton.reporting.funnel.Maturity;
import baton.reporting.funnel.Numbers;
import baton.reporting.funnel.Part.Kind;
import baton.reporting.funnel.Quarter;
import baton.reporting.funnel.Question;
import baton.reporting.funnel.Report;
import baton.reporting.funnel.Reports;
import baton.reporting.journey.Stage;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.SqlConnection;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.TreeSet;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/** Reads one consistent state: the cells, and until when they are complete. */
@ApplicationScoped
class PostgresReports implements Reports {
  private static final Logger LOG = Logger.getLogger(PostgresReports.class);
  private static final String CONSERVATION =
      """
      SELECT abs(total.captured - total.standing) + abs(total.captured - days.captured) AS difference
        FROM (SELECT coalesce(sum(captured), 0) AS captured,
                     coalesce(sum(now_won), 0) + coalesce(sum(now_lost), 0)
                       + coalesce(sum(now_rejected), 0) + coalesce(sum(now_returned), 0)
                       + coalesce(sum(now_disqualified), 0) + coalesce(sum(now_open), 0) AS standing
                FROM cell_%1$d WHERE level = 0 AND lag = -1) AS total,
             (SELECT coalesce(sum(captured), 0) AS captured
                FROM cell_%1$d WHERE level = 1 AND lag = -1) AS days
      """;

  /** Of all leads, by where they come from: some thousand rows. */
  private static final String REACHED =
      """
      SELECT lag, sum(mql) AS mql, sum(sal) AS sal, sum(sql) AS sql, sum(won) AS won
        FROM cell_%1$d WHERE level = 0 AND passes = 0 AND lag >= 0 GROUP BY lag
      """;

  private static final String LAST =
      """
      SELECT at FROM cell_%1$d WHERE level = 1 AND lag = -1 ORDER BY level DESC, at DESC LIMIT 1
      """;

  private final Transactions transactions;
  private final Duration often;

  /** How long leads take changes slowly: it is looked up beside the reports. */
  private volatile @Nullable Maturity maturity;

  private volatile long looked;

  /** Where reports were read from last; a rebuild moves them. */
  private volatile int slot;

  PostgresReports(
      Transactions transactions,
      @ConfigProperty(name = "baton.maturity.every", defaultValue = "PT5M") Duration often) {
    this.transactions = transactions;
    this.often = often;
  }

  private record Key(int period, List<@Nullable String> values) {}

  @Override
  public Uni<Report> answer(Question question, Numbers numbers) {
    return question.basis() == Basis.COHORT
        ? maturity().chain(known -> counted(question, numbers).map(report -> report.of(known)))
        : counted(question, numbers);
  }

  /** What was known last, while it is looked up again; only the first waits. */
  private Uni<Maturity> maturity() {
    var known = maturity;
    long now = System.nanoTime();
    if (known != null && now - looked < often.toNanos()) {
      return Uni.createFrom().item(known);
    }
    looked = now;
    var found =
        transactions
            .run(
                connection ->
                    Standing.of(connection).chain(standing -> maturity(connection, standing)))
            .invoke(read -> maturity = read);
    if (known == null) {
      return found;
    }
    found.subscribe().with(_ -> {}, failed -> LOG.debug("how long leads take isn't known", failed));
    return Uni.createFrom().item(known);
  }

  private static Uni<Maturity> maturity(SqlConnection connection, Standing standing) {
    return connection
        .preparedQuery(LAST.formatted(standing.slot()))
        .execute()
        .chain(
            last ->
                connection
                    .preparedQuery(REACHED.formatted(standing.slot()))
                    .execute()
                    .map(
                        rows ->
                            Maturity.of(
                                reached(rows),
                                last.size() == 0
                                    ? null
                                    : last.iterator().next().getInteger("at"))));
  }

  private static Map<Stage, TreeMap<Integer, Long>> reached(RowSet<Row> rows) {
    var reached = new EnumMap<Stage, TreeMap<Integer, Long>>(Stage.class);
    for (var row : rows) {
      for (var stage : Stage.values()) {
        var count = stage == Stage.CAPTURED ? null : row.getLong(stage.word());
        if (count != null && count > 0) {
          reached.computeIfAbsent(stage, _ -> new TreeMap<>()).put(row.getInteger("lag"), count);
        }
      }
    }
    return reached;
  }

  private Uni<Report> counted(Question question, Numbers numbers) {
    if (question.period() == null || (question.from() != null && question.to() != null)) {
      return answer(question, numbers, slot);
    }
    return transactions.run(
        connection ->
            Standing.of(connection)
                .chain(standing -> bounded(connection, question, numbers, standing)));
  }

  /** What was read from a slot that isn't live any more is read again from the one that is. */
  private Uni<Report> answer(Question question, Numbers numbers, int from) {
    var selection = new Selection(question, numbers, from, 0, 0);
    return transactions
        .single(connection -> read(connection, selection, question))
        .chain(
            read -> {
              slot = read.standing.slot();
              return slot == from
                  ? Uni.createFrom().item(read.report)
                  : answer(question, numbers, read.standing.slot());
            });
  }

  @Override
  public Uni<Long> unconserved() {
    return transactions.run(
        connection ->
            Standing.of(connection)
                .map(standing -> CONSERVATION.formatted(standing.slot()))
                .chain(statement -> connection.preparedQuery(statement).execute())
                .map(rows -> rows.iterator().next().getLong("difference")));
  }

  /** Days that begin with the first there is are found in the same transaction. */
  private static Uni<Report> bounded(
      SqlConnection connection, Question question, Numbers numbers, Standing standing) {
    return connection
        .preparedQuery(bounds(numbers).formatted(standing.slot()))
        .execute()
        .map(found -> found.iterator().next())
        .chain(
            row -> {
              if (row.getInteger("first") == null) {
                return Uni.createFrom()
                    .item(new Sums(question, List.of()).report(standing.completeTo()));
              }
              return read(
                      connection,
                      new Selection(
                          question,
                          numbers,
                          standing.slot(),
                          row.getInteger("first") - Quarter.PER_DAY,
                          row.getInteger("last") + 2 * Quarter.PER_DAY),
                      question)
                  .map(Read::report);
            });
  }

  private record Read(Standing standing, Report report) {}

  private static Uni<Read> read(SqlConnection connection, Selection selection, Question question) {
    return connection
        .preparedQuery(selection.statement())
        .execute(selection.parameters())
        .map(
            rows -> {
              var sums = new Sums(question, selection.periods());
              var standing = sums.add(rows, selection.columns());
              return new Read(standing, sums.report(standing.completeTo()));
            });
  }

  /** The first and the last quarter in which anything was counted; a promise may be due later. */
  private static String bounds(Numbers numbers) {
    var noted =
        numbers.matters().isEmpty()
            ? "NULL"
            : "(SELECT n.at FROM (SELECT g AS matter FROM generate_series(0, "
                + Matter.values().length
                + ") AS g WHERE g "
                + Selection.in(numbers.matters())
                + ") AS m CROSS JOIN LATERAL (SELECT at FROM note_%1$d WHERE matter = m.matter AND"
                + " level = "
                + Level.EVERYTHING.ordinal()
                + " ORDER BY at {order} LIMIT 1) AS n ORDER BY n.at {order} LIMIT 1)";
    return "SELECT least((SELECT at FROM cell_%1$d WHERE level = 1 ORDER BY level, at LIMIT 1), "
        + noted.replace("{order}", "ASC")
        + ") AS first, greatest((SELECT at FROM cell_%1$d WHERE level = 1"
        + " ORDER BY level DESC, at DESC LIMIT 1), "
        + noted.replace("{order}", "DESC")
        + ") AS last";
  }

  /** Rows being added up. */
  private static final class Sums {
    private final Question question;
    private final List<String> periods;
    private final Map<Key, Counts> counts = new HashMap<>();
    private final TreeSet<Integer> charters = new TreeSet<>();

    Sums(Question question, List<String> periods) {
      this.question = question;
      this.periods = periods;
    }

    /**
     * @param columns which counts they have, in their order
     */
    Standing add(RowSet<Row> rows, List<Column> columns) {
      Standing standing = null;
      for (var row : rows) {
        if (row.getInteger(Selection.PERIOD) == null) {
          standing =
              Standing.of(
                  row.getInteger(Selection.CHARTER), row.getOffsetDateTime(Selection.COMPLETE_TO));
        } else if (row.getInteger(Selection.KIND) != null) {
          into(row)
              .add(
                  Kind.values()[row.getInteger(Selection.KIND)],
                  row.getString(Selection.LABEL),
                  row.getNumeric(Selection.AMOUNT).bigDecimalValue());
        } else if (row.getInteger(Selection.MATTER) != null) {
          note(row);
        } else {
          cell(row, columns);
        }
      }
      return Objects.requireNonNull(standing, "the row that says where reports stand");
    }

    private void cell(Row row, List<Column> columns) {
      var into = into(row);
      int next = Selection.KEYS + question.by().size();
      boolean any = false;
      for (var column : columns) {
        var count = row.getLong(next++);
        if (count != null && count != 0) {
          into.add(column, count);
          any = true;
        }
      }
      if (any) {
        charters.add(row.getInteger(Selection.CHARTER));
      }
    }

    private void note(Row row) {
      long count = row.getLong(Selection.TIMES);
      if (count != 0) {
        into(row)
            .add(
                Matter.values()[row.getInteger(Selection.MATTER)],
                row.getString(Selection.LABEL),
                count);
        charters.add(row.getInteger(Selection.CHARTER));
      }
    }

    private Counts into(Row row) {
      return counts.computeIfAbsent(key(question, row), _ -> new Counts());
    }

    Report report(@Nullable Instant completeTo) {
      var rows = new ArrayList<Report.Row>();
      var total = new Counts();
      counts.forEach(
          (key, sums) -> {
            if (!sums.none()) {
              total.add(sums);
              rows.add(
                  new Report.Row(
                      periods.isEmpty() ? null : periods.get(key.period()), key.values(), sums));
            }
          });
      rows.sort(Report.IN_ORDER);
      return new Report(question, completeTo, charters, rows, total, Maturity.UNKNOWN);
    }
  }

  private static Key key(Question question, Row row) {
    var values = new ArrayList<@Nullable String>();
    for (int n = 0; n < question.by().size(); n++) {
      values.add(row.getString(Selection.KEYS + n));
    }
    return new Key(row.getInteger(Selection.PERIOD), values);
  }
}
