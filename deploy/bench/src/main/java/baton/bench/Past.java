package baton.bench;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.stream.Collectors.joining;

import baton.chassis.charter.Charters;
import baton.chassis.database.Copied;
import baton.contracts.Event;
import baton.reporting.fold.Folding;
import baton.reporting.funnel.Column;
import baton.reporting.funnel.Deltas.Amount;
import baton.reporting.funnel.Deltas.Cell;
import baton.reporting.funnel.Deltas.Note;
import baton.reporting.funnel.Deltas.Tally;
import baton.reporting.funnel.Deltas.Times;
import baton.reporting.funnel.Dimension;
import baton.reporting.funnel.Dimensions;
import baton.reporting.funnel.Level;
import baton.reporting.funnel.Quarter;
import baton.reporting.funnel.RouteChanges.Change;
import baton.reporting.funnel.RouteChanges.Place;
import baton.reporting.journey.WorkingDays;
import baton.reporting.restatement.Restating;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.BinaryOperator;
import java.util.function.Consumer;
import java.util.function.ToIntFunction;
import org.apache.kafka.clients.producer.internals.BuiltInPartitioner;

/**
 * What the fold makes of a history, put where it keeps it without its having heard a word: what a
 * lead counts for is the same code, but rows are written once, in bulk, and their indexes made when
 * all are there. Ten million leads take minutes, and the fold nearly an hour.
 *
 * <p>A day's leads are folded at a time. Nobody who comes later counts in a time that is over by
 * then, so that its sums are written; the others wait.
 */
final class Past implements AutoCloseable {
  private static final List<String> TABLES =
      List.of("journey_0", "cell_0", "tally_0", "note_0", "route_0", "keys");
  private static final String ALL = String.join(", ", TABLES);
  private static final int THREADS = 2;

  private static final String INDEXES =
      """
      SELECT format('ALTER TABLE %s DROP CONSTRAINT %I', conrelid::regclass, conname),
             format('ALTER TABLE %s ADD CONSTRAINT %I %s', conrelid::regclass, conname,
                    pg_get_constraintdef(oid))
        FROM pg_constraint WHERE contype = 'p' AND conrelid = ANY (?::regclass[])
      UNION ALL
      SELECT format('DROP INDEX %s', indexrelid::regclass), pg_get_indexdef(indexrelid)
        FROM pg_index WHERE NOT indisprimary AND indrelid = ANY (?::regclass[])
      """;

  private final Reporting reporting;

  /** As where no charter is signed. */
  private final WorkingDays days = WorkingDays.of(new Charters().agreement(0));

  private final Set<UUID> keys = ConcurrentHashMap.newKeySet();
  private final List<Share> shares = new ArrayList<>();
  private final ExecutorService threads = Executors.newFixedThreadPool(THREADS);

  private Past(Reporting reporting) throws SQLException {
    this.reporting = reporting;
    for (int partition = 0; partition < OneService.PARTITIONS; partition++) {
      shares.add(new Share(partition, reporting.connect(Reporting.DATABASE)));
    }
  }

  /**
   * Fails unless what is written for a history is what the service makes of it, row by row. Nothing
   * is left of it.
   */
  static void isWhatTheFoldMakes(Reporting reporting, History history) throws Exception {
    reporting.awaitFolded(Filling.tell(reporting.bootstrapServers(), history));
    var folded = said(reporting);
    empty(reporting);
    write(reporting, history, _ -> {});
    var written = said(reporting);
    empty(reporting);
    if (!folded.equals(written)) {
      throw new IllegalStateException("the fold makes " + folded + ", and not " + written);
    }
  }

  /**
   * Writes what becomes of all leads.
   *
   * @param also hears each life as well, in their order
   */
  static void write(Reporting reporting, History history, Consumer<List<Event>> also)
      throws Exception {
    try (var past = new Past(reporting)) {
      past.write(history, also);
    }
  }

