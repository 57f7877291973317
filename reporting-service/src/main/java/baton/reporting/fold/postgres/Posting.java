package baton.reporting.fold.postgres;

import static java.util.stream.Collectors.joining;

import baton.chassis.database.Copied;
import baton.reporting.fold.Batch;
import baton.reporting.fold.Batch.Parked;
import baton.reporting.fold.Folded;
import baton.reporting.funnel.Column;
import baton.reporting.funnel.Dimension;
import baton.reporting.funnel.Dimensions;
import baton.reporting.journey.Journey;
import baton.reporting.restatement.By;
import baton.reporting.restatement.Change;
import baton.reporting.verdict.Count;
import baton.reporting.verdict.OfPeriod;
import baton.reporting.verdict.Promised;
import java.sql.Array;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Writes what a batch changes.
 *
 * <p>It writes by COPY, which the reactive client doesn't know: a row costs its bytes, and no
 * object per value.
 *
 * @param slot of the generation that the batch is for
 */
record Posting(Connection connection, int slot) {
  /** Rows to add arrive in tables of the connection's own. */
  static final String TABLES =
      "CREATE TEMP TABLE IF NOT EXISTS new_keys (LIKE keys) ON COMMIT DELETE ROWS"
          + "; CREATE TEMP TABLE IF NOT EXISTS extended (LIKE journey_0) ON COMMIT DELETE ROWS"
          + "; CREATE TEMP TABLE IF NOT EXISTS cells (LIKE cell_0) ON COMMIT DELETE ROWS"
          + "; CREATE TEMP TABLE IF NOT EXISTS routes (LIKE route_0) ON COMMIT DELETE ROWS"
          + "; CREATE TEMP TABLE IF NOT EXISTS tallies (level int, at int, keys uuid, partition int,"
          + " passes int, lag int, kind int, label text, cohort text, entered text)"
          + " ON COMMIT DELETE ROWS"
          + "; CREATE TEMP TABLE IF NOT EXISTS notes (LIKE note_0) ON COMMIT DELETE ROWS";

  private static final String CONSUMER = "fold";

  private static final String KEY_COLUMNS =
      Arrays.stream(Dimension.values())
          .map(Dimension::column)
          .collect(joining(", ", " (id, ", ")"));
  private static final String CELL_COLUMNS =
      Arrays.stream(Column.values())
          .map(Column::column)
          .collect(joining(", ", " (level, at, keys, partition, passes, lag, charter, ", ")"));
  private static final String KEYS =
      "INSERT INTO keys SELECT * FROM new_keys ON CONFLICT DO NOTHING RETURNING id";

  /**
   * A route that nobody goes any more leaves no row. Who claimed a partition is alone with its
   * rows, so that none appears in between.
   */
  private static final String ADD_ROUTES =
      """
      MERGE INTO route_%d r USING routes b
         ON r.kind = b.kind AND r.at = b.at AND r.keys = b.keys AND r.digest = b.digest
        AND r.partition = b.partition
       WHEN MATCHED AND r.count + b.count = 0 THEN DELETE
       WHEN MATCHED THEN UPDATE SET count = r.count + b.count
       WHEN NOT MATCHED THEN INSERT VALUES
         (b.kind, b.at, b.keys, b.digest, b.partition, b.count, b.body)
      """;

  private static final String ADD_VERDICTS =
      """
      INSERT INTO verdict_%d AS v (partition, clause_id, owed_by, met, broken)
      SELECT * FROM unnest(?::int[], ?::text[], ?::text[], ?::bigint[], ?::bigint[])
      ON CONFLICT (partition, clause_id, owed_by) DO UPDATE SET
        met = v.met + excluded.met, broken = v.broken + excluded.broken
      """;
  private static final String ADD_OF_PERIODS =
      """
      INSERT INTO period_verdict_%d AS v
        (verdict_id, clause_id, owed_by, met, revision, excused, due_at)
      SELECT DISTINCT ON (id) *
        FROM unnest(?::uuid[], ?::text[], ?::text[], ?::bool[], ?::bigint[], ?::bool[],
                    ?::timestamptz[]) AS b(id, clause_id, owed_by, met, revision, excused, due_at)
       ORDER BY id, revision DESC
      ON CONFLICT (verdict_id) DO UPDATE SET
        revision = excluded.revision, excused = excluded.excused, due_at = excluded.due_at
       WHERE v.revision < excluded.revision
      """;
  private static final String PARK =
      """
      INSERT INTO parked_record
        (consumer, topic, partition, "offset", key, record_time, header_names, header_values, value, reason)
      VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING
      """;

