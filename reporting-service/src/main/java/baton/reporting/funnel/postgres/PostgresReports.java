package baton.reporting.funnel.postgres;

import static java.util.stream.Collectors.joining;

import baton.chassis.database.Transactions;
import baton.reporting.funnel.Basis;
import baton.reporting.funnel.Column;
import baton.reporting.funnel.Counts;
import baton.reporting.funnel.Level;
import baton.reporting.funnel.Matter;
import baton.reporting.funnel.Numbers;
import baton.reporting.funnel.Part.Kind;
import baton.reporting.funnel.Part.Noted;
import baton.reporting.funnel.Quarter;
import baton.reporting.funnel.Question;
import baton.reporting.funnel.Question.Stretch;
import baton.reporting.funnel.Report;
import baton.reporting.funnel.Reports;
import baton.reporting.funnel.WhichPasses;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Reads one consistent state: the cells, and until when they are complete. */
@ApplicationScoped
class PostgresReports implements Reports {
  /** A plan for a table of which nothing is known yet would read it whole for each stretch. */
  private static final String STRETCH_BY_STRETCH = "SET LOCAL enable_seqscan = off";

  /** Each stretch is looked up by itself: a join with all of them would read the whole table. */
  private static final String APART = " OFFSET 0";

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

  private final Transactions transactions;

  PostgresReports(Transactions transactions) {
    this.transactions = transactions;
  }

  private record Key(int period, List<@Nullable String> values) {}