  private void write(History history, Consumer<List<Event>> also) throws Exception {
    var indexes = withoutIndexes();
    var telling = new Telling();
    history.tell(
        life -> {
          also.accept(life);
          telling.hear(life);
        });
    telling.over(Quarter.NEVER);
    telling.await();
    var work = new ArrayList<Future<?>>();
    for (var index : indexes) {
      work.add(threads.submit(then("SET maintenance_work_mem = '1GB'", index)));
    }
    await(work);
    run("VACUUM (ANALYZE) " + ALL);
  }

  /** Tables of a bench are not recovered, and nobody cleans up while they are measured. */
  private List<String> withoutIndexes() throws SQLException {
    var again = new ArrayList<String>();
    try (var connection = reporting.connect(Reporting.DATABASE);
        var find = connection.prepareStatement(INDEXES);
        var statement = connection.createStatement()) {
      for (var table : TABLES) {
        statement.execute("ALTER TABLE " + table + " SET UNLOGGED");
        statement.execute("ALTER TABLE " + table + " SET (autovacuum_enabled = off)");
      }
      var tables = connection.createArrayOf("text", TABLES.toArray());
      find.setArray(1, tables);
      find.setArray(2, tables);
      try (var found = find.executeQuery()) {
        while (found.next()) {
          statement.execute(found.getString(1));
          again.add(found.getString(2));
        }
      }
    }
    return again;
  }

  private Callable<Void> then(String... statements) {
    return () -> {
      run(statements);
      return null;
    };
  }

  private void run(String... statements) throws SQLException {
    run(reporting, statements);
  }

  private static void run(Reporting reporting, String... statements) throws SQLException {
    try (var connection = reporting.connect(Reporting.DATABASE);
        var statement = connection.createStatement()) {
      for (var each : statements) {
        statement.execute(each);
      }
    }
  }

  private static void await(List<Future<?>> work) {
    for (var each : work) {
      try {
        each.get();
      } catch (InterruptedException stopped) {
        Thread.currentThread().interrupt();
        throw new IllegalStateException(stopped);
      } catch (ExecutionException failed) {
        throw new IllegalStateException(failed.getCause());
      }
    }
  }

  /** Lives on their way: a day is written while the next is told. */
  private final class Telling {
    private final Map<Integer, Map<UUID, List<Event>>> told = new HashMap<>();
    private final List<Future<?>> work = new ArrayList<>();
    private Instant day = Instant.EPOCH;

    void hear(List<Event> life) {
      var first = life.getFirst();
      var its = first.occurredAt().truncatedTo(ChronoUnit.DAYS);
      if (its.isAfter(day)) {
        over(Quarter.of(its));
        day = its;
      }
      int partition =
          BuiltInPartitioner.partitionForKey(first.key().getBytes(UTF_8), OneService.PARTITIONS);
      told.computeIfAbsent(partition, _ -> new HashMap<>()).put(UUID.fromString(first.key()), life);
    }

    /**
     * @param quarter whoever is told about from here on comes then, or later
     */
    void over(int quarter) {
      await();
      for (var share : shares) {
        var leads = told.getOrDefault(share.partition, Map.of());
        work.add(
            threads.submit(
                () -> {
                  share.write(leads, quarter);
                  return null;
                }));
      }
      told.clear();
    }

    void await() {
      Past.await(work);
      work.clear();
    }
  }

  /** Sums that more may be added to. */
  private static final class Open<K extends Comparable<? super K>, V> {
    private final Map<K, V> sums = new HashMap<>();
    private final ToIntFunction<K> until;
    private final BinaryOperator<V> plus;

    /**
     * @param until in which quarter nothing can be added any more
     */
    Open(ToIntFunction<K> until, BinaryOperator<V> plus) {
      this.until = until;
      this.plus = plus;
    }

    void add(Map<K, V> more) {
      more.forEach((where, sum) -> sums.merge(where, sum, plus));
    }