  /** What changed of a day was told if reports were complete when it was over. */
  private static final String RESTATE =
      """
      INSERT INTO restatement (heard_at, day, metric, label, origin, amount, leads, event_type,
        event_id, revision, lead_id, occurred_at)
      SELECT ?, b.day::date, b.metric, b.label, b.origin, b.amount, b.leads, b.event_type,
             b.event_id, b.revision, b.lead_id, b.occurred_at
        FROM unnest(?::text[], ?::timestamptz[], ?::text[], ?::text[], ?::uuid[], ?::numeric[],
                    ?::int[], ?::text[], ?::uuid[], ?::bigint[], ?::uuid[], ?::timestamptz[])
          AS b(day, over, metric, label, origin, amount, leads, event_type, event_id, revision,
               lead_id, occurred_at)
       WHERE b.over <= (SELECT CASE WHEN count(*) = count(p.complete_to) THEN min(p.complete_to) END
                          FROM fold_partition p WHERE p.generation = ?)
      """;

  void post(Batch batch, Folded folded) throws SQLException {
    var keys = addKeys(folded);
    journeys(folded.begun()).into("journey_" + slot, connection);
    journeys(folded.extended()).into("extended", connection);
    cells(folded, keys::contains).into("cell_" + slot + CELL_COLUMNS, connection);
    var cells = cells(folded, key -> !keys.contains(key));
    cells.into("cells" + CELL_COLUMNS, connection);
    var tallies = tallies(folded);
    tallies.into("tallies", connection);
    var notes = notes(folded);
    notes.into("notes", connection);
    var routes = routes(folded);
    routes.into("routes", connection);
    try (var statement = connection.createStatement()) {
      if (!folded.extended().isEmpty()) {
        statement.executeUpdate(
            "UPDATE journey_" + slot + " j SET body = b.body FROM extended b WHERE j.id = b.id");
      }
      if (cells.rows() > 0) {
        statement.executeUpdate(addCells());
      }
      if (tallies.rows() > 0) {
        statement.executeUpdate(addTallies());
      }
      if (notes.rows() > 0) {
        statement.executeUpdate(addNotes());
      }
      if (routes.rows() > 0) {
        statement.executeUpdate(ADD_ROUTES.formatted(slot));
      }
    }
    addVerdicts(folded);
    if (!batch.ofPeriods().isEmpty()) {
      addVerdicts(batch.ofPeriods());
    }
    for (var parked : batch.parked()) {
      park(parked);
    }
    if (batch.heard() != null && !folded.restated().isEmpty()) {
      restate(folded.restated(), batch.heard(), batch.generation());
    }
  }

  private void restate(List<Change> changes, Instant heard, int generation) throws SQLException {
    try (var restate = connection.prepareStatement(RESTATE)) {
      restate.setObject(1, heard.atOffset(ZoneOffset.UTC));
      restate.setArray(2, array("text", changes, Change::day));
      restate.setArray(3, array("timestamptz", changes, Change::over));
      restate.setArray(4, array("text", changes, change -> change.figure().metric()));
      restate.setArray(5, array("text", changes, change -> change.figure().label()));
      restate.setArray(6, array("uuid", changes, Change::origin));
      restate.setArray(7, array("numeric", changes, Change::amount));
      restate.setArray(8, array("int4", changes, Change::leads));
      restate.setArray(9, array("text", changes, told(By::type)));
      restate.setArray(10, array("uuid", changes, told(By::id)));
      restate.setArray(11, array("int8", changes, told(By::revision)));
      restate.setArray(12, array("uuid", changes, told(By::leadId)));
      restate.setArray(13, array("timestamptz", changes, told(By::occurredAt)));
      restate.setInt(14, generation);
      restate.executeUpdate();
    }
  }