  @Override
  public Uni<Report> answer(Question question, Numbers numbers) {
    return transactions.run(
        connection ->
            Standing.of(connection)
                .chain(standing -> planned(connection, question, numbers, standing)));
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

  private Uni<Report> planned(
      SqlConnection connection, Question question, Numbers numbers, Standing standing) {
    if (question.period() == null || (question.from() != null && question.to() != null)) {
      return added(connection, question, numbers, standing, 0, 0);
    }
    return connection
        .preparedQuery(bounds(numbers).formatted(standing.slot()))
        .execute()
        .map(found -> found.iterator().next())
        .chain(
            row ->
                row.getInteger("first") == null
                    ? Uni.createFrom()
                        .item(new Sums(question, List.of()).report(standing.completeTo()))
                    : added(
                        connection,
                        question,
                        numbers,
                        standing,
                        row.getInteger("first") - Quarter.PER_DAY,
                        row.getInteger("last") + 2 * Quarter.PER_DAY));
  }

  /** The first and the last quarter in which anything was counted; a promise may be due later. */
  private static String bounds(Numbers numbers) {
    var noted =
        numbers.matters().isEmpty()
            ? "NULL"
            : "(SELECT n.at FROM (SELECT g AS matter FROM generate_series(0, "
                + Matter.values().length
                + ") AS g WHERE g "
                + in(numbers.matters())
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

  private static Uni<Report> added(
      SqlConnection connection,
      Question question,
      Numbers numbers,
      Standing standing,
      int first,
      int last) {
    var plan = question.plan(first, last);
    var sums = new Sums(question, plan.periods());
    if (plan.stretches().isEmpty()) {
      return Uni.createFrom().item(sums.report(standing.completeTo()));
    }
    var reads = new ArrayList<Uni<?>>();
    var parameters = parameters(question, question.passes(), plan.stretches());
    if (numbers.stages()) {
      reads.add(
          connection
              .preparedQuery(cells(question, standing.slot()))
              .execute(parameters)
              .invoke(sums::cells));
    }
    if (!numbers.kinds().isEmpty()) {
      reads.add(
          connection
              .preparedQuery(tallies(question, standing.slot(), numbers.kinds()))
              .execute(parameters)
              .invoke(sums::tallies));
    }
    if (!numbers.matters().isEmpty()) {
      reads.add(
          connection
              .preparedQuery(notes(question, standing.slot(), numbers.matters()))
              .execute(
                  parameters(
                      question,
                      numbers.everyPass() ? WhichPasses.ALL : question.passes(),
                      question.planOfNotes(first, last).stretches()))
              .invoke(sums::notes));
    }
    var ready =
        plan.stretches().size() > 1
            ? connection.query(STRETCH_BY_STRETCH).execute()
            : Uni.createFrom().voidItem();
    return ready.chain(
        () -> Uni.combine().all().unis(reads).with(_ -> sums.report(standing.completeTo())));
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

    void cells(RowSet<Row> cells) {
      for (var row : cells) {
        var into = into(row);
        boolean any = false;
        for (var column : columns(question.basis())) {
          long count = row.getLong(column.column());
          any |= count != 0;
          into.add(column, count);
        }
        if (any) {
          charters.add(row.getInteger("charter"));
        }
      }
    }

    void tallies(RowSet<Row> tallies) {
      for (var row : tallies) {
        into(row)
            .add(
                Kind.values()[row.getInteger("kind")],
                row.getString("label"),
                row.getNumeric("amount").bigDecimalValue());
      }
    }

    void notes(RowSet<Row> notes) {
      for (var row : notes) {
        long count = row.getLong("amount");
        if (count != 0) {
          into(row).add(Matter.values()[row.getInteger("matter")], row.getString("label"), count);
          charters.add(row.getInteger("charter"));
        }
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
      return new Report(question, completeTo, charters, rows, total);
    }
  }

  private static Key key(Question question, Row row) {
    var values = new ArrayList<@Nullable String>();
    for (var dimension : question.by()) {
      values.add(row.getString(dimension.column()));
    }
    return new Key(row.getInteger("period"), values);
  }

  private static List<Column> columns(Basis basis) {
    return Arrays.stream(Column.values())
        .filter(
            column ->
                column == Column.CAPTURED
                    || column == Column.CAPTURED_INFERRED
                    || column.name().startsWith("NOW_")
                    || column.name().startsWith("ENTERED_") == (basis == Basis.PERIOD))
        .toList();
  }

  private static String cells(Question question, int slot) {
    var sums =
        columns(question.basis()).stream()
            .map(column -> "coalesce(sum(c.%1$s), 0) AS %1$s".formatted(column.column()))
            .collect(joining(", "));
    return statement(question, "cell_" + slot, List.of("c.charter"), sums, "");
  }

  private static String tallies(Question question, int slot, Set<Kind> kinds) {
    var amount = amount(question);
    return statement(
        question,
        "tally_" + slot,
        List.of("c.kind", "c.label"),
        "sum(c." + amount + ") AS amount",
        " AND c." + amount + " <> 0 AND c.kind " + in(kinds));
  }

  /**
   * Terms that are kept together come apart here, so that as few rows are read as there are terms.
   */
  private static String notes(Question question, int slot, Set<Matter> matters) {
    var amount = amount(question);
    return statement(
        question,
        "note_" + slot,
        List.of("c.matter", "c.charter", "t.label"),
        "sum(c." + amount + ")::bigint AS amount",
        " AND c." + amount + " <> 0 AND c.matter " + in(matters),
        " CROSS JOIN LATERAL unnest(string_to_array(c.label, chr("
            + (int) Noted.BETWEEN
            + "))) AS t(label)");
  }

  private static String amount(Question question) {
    return question.basis() == Basis.COHORT ? "cohort" : "entered";
  }

  private static String in(Set<? extends Enum<?>> some) {
    return some.stream()
        .map(each -> Integer.toString(each.ordinal()))
        .sorted()
        .collect(joining(", ", "IN (", ")"));
  }

  private static String statement(
      Question question, String table, List<String> apart, String sums, String further) {
    return statement(question, table, apart, sums, further, "");
  }

  private static String statement(
      Question question,
      String table,
      List<String> apart,
      String sums,
      String further,
      String taken) {
    var keyed = question.by().stream().map(dimension -> "k." + dimension.column());
    var group =
        Stream.of(Stream.of("s.period"), keyed, apart.stream())
            .flatMap(Function.identity())
            .collect(joining(", "));
    var join =
        question.by().isEmpty() && question.only().isEmpty() ? "" : " JOIN keys k ON k.id = c.keys";
    return "SELECT "
        + group
        + ", "
        + sums
        + " FROM unnest($1::int[], $2::int[], $3::int[], $4::int[], $5::int[], $6::int[])"
        + " AS s(level, low, high, fewest, most, period) CROSS JOIN LATERAL (SELECT * FROM "
        + table
        + " c WHERE c.level = s.level AND c.at >= s.low AND c.at < s.high"
        + " AND c.lag BETWEEN s.fewest AND s.most AND c.passes = ANY($7::int[])"
        + further
        + APART
        + ") c"
        + join
        + taken
        + " WHERE true"
        + Filter.conditions(question, 8)
        + " GROUP BY "
        + group;
  }

  private static Tuple parameters(Question question, WhichPasses passes, List<Stretch> stretches) {
    var tuple =
        Tuple.tuple()
            .addArrayOfInteger(ints(stretches, stretch -> stretch.level().ordinal()))
            .addArrayOfInteger(ints(stretches, Stretch::from))
            .addArrayOfInteger(ints(stretches, Stretch::to))
            .addArrayOfInteger(ints(stretches, Stretch::fewestDays))
            .addArrayOfInteger(ints(stretches, Stretch::mostDays))
            .addArrayOfInteger(ints(stretches, Stretch::period))
            .addArrayOfInteger(
                passes == WhichPasses.ANY
                    ? new Integer[] {0}
                    : new Integer[] {0, passes.ordinal()});
    Filter.values(question).forEach(tuple::addArrayOfString);
    return tuple;
  }

  private static Integer[] ints(List<Stretch> stretches, Function<Stretch, Integer> of) {
    return stretches.stream().map(of).toArray(Integer[]::new);
  }
}