    /** Takes those that are complete, in their order. */
    List<Map.Entry<K, V>> takeUntil(int quarter) {
      var complete = new ArrayList<Map.Entry<K, V>>();
      sums.forEach(
          (where, sum) -> {
            if (until.applyAsInt(where) <= quarter) {
              complete.add(Map.entry(where, sum));
            }
          });
      complete.forEach(each -> sums.remove(each.getKey()));
      complete.sort(Map.Entry.comparingByKey());
      return complete;
    }
  }

  private static int end(Level level, int at) {
    return level.width() == 0 ? Quarter.NEVER : at + level.width();
  }

  private static int[] plus(int[] one, int[] other) {
    var sum = new int[one.length];
    Arrays.setAll(sum, column -> one[column] + other[column]);
    return sum;
  }

  /** What is counted in one partition. */
  private final class Share {
    private final int partition;
    private final Connection connection;
    private final Open<Cell, int[]> cells =
        new Open<>(cell -> end(cell.level(), cell.at()), Past::plus);
    private final Open<Tally, Amount> tallies =
        new Open<>(
            tally -> end(tally.level(), tally.at()),
            (one, other) ->
                new Amount(one.cohort().add(other.cohort()), one.entered().add(other.entered())));
    private final Open<Note, Times> notes =
        new Open<>(
            note -> end(note.level(), note.at()),
            (one, other) ->
                new Times(one.cohort() + other.cohort(), one.entered() + other.entered()));
    private final Open<Place, Change> routes =
        new Open<>(
            place -> place.at() + 1,
            (one, other) -> new Change(one.body(), one.count() + other.count()));

    Share(int partition, Connection connection) throws SQLException {
      this.partition = partition;
      this.connection = connection;
      try (var statement = connection.createStatement()) {
        statement.execute(
            "CREATE TEMP TABLE tallies (level int, at int, keys uuid, partition int, passes int,"
                + " lag int, kind int, label text, cohort text, entered text)");
      }
    }

    void write(Map<UUID, List<Event>> leads, int over) throws SQLException {
      var folded =
          new Folding(
                  Map.of(partition, leads), Map.of(), (_, at) -> days.at(at), Restating.nothing())
              .folded();
      var deltas = folded.deltas().get(partition);
      var changes = folded.routes().get(partition);
      var journeys = new Copied();
      folded.begun().forEach((lead, journey) -> journeys.row(2).uuid(lead).bytes(journey.bytes()));
      journeys.into("journey_0", connection);
      var dimensions = new TreeMap<UUID, Dimensions>();
      if (deltas != null && changes != null) {
        dimensions.putAll(deltas.keys());
        dimensions.putAll(changes.keys());
        cells.add(deltas.cells());
        tallies.add(deltas.tallies());
        notes.add(deltas.notes());
        routes.add(changes.changes());
      }
      writeKeys(dimensions);
      writeCells(over);
      writeTallies(over);
      writeNotes(over);
      writeRoutes(over);
    }

    private void writeKeys(Map<UUID, Dimensions> dimensions) throws SQLException {
      var rows = new Copied();
      dimensions.forEach(
          (id, values) -> {
            if (keys.add(id)) {
              rows.row(1 + Dimension.values().length).uuid(id);
              for (var dimension : Dimension.values()) {
                rows.text(values.get(dimension));
              }
            }
          });
      var columns = Arrays.stream(Dimension.values()).map(Dimension::column).collect(joining(", "));
      rows.into("keys (id, " + columns + ")", connection);
    }

    private void writeCells(int over) throws SQLException {
      var rows = new Copied();
      cells
          .takeUntil(over)
          .forEach(
              entry -> {
                var cell = entry.getKey();
                rows.row(7 + Column.values().length)
                    .smallint(cell.level().ordinal())
                    .integer(cell.at())
                    .uuid(cell.keys())
                    .smallint(partition)
                    .smallint(cell.passes().ordinal())
                    .integer(cell.lag())
                    .integer(cell.charter());
                for (int count : entry.getValue()) {
                  rows.unlessZero(count);
                }
              });
      rows.into(
          "cell_0 (level, at, keys, partition, passes, lag, charter, " + counts("%s") + ")",
          connection);
    }

