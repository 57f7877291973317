package baton.reporting.fold.postgres;

import static java.util.stream.Collectors.joining;

import baton.reporting.fold.Batch;
import baton.reporting.fold.Batch.Parked;
import baton.reporting.fold.Folded;
import baton.reporting.fold.Folding;
import baton.reporting.fold.Ledger;
import baton.reporting.fold.Ledger.Kept.Counted;
import baton.reporting.fold.Ledger.Kept.Overtaken;
import baton.reporting.funnel.Column;
import baton.reporting.funnel.Dimension;
import baton.reporting.funnel.Dimensions;
import baton.reporting.journey.Journey;
import baton.reporting.journey.WorkingTime;
import baton.reporting.verdict.Count;
import baton.reporting.verdict.OfPeriod;
import baton.reporting.verdict.Promised;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.Predicate;
import javax.sql.DataSource;

/**
 * A batch first claims its partitions, which tells whether anybody else was here; then it reads the
 * journeys to extend, writes everything that changes, and commits.
 *
 * <p>It writes by COPY, which the reactive client doesn't know: a row costs its bytes, and no
 * object per value.
 */
@ApplicationScoped
class PostgresLedger implements Ledger {
  private static final Duration PATIENCE = Duration.ofSeconds(90);

  /** Held shared by every batch and alone by a flip, so that none straddles it. */
  private static final long GENERATIONS = 0x666f6c642067656eL;

  /** With the number of the slot, the first half of the locks on leads. */
  private static final int KIN = 0x6b696e30;

  private static final String CONSUMER = "fold";

  private static final String PATIENT = "SET LOCAL statement_timeout = '60s'";

  /**
   * Rows to add arrive in tables of the connection's own. Of these the planner knows nothing, so it
   * is told to look up each row by its key, however many rows of old there are.
   */
  private static final String BEGIN =
      PATIENT
          + "; SET LOCAL lock_timeout = '30s'; SET LOCAL idle_in_transaction_session_timeout = '10s'"
          + "; SET LOCAL client_min_messages = warning"
          + "; SET LOCAL enable_hashjoin = off; SET LOCAL enable_mergejoin = off"
          + "; SET LOCAL enable_seqscan = off"
          + "; SELECT pg_advisory_xact_lock_shared("
          + GENERATIONS
          + "); CREATE TEMP TABLE IF NOT EXISTS new_keys (LIKE keys) ON COMMIT DELETE ROWS"
          + "; CREATE TEMP TABLE IF NOT EXISTS extended (LIKE journey_0) ON COMMIT DELETE ROWS"
          + "; CREATE TEMP TABLE IF NOT EXISTS cells (LIKE cell_0) ON COMMIT DELETE ROWS"
          + "; CREATE TEMP TABLE IF NOT EXISTS routes (LIKE route_0) ON COMMIT DELETE ROWS"
          + "; CREATE TEMP TABLE IF NOT EXISTS tallies (level int, at int, keys uuid, partition int,"
          + " passes int, lag int, kind int, label text, cohort text, entered text)"
          + " ON COMMIT DELETE ROWS"
          + "; CREATE TEMP TABLE IF NOT EXISTS notes (LIKE note_0) ON COMMIT DELETE ROWS";

  private static final String STATE =
      "SELECT live, live_rules, building, building_rules FROM fold_state";
  private static final String CLAIM =
      """
      UPDATE fold_partition p SET version = p.version + 1
        FROM unnest(?::int[], ?::bigint[]) AS b(partition, version), fold_state s
       WHERE p.generation = ? AND p.partition = b.partition AND p.version = b.version
         AND p.generation IN (s.live, s.building)
      """;
  private static final String MOVE =
      """
      UPDATE fold_offset o SET next = b.next
        FROM unnest(?::text[], ?::int[], ?::bigint[], ?::bigint[]) AS b(topic, partition, was, next)
       WHERE o.generation = ? AND o.topic = b.topic AND o.partition = b.partition AND o.next = b.was
      """;
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
  private static final String COMPLETE =
      """
      UPDATE fold_partition p SET complete_to = b.complete_to
        FROM unnest($2::int[], $3::bigint[], $4::timestamptz[]) AS b(partition, version, complete_to)
       WHERE p.generation = $1 AND p.partition = b.partition AND p.version = b.version
         AND (p.complete_to IS NULL OR p.complete_to < b.complete_to)
      """;