  /** What a row has in a column; null for nothing. */
  private interface Saying<T> {
    @Nullable Object of(T row);
  }

  private static Saying<Change> told(Saying<By> of) {
    return change -> change.by() == null ? null : of.of(change.by());
  }

  private <T> Array array(String type, Collection<T> rows, Saying<T> of) throws SQLException {
    @Nullable Object[] values = new @Nullable Object[rows.size()];
    int next = 0;
    for (var row : rows) {
      var value = of.of(row);
      values[next++] = value == null ? null : value.toString();
    }
    return connection.createArrayOf(type, values);
  }

  /** Adds the keys and says which are new: what is counted under these has no cell yet. */
  private Set<UUID> addKeys(Folded folded) throws SQLException {
    var keys = new TreeMap<UUID, Dimensions>();
    folded.deltas().values().forEach(deltas -> keys.putAll(deltas.keys()));
    folded.routes().values().forEach(routes -> keys.putAll(routes.keys()));
    if (keys.isEmpty()) {
      return Set.of();
    }
    keys(keys).into("new_keys" + KEY_COLUMNS, connection);
    var added = new HashSet<UUID>();
    try (var add = connection.prepareStatement(KEYS);
        var rows = add.executeQuery()) {
      while (rows.next()) {
        added.add(rows.getObject(1, UUID.class));
      }
    }
    return added;
  }

  private static Copied keys(SortedMap<UUID, Dimensions> keys) {
    var rows = new Copied();
    keys.forEach(
        (id, dimensions) -> {
          rows.row(1 + Dimension.values().length).uuid(id);
          for (var dimension : Dimension.values()) {
            rows.text(dimensions.get(dimension));
          }
        });
    return rows;
  }

  private static Copied journeys(SortedMap<UUID, Journey> journeys) {
    var rows = new Copied();
    journeys.forEach((lead, journey) -> rows.row(2).uuid(lead).bytes(journey.bytes()));
    return rows;
  }

