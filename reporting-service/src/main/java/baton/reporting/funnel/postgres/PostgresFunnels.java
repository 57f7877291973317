package baton.reporting.funnel.postgres;

import static java.util.stream.Collectors.joining;

import baton.chassis.database.Transactions;
import baton.reporting.funnel.Basis;
import baton.reporting.funnel.Column;
import baton.reporting.funnel.Counts;
import baton.reporting.funnel.Dimension;
import baton.reporting.funnel.Funnel;
import baton.reporting.funnel.Funnels;
import baton.reporting.funnel.Part.Kind;
import baton.reporting.funnel.Question;
import baton.reporting.funnel.Question.Plan;
import baton.reporting.funnel.Question.Stretch;
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
import java.util.Objects;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Reads one consistent state: the cells, and until when they are complete. */
@ApplicationScoped
class PostgresFunnels implements Funnels {
  private static final String SNAPSHOT =
      "SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY";
  private static final String STANDING =
      """
      SELECT s.live % 2 AS slot,
             (SELECT CASE WHEN count(*) = count(p.complete_to) THEN min(p.complete_to) END
                FROM fold_partition p WHERE p.generation = s.live) AS complete_to
        FROM fold_state s
      """;

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

  PostgresFunnels(Transactions transactions) {
    this.transactions = transactions;
  }

  private record Standing(int slot, @Nullable Instant completeTo) {}

  private record Key(int period, List<@Nullable String> values) {}

  @Override
  public Uni<Funnel> answer(Question question) {
    return transactions.run(
        connection ->
            connection
                .query(SNAPSHOT)
                .execute()
                .chain(() -> connection.preparedQuery(STANDING).execute())
                .map(PostgresFunnels::standing)
                .chain(standing -> planned(connection, question, standing)));
  }

  @Override
  public Uni<Long> unconserved() {
    return transactions.run(
        connection ->
            connection
                .query(SNAPSHOT)
                .execute()
                .chain(() -> connection.preparedQuery(STANDING).execute())
                .map(rows -> CONSERVATION.formatted(standing(rows).slot()))
                .chain(statement -> connection.preparedQuery(statement).execute())
                .map(rows -> rows.iterator().next().getLong("difference")));
  }

  private Uni<Funnel> planned(SqlConnection connection, Question question, Standing standing) {
    if (question.period() == null || (question.from() != null && question.to() != null)) {
      return added(connection, question, standing, question.plan(0, 0));
    }
    var bounds =
        "SELECT (SELECT at FROM cell_%1$d WHERE level = 1 ORDER BY level, at LIMIT 1) AS first,"
            + " (SELECT at FROM cell_%1$d WHERE level = 1 ORDER BY level DESC, at DESC LIMIT 1) AS last";
    return connection
        .preparedQuery(bounds.formatted(standing.slot()))
        .execute()
        .map(found -> found.iterator().next())
        .chain(
            row ->
                row.getInteger("first") == null
                    ? Uni.createFrom().item(new Plan(List.of(), List.of()))
                    : Uni.createFrom()
                        .item(
                            () ->
                                question.plan(
                                    row.getInteger("first") - 96, row.getInteger("last") + 192)))
        .chain(plan -> added(connection, question, standing, plan));
  }

  private Uni<Funnel> added(
      SqlConnection connection, Question question, Standing standing, Plan plan) {
    if (plan.stretches().isEmpty()) {
      return Uni.createFrom()
          .item(
              new Funnel(
                  question, standing.completeTo(), new TreeSet<>(), List.of(), new Counts()));
    }
    var parameters = parameters(question, plan.stretches());
    var cells = connection.preparedQuery(cells(question, standing.slot())).execute(parameters);
    var tallies = connection.preparedQuery(tallies(question, standing.slot())).execute(parameters);
    return Uni.combine()
        .all()
        .unis(cells, tallies)
        .with((counted, tallied) -> funnel(question, standing, plan, counted, tallied));
  }