  /** Where nothing was counted by other rules, there is nothing to count anew. */
  private static final String COUNT_FROM_HERE =
      """
      UPDATE fold_state SET live_rules = $1, live_since = now()
       WHERE building IS NULL AND live_rules <> $1
         AND NOT EXISTS (SELECT FROM fold_offset WHERE generation = live AND next > 0)
      """;

  private static final String FLIP =
      """
      UPDATE fold_state SET live = building, live_rules = building_rules, live_since = now(),
             building = NULL, building_rules = NULL, building_since = NULL
       WHERE building = $1
         AND NOT EXISTS (
           SELECT FROM fold_offset was LEFT JOIN fold_offset new
                  ON new.generation = building AND new.topic = was.topic AND new.partition = was.partition
            WHERE was.generation = live AND coalesce(new.next, -1) < was.next)
         AND NOT EXISTS (
           SELECT FROM fold_partition was LEFT JOIN fold_partition new
                  ON new.generation = building AND new.partition = was.partition
            WHERE was.generation = live AND new.complete_to IS NULL)
      """;

  private final Pool pool;
  private final DataSource copying;
  private final WorkingTime time;

  PostgresLedger(Pool pool, DataSource copying, WorkingTime time) {
    this.pool = pool;
    this.copying = copying;
    this.time = time;
  }

  @Override
  public State state() {
    return state(wait(pool.query(STATE).execute()).iterator().next());
  }

  private static State state(Row row) {
    return new State(
        row.getInteger("live"),
        row.getInteger("live_rules"),
        row.getInteger("building"),
        row.getInteger("building_rules"));
  }

  @Override
  public SortedMap<Integer, Standing> standing(
      int generation, int count, Map<Integer, Set<String>> topics) {
    var partitions = topics.keySet().toArray(Integer[]::new);
    var names = new ArrayList<String>();
    var numbers = new ArrayList<Integer>();
    topics.forEach(
        (partition, named) ->
            named.forEach(
                name -> {
                  names.add(name);
                  numbers.add(partition);
                }));
    return wait(
        pool.withTransaction(
            connection ->
                connection
                    .preparedQuery(
                        """
                        INSERT INTO fold_partition (generation, partition, version)
                        SELECT $1::int, p, 0 FROM unnest($2::int[]) AS p
                        UNION SELECT $1::int, p, 0 FROM generate_series(0, $3::int - 1) AS p
                        ON CONFLICT DO NOTHING
                        """)
                    .execute(Tuple.of(generation).addArrayOfInteger(partitions).addInteger(count))
                    .chain(
                        () ->
                            connection
                                .preparedQuery(
                                    """
                                    INSERT INTO fold_offset (generation, topic, partition, next)
                                    SELECT $1, t, p, 0 FROM unnest($2::text[], $3::int[]) AS b(t, p)
                                    ON CONFLICT DO NOTHING
                                    """)
                                .execute(
                                    Tuple.of(generation)
                                        .addArrayOfString(names.toArray(String[]::new))
                                        .addArrayOfInteger(numbers.toArray(Integer[]::new))))
                    .chain(
                        () ->
                            connection
                                .preparedQuery(
                                    """
                                    SELECT p.partition, p.version, p.complete_to, o.topic, o.next
                                      FROM fold_partition p JOIN fold_offset o USING (generation, partition)
                                     WHERE p.generation = $1 AND p.partition = ANY($2::int[])
                                     ORDER BY 1 FOR SHARE OF p
                                    """)
                                .execute(Tuple.of(generation).addArrayOfInteger(partitions)))
                    .map(PostgresLedger::standings)));
  }

  private static SortedMap<Integer, Standing> standings(RowSet<Row> rows) {
    var standings = new TreeMap<Integer, Standing>();
    for (var row : rows) {
      var completeTo = row.getOffsetDateTime("complete_to");
      standings
          .computeIfAbsent(
              row.getInteger("partition"),
              _ ->
                  new Standing(
                      row.getLong("version"),
                      completeTo == null ? null : completeTo.toInstant(),
                      new HashMap<>()))
          .next()
          .put(row.getString("topic"), row.getLong("next"));
    }
    return standings;
  }