  /** In the order of their index, so that neighbours are written together. */
  private static Copied cells(Folded folded, Predicate<UUID> which) {
    var rows = new Copied();
    folded
        .deltas()
        .forEach(
            (partition, deltas) ->
                deltas.cells().entrySet().stream()
                    .filter(entry -> which.test(entry.getKey().keys()))
                    .sorted(Map.Entry.comparingByKey())
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
                        }));
    return rows;
  }

  private String addCells() {
    return "INSERT INTO cell_"
        + slot
        + " AS c SELECT * FROM cells ON CONFLICT (level, at, keys, partition, passes, lag, charter)"
        + " DO UPDATE SET "
        + Arrays.stream(Column.values())
            .map(Column::column)
            .map(
                column ->
                    "%1$s = coalesce(c.%1$s + excluded.%1$s, excluded.%1$s, c.%1$s)"
                        .formatted(column))
            .collect(joining(", "));
  }

  private static Copied tallies(Folded folded) {
    var rows = new Copied();
    folded
        .deltas()
        .forEach(
            (partition, deltas) ->
                deltas.tallies().entrySet().stream()
                    .sorted(Map.Entry.comparingByKey())
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
                        }));
    return rows;
  }

  private String addTallies() {
    return "INSERT INTO tally_"
        + slot
        + " AS t SELECT level, at, keys, partition, passes, lag, kind, label, cohort::numeric,"
        + " entered::numeric FROM tallies ON CONFLICT (level, at, keys, partition, passes, lag,"
        + " kind, label) DO UPDATE SET cohort = t.cohort + excluded.cohort,"
        + " entered = t.entered + excluded.entered";
  }

  private static Copied notes(Folded folded) {
    var rows = new Copied();
    folded
        .deltas()
        .forEach(
            (partition, deltas) ->
                deltas.notes().entrySet().stream()
                    .sorted(Map.Entry.comparingByKey())
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
                        }));
    return rows;
  }

  /** Who claimed a partition is alone with its rows, so that none appears in between. */
  private String addNotes() {
    return """
        MERGE INTO note_%d n USING notes b
           ON n.matter = b.matter AND n.level = b.level AND n.at = b.at AND n.keys = b.keys
          AND n.partition = b.partition AND n.passes = b.passes AND n.lag = b.lag
          AND n.charter = b.charter AND n.label = b.label
         WHEN MATCHED AND n.cohort + b.cohort = 0 AND n.entered + b.entered = 0 THEN DELETE
         WHEN MATCHED THEN UPDATE SET cohort = n.cohort + b.cohort, entered = n.entered + b.entered
         WHEN NOT MATCHED THEN INSERT VALUES
           (b.matter, b.level, b.at, b.keys, b.partition, b.passes, b.lag, b.charter, b.label,
            b.cohort, b.entered)
        """
        .formatted(slot);
  }

  private static Copied routes(Folded folded) {
    var rows = new Copied();
    folded
        .routes()
        .forEach(
            (partition, routes) ->
                routes
                    .changes()
                    .forEach(
                        (place, change) ->
                            rows.row(7)
                                .smallint(place.kind().ordinal())
                                .integer(place.at())
                                .uuid(place.keys())
                                .uuid(place.digest())
                                .smallint(partition)
                                .integer(change.count())
                                .bytes(change.body())));
    return rows;
  }

  private void addVerdicts(Folded folded) throws SQLException {
    var partitions = new ArrayList<Integer>();
    var promised = new ArrayList<Promised>();
    var counts = new ArrayList<Count>();
    folded
        .verdicts()
        .forEach(
            (partition, changes) ->
                changes
                    .counts()
                    .forEach(
                        (promise, count) -> {
                          partitions.add(partition);
                          promised.add(promise);
                          counts.add(count);
                        }));
    if (counts.isEmpty()) {
      return;
    }
    try (var add = connection.prepareStatement(ADD_VERDICTS.formatted(slot))) {
      add.setArray(1, array("int4", partitions, partition -> partition));
      add.setArray(2, array("text", promised, Promised::clauseId));
      add.setArray(3, array("text", promised, each -> each.owedBy().word()));
      add.setArray(4, array("int8", counts, Count::met));
      add.setArray(5, array("int8", counts, Count::broken));
      add.executeUpdate();
    }
  }

  private void addVerdicts(List<OfPeriod> verdicts) throws SQLException {
    try (var add = connection.prepareStatement(ADD_OF_PERIODS.formatted(slot))) {
      add.setArray(1, array("uuid", verdicts, OfPeriod::verdictId));
      add.setArray(2, array("text", verdicts, each -> each.promised().clauseId()));
      add.setArray(3, array("text", verdicts, each -> each.promised().owedBy().word()));
      add.setArray(4, array("bool", verdicts, OfPeriod::met));
      add.setArray(5, array("int8", verdicts, OfPeriod::revision));
      add.setArray(6, array("bool", verdicts, OfPeriod::excused));
      add.setArray(7, array("timestamptz", verdicts, OfPeriod::due));
      add.executeUpdate();
    }
  }

  private void park(Parked parked) throws SQLException {
    try (var park = connection.prepareStatement(PARK)) {
      park.setString(1, CONSUMER);
      park.setString(2, parked.topic());
      park.setInt(3, parked.partition());
      park.setLong(4, parked.offset());
      park.setString(5, parked.key());
      park.setObject(6, parked.recordTime().atOffset(ZoneOffset.UTC));
      park.setArray(
          7, connection.createArrayOf("text", parked.headerNames().toArray(String[]::new)));
      park.setArray(
          8, connection.createArrayOf("bytea", parked.headerValues().toArray(byte[][]::new)));
      park.setBytes(9, parked.value());
      park.setString(10, parked.reason());
      park.executeUpdate();
    }
  }
}