  private static Funnel funnel(
      Question question, Standing standing, Plan plan, RowSet<Row> cells, RowSet<Row> tallies) {
    var counts = new HashMap<Key, Counts>();
    var charters = new TreeSet<Integer>();
    for (var row : cells) {
      var into = counts.computeIfAbsent(key(question, row), _ -> new Counts());
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
    for (var row : tallies) {
      counts
          .computeIfAbsent(key(question, row), _ -> new Counts())
          .add(
              Kind.values()[row.getInteger("kind")],
              row.getString("label"),
              row.getNumeric("amount").bigDecimalValue());
    }
    var rows = new ArrayList<Funnel.Row>();
    var total = new Counts();
    var periods = plan.periods();
    counts.entrySet().stream()
        .filter(entry -> !entry.getValue().none())
        .forEach(
            entry -> {
              var key = entry.getKey();
              total.add(entry.getValue());
              rows.add(
                  new Funnel.Row(
                      periods.isEmpty() ? null : periods.get(key.period()),
                      key.values(),
                      entry.getValue()));
            });
    rows.sort(Funnel.IN_ORDER);
    return new Funnel(question, standing.completeTo(), charters, rows, total);
  }

  private static Key key(Question question, Row row) {
    var values = new ArrayList<@Nullable String>();
    for (var dimension : question.by()) {
      values.add(row.getString(dimension.column()));
    }
    return new Key(row.getInteger("period"), values);
  }

  private static Standing standing(RowSet<Row> rows) {
    var row = rows.iterator().next();
    var completeTo = row.getOffsetDateTime("complete_to");
    return new Standing(row.getInteger("slot"), completeTo == null ? null : completeTo.toInstant());
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

  private static String tallies(Question question, int slot) {
    var amount = question.basis() == Basis.COHORT ? "cohort" : "entered";
    return statement(
        question,
        "tally_" + slot,
        List.of("c.kind", "c.label"),
        "sum(c." + amount + ") AS amount",
        " AND c." + amount + " <> 0");
  }

  private static String statement(
      Question question, String table, List<String> apart, String sums, String further) {
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
        + " WHERE true"
        + only(question)
        + " GROUP BY "
        + group;
  }

  private static String only(Question question) {
    var conditions = new StringBuilder();
    int parameter = 8;
    for (var dimension : Dimension.values()) {
      var values = question.only().get(dimension);
      if (values == null) {
        continue;
      }
      var column = "k." + dimension.column();
      conditions
          .append(" AND (")
          .append(column)
          .append(" = ANY($")
          .append(parameter++)
          .append("::text[])");
      if (values.contains(null)) {
        conditions.append(" OR ").append(column).append(" IS NULL");
      }
      conditions.append(")");
    }
    return conditions.toString();
  }

  private static Tuple parameters(Question question, List<Stretch> stretches) {
    var tuple =
        Tuple.tuple()
            .addArrayOfInteger(ints(stretches, stretch -> stretch.level().ordinal()))
            .addArrayOfInteger(ints(stretches, Stretch::from))
            .addArrayOfInteger(ints(stretches, Stretch::to))
            .addArrayOfInteger(ints(stretches, Stretch::fewestDays))
            .addArrayOfInteger(ints(stretches, Stretch::mostDays))
            .addArrayOfInteger(ints(stretches, Stretch::period))
            .addArrayOfInteger(
                question.passes() == WhichPasses.ANY
                    ? new Integer[] {0}
                    : new Integer[] {0, question.passes().ordinal()});
    for (var dimension : Dimension.values()) {
      var values = question.only().get(dimension);
      if (values != null) {
        tuple.addArrayOfString(values.stream().filter(Objects::nonNull).toArray(String[]::new));
      }
    }
    return tuple;
  }

  private static Integer[] ints(List<Stretch> stretches, Function<Stretch, Integer> of) {
    return stretches.stream().map(of).toArray(Integer[]::new);
  }
}