  @Override
  public Kept keep(Batch batch, Map<UUID, Journey> remembered) {
    try (var connection = copying.getConnection()) {
      connection.setNetworkTimeout(Runnable::run, (int) PATIENCE.toMillis());
      connection.setAutoCommit(false);
      try {
        var kept = kept(connection, batch, remembered);
        connection.commit();
        return kept;
      } catch (SQLException | RuntimeException failed) {
        rollBack(connection, failed);
        throw failed;
      }
    } catch (SQLException failed) {
      throw refused(failed);
    }
  }

  private Kept kept(Connection connection, Batch batch, Map<UUID, Journey> remembered)
      throws SQLException {
    int slot = batch.generation() % 2;
    try (var begin = connection.createStatement()) {
      begin.execute(BEGIN);
    }
    if (claimed(connection, batch) != batch.versions().size()
        || moved(connection, batch) != batch.moves().size()) {
      connection.rollback();
      return new Overtaken();
    }
    var known = known(connection, slot, batch, remembered);
    var folding = new Folding(batch.told(), known, time);
    holdKin(connection, slot, folding);
    var folded = folding.folded();
    write(connection, slot, batch, folded);
    known.putAll(folded.begun());
    known.putAll(folded.extended());
    return new Counted(known);
  }

  private static int claimed(Connection connection, Batch batch) throws SQLException {
    try (var claim = connection.prepareStatement(CLAIM)) {
      claim.setArray(1, connection.createArrayOf("int4", batch.versions().keySet().toArray()));
      claim.setArray(2, connection.createArrayOf("int8", batch.versions().values().toArray()));
      claim.setInt(3, batch.generation());
      return claim.executeUpdate();
    }
  }

  private static int moved(Connection connection, Batch batch) throws SQLException {
    var moves = batch.moves();
    try (var move = connection.prepareStatement(MOVE)) {
      move.setArray(
          1, connection.createArrayOf("text", array(moves, Batch.Move::topic, String[]::new)));
      move.setArray(
          2, connection.createArrayOf("int4", array(moves, Batch.Move::partition, Integer[]::new)));
      move.setArray(
          3, connection.createArrayOf("int8", array(moves, Batch.Move::from, Long[]::new)));
      move.setArray(4, connection.createArrayOf("int8", array(moves, Batch.Move::to, Long[]::new)));
      move.setInt(5, batch.generation());
      return move.executeUpdate();
    }
  }

  private static Map<UUID, Journey> known(
      Connection connection, int slot, Batch batch, Map<UUID, Journey> remembered)
      throws SQLException {
    var known = new HashMap<UUID, Journey>();
    var missing = new TreeSet<UUID>();
    for (var lead : batch.leads()) {
      var journey = remembered.get(lead);
      if (journey == null) {
        missing.add(lead);
      } else {
        known.put(lead, journey);
      }
    }
    known.putAll(read(connection, slot, missing));
    return known;
  }

  private static Map<UUID, Journey> read(Connection connection, int slot, Collection<UUID> leads)
      throws SQLException {
    if (leads.isEmpty()) {
      return Map.of();
    }
    var journeys = new HashMap<UUID, Journey>();
    try (var find =
        connection.prepareStatement(
            "SELECT id, body FROM journey_" + slot + " WHERE id = ANY(?)")) {
      find.setArray(1, connection.createArrayOf("uuid", leads.toArray(UUID[]::new)));
      try (var found = find.executeQuery()) {
        while (found.next()) {
          journeys.put(found.getObject(1, UUID.class), Journey.of(found.getBytes(2)));
        }
      }
    }
    return journeys;
  }

  /**
   * Leads that are merged with those of this batch may be extended by another instance right now.
   * Whoever extends one of a group holds all of it, in the order of their ids, and reads the others
   * only then. Ids are held, not rows: who was never told about has none. A first look, which holds
   * nobody, says whom to hold.
   */
  private static void holdKin(Connection connection, int slot, Folding folding)
      throws SQLException {
    for (var strangers = strangers(folding); !strangers.isEmpty(); strangers = strangers(folding)) {
      folding.know(strangers, read(connection, slot, strangers));
    }
    var held = new TreeSet<UUID>();
    for (var kin = folding.kin(); !held.containsAll(kin); kin = folding.kin()) {
      kin.removeAll(held);
      hold(connection, slot, kin);
      held.addAll(kin);
      var others = folding.others();
      folding.know(others, read(connection, slot, others));
    }
  }

