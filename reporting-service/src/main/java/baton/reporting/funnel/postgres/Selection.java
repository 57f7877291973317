package baton.reporting.funnel.postgres;

import static java.util.stream.Collectors.joining;

import baton.reporting.funnel.Basis;
import baton.reporting.funnel.Column;
import baton.reporting.funnel.Dimension;
import baton.reporting.funnel.Level;
import baton.reporting.funnel.Numbers;
import baton.reporting.funnel.Part.Noted;
import baton.reporting.funnel.Question;
import baton.reporting.funnel.Question.Stretch;
import baton.reporting.funnel.WhichPasses;
import io.vertx.mutiny.sqlclient.Tuple;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.function.ToIntFunction;
import java.util.stream.Stream;

/**
 * One statement that reads all of an answer as of one moment: where reports stand, then the sums of
 * cells, of tallies and of notes. Its text depends on what is asked and hardly on when, so that it
 * is planned once.
 *
 * <p>The planner is not to see how many stretches or values there are, hence {@code (SELECT $1)}:
 * for what it sees it would make another plan each time, which takes longer than the reading.
 */
final class Selection {
  /** Its columns: what rows are told apart by, sums that are no stages, then keys and counts. */
  static final int COMPLETE_TO = 0;

  /** Null in the row that says where reports stand. */
  static final int PERIOD = 1;

  /** In the row that says where reports stand: the slot. */
  static final int CHARTER = 2;

  static final int KIND = 3;
  static final int MATTER = 4;
  static final int LABEL = 5;
  static final int AMOUNT = 6;
  static final int TIMES = 7;
  static final int KEYS = 8;

  /** Each stretch is looked up by itself: a join with all of them would read the whole table. */
  private static final String APART = " OFFSET 0";

  /** Of the columns between the period and the keys, those that some sums have and others not. */
  private static final Map<String, String> TYPES = new LinkedHashMap<>();

  static {
    TYPES.put("charter", "int");
    TYPES.put("kind", "smallint");
    TYPES.put("matter", "smallint");
    TYPES.put("label", "text");
    TYPES.put("amount", "numeric");
    TYPES.put("times", "bigint");
  }

  /** Terms that are kept together come apart here, so that as few rows come as there are terms. */
  private static final String TERMS =
      " CROSS JOIN LATERAL unnest(string_to_array(c.label, chr("
          + (int) Noted.BETWEEN
          + "))) AS t(label)";

  private final Question question;
  private final int slot;
  private final List<String> periods;
  private final List<Column> columns;
  private final Tuple parameters = Tuple.tuple();
  private final String filter;
  private final String statement;

  /**
   * @param slot of the tables to read
   * @param first the first quarter of an hour in which anything was counted
   * @param last the last
   */
  Selection(Question question, Numbers numbers, int slot, int first, int last) {
    this.question = question;
    this.slot = slot;
    this.columns = numbers.stages() ? columns(question.basis()) : List.of();
    this.filter = Filter.conditions(question, 1);
    Filter.values(question).forEach(parameters::addArrayOfString);
    var plan = question.plan(first, last);
    this.periods = plan.periods();
    var parts = new ArrayList<String>();
    if (numbers.stages() || !numbers.kinds().isEmpty()) {
      var sought = sought(plan.stretches());
      if (numbers.stages()) {
        parts.add(cells(sought));
      }
      if (!numbers.kinds().isEmpty()) {
        parts.add(tallies(sought, numbers.kinds()));
      }
    }
    if (!numbers.matters().isEmpty()) {
      var passes = numbers.everyPass() ? WhichPasses.ALL : question.passes();
      parts.add(
          notes(sought(question.planOfNotes(first, last).stretches()), passes, numbers.matters()));
    }
    parts.addFirst(standing());
    this.statement = String.join(" UNION ALL ", parts);
  }

  String statement() {
    return statement;
  }

  Tuple parameters() {
    return parameters;
  }

  List<String> periods() {
    return periods;
  }