    private void writeTallies(int over) throws SQLException {
      var rows = new Copied();
      tallies
          .takeUntil(over)
          .forEach(
              entry -> {
                var tally = entry.getKey();
                rows.row(10)
                    .integer(tally.level().ordinal())
                    .integer(tally.at())
                    .uuid(tally.keys())
                    .integer(partition)
                    .integer(tally.passes().ordinal())
                    .integer(tally.lag())
                    .integer(tally.kind().ordinal())
                    .text(tally.label())
                    .text(entry.getValue().cohort().toString())
                    .text(entry.getValue().entered().toString());
              });
      rows.into("tallies", connection);
      try (var statement = connection.createStatement()) {
        statement.execute(
            "INSERT INTO tally_0 SELECT level, at, keys, partition, passes, lag, kind, label,"
                + " cohort::numeric, entered::numeric FROM tallies; TRUNCATE tallies");
      }
    }

    private void writeNotes(int over) throws SQLException {
      var rows = new Copied();
      notes
          .takeUntil(over)
          .forEach(
              entry -> {
                var note = entry.getKey();
                rows.row(11)
                    .smallint(note.matter().ordinal())
                    .smallint(note.level().ordinal())
                    .integer(note.at())
                    .uuid(note.keys())
                    .smallint(partition)
                    .smallint(note.passes().ordinal())
                    .integer(note.lag())
                    .integer(note.charter())
                    .text(note.label())
                    .integer(entry.getValue().cohort())
                    .integer(entry.getValue().entered());
              });
      rows.into("note_0", connection);
    }

    private void writeRoutes(int over) throws SQLException {
      var rows = new Copied();
      routes
          .takeUntil(over)
          .forEach(
              entry -> {
                var place = entry.getKey();
                rows.row(7)
                    .smallint(place.kind().ordinal())
                    .integer(place.at())
                    .uuid(place.keys())
                    .uuid(place.digest())
                    .smallint(partition)
                    .integer(entry.getValue().count())
                    .bytes(entry.getValue().body());
              });
      rows.into("route_0", connection);
    }
  }

  private static String counts(String each) {
    return Arrays.stream(Column.values())
        .map(Column::column)
        .map(each::formatted)
        .collect(joining(", "));
  }

  /** Of each table how many rows, and a sum of all; rows that have come to nothing say nothing. */
  private static Map<String, String> said(Reporting reporting) throws SQLException {
    var counts = "ARRAY[" + counts("coalesce(%s, 0)") + "]";
    var counting = " WHERE 0 <> ANY (" + counts + ")";
    var said = new TreeMap<String, String>();
    try (var connection = reporting.connect(Reporting.DATABASE);
        var statement = connection.createStatement()) {
      for (var table : TABLES) {
        var rows =
            switch (table) {
              case "cell_0" ->
                  "SELECT (level, at, keys, partition, passes, lag, charter, "
                      + counts
                      + ")::text FROM cell_0"
                      + counting;
              case "tally_0" ->
                  "SELECT (level, at, keys, partition, passes, lag, kind, label,"
                      + " trim_scale(cohort), trim_scale(entered))::text FROM tally_0"
                      + " WHERE cohort <> 0 OR entered <> 0";
              case "keys" ->
                  "SELECT keys::text FROM keys WHERE id IN (SELECT keys FROM cell_0"
                      + counting
                      + ")";
              default -> "SELECT " + table + "::text FROM " + table;
            };
        try (var sum =
            statement.executeQuery(
                "SELECT count(*), coalesce(sum(hashtextextended(said, 0)), 0) FROM ("
                    + rows
                    + ") AS r(said)")) {
          sum.next();
          said.put(table, sum.getLong(1) + " rows, " + sum.getBigDecimal(2));
        }
      }
    }
    return said;
  }

  private static void empty(Reporting reporting) throws SQLException {
    run(reporting, "TRUNCATE restatement, " + ALL);
  }

  @Override
  public void close() throws SQLException {
    threads.close();
    for (var share : shares) {
      share.connection.close();
    }
  }
}