  private static List<UUID> strangers(Folding folding) {
    return folding.others().stream().filter(lead -> !folding.knows(lead)).toList();
  }

  private static void hold(Connection connection, int slot, Collection<UUID> leads)
      throws SQLException {
    var numbers = leads.stream().map(UUID::hashCode).sorted().distinct().toArray(Integer[]::new);
    try (var hold =
        connection.prepareStatement(
            "SELECT pg_advisory_xact_lock(?, lead) FROM unnest(?::int[]) AS lead")) {
      hold.setInt(1, KIN + slot);
      hold.setArray(2, connection.createArrayOf("int4", numbers));
      hold.execute();
    }
  }

  private static void write(Connection connection, int slot, Batch batch, Folded folded)
      throws SQLException {
    var keys = addKeys(connection, folded);
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
        statement.executeUpdate(addCells(slot));
      }
      if (tallies.rows() > 0) {
        statement.executeUpdate(addTallies(slot));
      }
      if (notes.rows() > 0) {
        statement.executeUpdate(addNotes(slot));
      }
      if (routes.rows() > 0) {
        statement.executeUpdate(ADD_ROUTES.formatted(slot));
      }
    }
    addVerdicts(connection, slot, folded);
    if (!batch.ofPeriods().isEmpty()) {
      addVerdicts(connection, slot, batch.ofPeriods());
    }
    for (var parked : batch.parked()) {
      park(connection, parked);
    }
  }

  /** Adds the keys and says which are new: what is counted under these has no cell yet. */
  private static Set<UUID> addKeys(Connection connection, Folded folded) throws SQLException {
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

  private static String addCells(int slot) {
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

  private static String addTallies(int slot) {
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
  private static String addNotes(int slot) {
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

  private static void addVerdicts(Connection connection, int slot, Folded folded)
      throws SQLException {
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
      add.setArray(1, connection.createArrayOf("int4", partitions.toArray()));
      add.setArray(
          2, connection.createArrayOf("text", array(promised, Promised::clauseId, String[]::new)));
      add.setArray(
          3,
          connection.createArrayOf(
              "text", array(promised, each -> each.owedBy().word(), String[]::new)));
      add.setArray(4, connection.createArrayOf("int8", array(counts, Count::met, Long[]::new)));
      add.setArray(5, connection.createArrayOf("int8", array(counts, Count::broken, Long[]::new)));
      add.executeUpdate();
    }
  }

  private static void addVerdicts(Connection connection, int slot, List<OfPeriod> verdicts)
      throws SQLException {
    try (var add = connection.prepareStatement(ADD_OF_PERIODS.formatted(slot))) {
      add.setArray(
          1, connection.createArrayOf("uuid", array(verdicts, OfPeriod::verdictId, UUID[]::new)));
      add.setArray(
          2,
          connection.createArrayOf(
              "text", array(verdicts, each -> each.promised().clauseId(), String[]::new)));
      add.setArray(
          3,
          connection.createArrayOf(
              "text", array(verdicts, each -> each.promised().owedBy().word(), String[]::new)));
      add.setArray(
          4, connection.createArrayOf("bool", array(verdicts, OfPeriod::met, Boolean[]::new)));
      add.setArray(
          5, connection.createArrayOf("int8", array(verdicts, OfPeriod::revision, Long[]::new)));
      add.setArray(
          6, connection.createArrayOf("bool", array(verdicts, OfPeriod::excused, Boolean[]::new)));
      add.setArray(
          7,
          connection.createArrayOf(
              "timestamptz", array(verdicts, each -> each.due().toString(), String[]::new)));
      add.executeUpdate();
    }
  }

  private static void park(Connection connection, Parked parked) throws SQLException {
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

  private static void rollBack(Connection connection, Exception because) {
    try {
      connection.rollback();
    } catch (SQLException gone) {
      // a connection that can't even roll back is closed, and PostgreSQL does it
      because.addSuppressed(gone);
    }
  }

  @Override
  public void complete(int generation, List<Mark> marks) {
    wait(
        pool.preparedQuery(COMPLETE)
            .execute(
                Tuple.of(generation)
                    .addArrayOfInteger(array(marks, Mark::partition, Integer[]::new))
                    .addArrayOfLong(array(marks, Mark::version, Long[]::new))
                    .addArrayOfOffsetDateTime(
                        array(
                            marks,
                            mark -> mark.completeTo().atOffset(ZoneOffset.UTC),
                            OffsetDateTime[]::new))));
  }

  @Override
  public Progress progress() {
    var row =
        wait(pool.query(
                    """
                    SELECT live, live_rules, building, building_rules,
                           coalesce(building_since, live_since) AS since,
                           (SELECT coalesce(sum(next), 0)::bigint FROM fold_offset
                             WHERE generation = building) AS folded,
                           (SELECT coalesce(sum(next), 0)::bigint FROM fold_offset
                             WHERE generation = live) AS total
                      FROM fold_state
                    """)
                .execute())
            .iterator()
            .next();
    return new Progress(
        state(row),
        row.getLong("folded"),
        row.getLong("total"),
        row.getOffsetDateTime("since").toInstant());
  }

  @Override
  public boolean rebuild(int rules) {
    return wait(
        pool.withTransaction(
            connection ->
                alone(connection)
                    .chain(() -> connection.preparedQuery(COUNT_FROM_HERE).execute(Tuple.of(rules)))
                    .chain(
                        () ->
                            connection
                                .preparedQuery(
                                    """
                                    UPDATE fold_state
                                       SET building = live + 1, building_rules = $1, building_since = now()
                                     WHERE building IS NULL AND live_since <> now()
                                    RETURNING building
                                    """)
                                .execute(Tuple.of(rules)))
                    .chain(
                        begun ->
                            begun.size() == 0
                                ? Uni.createFrom().item(false)
                                : emptied(
                                    connection, begun.iterator().next().getInteger("building")))));
  }

  private static Uni<Boolean> emptied(SqlConnection connection, int building) {
    int slot = building % 2;
    return connection
        .query(
            ("TRUNCATE journey_%1$d, cell_%1$d, tally_%1$d, note_%1$d, route_%1$d, verdict_%1$d,"
                    + " period_verdict_%1$d")
                .formatted(slot))
        .execute()
        .chain(
            () ->
                connection
                    .preparedQuery("DELETE FROM fold_offset WHERE generation <> $1")
                    .execute(Tuple.of(building - 1)))
        .chain(
            () ->
                connection
                    .preparedQuery("DELETE FROM fold_partition WHERE generation <> $1")
                    .execute(Tuple.of(building - 1)))
        .replaceWith(true);
  }

  @Override
  public boolean flip(int building) {
    return wait(pool.withTransaction(
                connection ->
                    alone(connection)
                        .chain(() -> connection.preparedQuery(FLIP).execute(Tuple.of(building)))))
            .rowCount()
        == 1;
  }

  private static Uni<?> alone(SqlConnection connection) {
    return connection
        .query("SET LOCAL lock_timeout = '60s'")
        .execute()
        .chain(() -> connection.query(PATIENT).execute())
        .chain(
            () ->
                connection
                    .preparedQuery("SELECT pg_advisory_xact_lock($1)")
                    .execute(Tuple.of(GENERATIONS)));
  }

  /** Data that PostgreSQL won't take is the batch's fault, everything else passes. */
  private static RuntimeException refused(SQLException failed) {
    var state = failed.getSQLState();
    return state != null && (state.startsWith("22") || state.startsWith("23"))
        ? new Unkeepable("PostgreSQL refuses it with " + state)
        : new IllegalStateException("PostgreSQL can't keep a batch", failed);
  }

  private static <T> T wait(Uni<T> uni) {
    return uni.await().atMost(PATIENCE);
  }

  private static <S, T> T[] array(
      Collection<S> values, Function<S, T> of, java.util.function.IntFunction<T[]> array) {
    return values.stream().map(of).toArray(array);
  }
}