  /** What is counted, in the order of its columns. */
  List<Column> columns() {
    return columns;
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

  private String standing() {
    var columns = selected(Map.of("charter", "s.slot"), _ -> "NULL::text", _ -> "NULL::bigint");
    return "SELECT s.complete_to, NULL::int, "
        + columns
        + " FROM ("
        + Standing.STATEMENT
        + ") AS s";
  }

  private String cells(Sought sought) {
    var sums = new LinkedHashMap<String, String>();
    columns.forEach(column -> sums.put(column.column(), column.column()));
    return part("cell_" + slot, sought, question.passes(), List.of("charter"), sums, "");
  }

  private String tallies(Sought sought, Set<? extends Enum<?>> kinds) {
    return part(
        "tally_" + slot,
        sought,
        question.passes(),
        List.of("kind", "label"),
        Map.of("amount", amount()),
        " AND c." + amount() + " <> 0 AND c.kind " + in(kinds));
  }

  private String notes(Sought sought, WhichPasses passes, Set<? extends Enum<?>> matters) {
    return part(
        "note_" + slot,
        sought,
        passes,
        List.of("charter", "matter", "label"),
        Map.of("times", amount()),
        " AND c." + amount() + " <> 0 AND c.matter " + in(matters));
  }

  private String amount() {
    return question.basis() == Basis.COHORT ? "cohort" : "entered";
  }

  static String in(Set<? extends Enum<?>> some) {
    return some.stream()
        .map(each -> Integer.toString(each.ordinal()))
        .sorted()
        .collect(joining(", ", "IN (", ")"));
  }

  /**
   * Stretches that are looked up.
   *
   * @param rows of one table that they hold; {@code %1$s} its columns, {@code %2$s} which
   * @param absent what their keys don't have, whatever the lead
   */
  private record Sought(List<String> rows, Set<Dimension> absent) {}

  private Sought sought(List<Stretch> stretches) {
    var ofAnyLag = stretches.stream().filter(each -> each.mostDays() == Level.ANY_LAG).toList();
    var others = stretches.stream().filter(each -> each.mostDays() != Level.ANY_LAG).toList();
    var rows = new ArrayList<String>();
    if (!ofAnyLag.isEmpty()) {
      rows.add(rows(ofAnyLag, " AND c.lag = " + Level.ANY_LAG));
    }
    if (!others.isEmpty() || ofAnyLag.isEmpty()) {
      rows.add(rows(others, question.withinDays() == null ? "" : within(question.withinDays())));
    }
    var absent = EnumSet.allOf(Dimension.class);
    stretches.forEach(each -> absent.removeAll(each.level().dimensions()));
    return new Sought(rows, absent);
  }

  private String within(int days) {
    parameters.addInteger(days);
    return " AND c.lag BETWEEN 0 AND (SELECT $" + parameters.size() + "::int)";
  }

  private String rows(List<Stretch> stretches, String lags) {
    var arrays =
        Stream.<ToIntFunction<Stretch>>of(
                each -> each.level().ordinal(), Stretch::from, Stretch::to, Stretch::period)
            .map(
                of -> {
                  parameters.addArrayOfInteger(
                      stretches.stream().map(of::applyAsInt).toArray(Integer[]::new));
                  return "(SELECT $" + parameters.size() + "::int[])";
                })
            .collect(joining(", "));
    return "SELECT s.period, c.* FROM unnest("
        + arrays
        + ") AS s(level, low, high, period) CROSS JOIN LATERAL (SELECT %1$s FROM %2$s"
        + " AND c.level = s.level AND c.at >= s.low AND c.at < s.high"
        + lags
        + APART
        + ") AS c";
  }

  /**
   * The sums of one table's rows, in all columns that there are.
   *
   * @param apart columns that tell sums apart
   * @param sums the columns added up, by the names of their sums
   */
  private String part(
      String table,
      Sought sought,
      WhichPasses passes,
      List<String> apart,
      Map<String, String> sums,
      String further) {
    var read =
        Stream.of(List.of("keys"), apart, sums.values())
            .flatMap(Collection::stream)
            .map(name -> "c." + name)
            .collect(joining(", "));
    var which =
        table
            + " AS c WHERE c.passes "
            + (passes == WhichPasses.ANY ? "= 0" : "IN (0, " + passes.ordinal() + ")")
            + further;
    var rows =
        sought.rows.stream()
            .map(each -> each.formatted(read, which))
            .collect(joining(" UNION ALL ", "(", ") AS c"));
    boolean terms = apart.contains("matter");
    var values = new LinkedHashMap<String, String>();
    apart.forEach(name -> values.put(name, "c." + name));
    if (terms) {
      values.put("label", "t.label");
    }
    var group =
        Stream.concat(
                question.by().stream().map(dimension -> "k." + dimension.column()),
                Stream.concat(Stream.of("c.period"), values.values().stream()))
            .collect(joining(", "));
    sums.forEach((name, column) -> values.put(name, "sum(c." + column + ")"));
    return "SELECT NULL::timestamptz, c.period, "
        + selected(
            values,
            dimension -> "k." + dimension.column(),
            column -> values.getOrDefault(column.column(), "NULL::bigint"))
        + " FROM "
        + rows
        + keys(sought.absent)
        + (terms ? TERMS : "")
        + " WHERE true"
        + filter
        + " GROUP BY "
        + group;
  }

  /**
   * All columns after the period, so that sums of any kind come in one statement.
   *
   * @param values of those that these sums have, by name
   */
  private String selected(
      Map<String, String> values, Function<Dimension, String> key, Function<Column, String> count) {
    return Stream.of(
            TYPES.entrySet().stream()
                .map(type -> values.getOrDefault(type.getKey(), "NULL::" + type.getValue())),
            question.by().stream().map(key),
            columns.stream().map(count))
        .flatMap(each -> each)
        .collect(joining(", "));
  }

  /**
   * Row by row, for they may be ten million.
   *
   * @param absent what these keys don't have: those of coarse levels are few, with an index of
   *     their own
   */
  private String keys(Set<Dimension> absent) {
    if (question.by().isEmpty() && question.only().isEmpty()) {
      return "";
    }
    var read = EnumSet.noneOf(Dimension.class);
    read.addAll(question.by());
    read.addAll(question.only().keySet());
    return read.stream()
            .map(dimension -> "k." + dimension.column())
            .collect(
                joining(
                    ", ", " CROSS JOIN LATERAL (SELECT ", " FROM keys AS k WHERE k.id = c.keys"))
        + absent.stream()
            .map(dimension -> " AND k." + dimension.column() + " IS NULL")
            .collect(joining())
        + APART
        + ") AS k";
  }
}
