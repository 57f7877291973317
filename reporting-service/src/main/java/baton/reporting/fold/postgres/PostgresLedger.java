package baton.reporting.fold.postgres;

import static baton.chassis.database.Columns.column;

import baton.reporting.fold.Batch;
import baton.reporting.fold.Folding;
import baton.reporting.fold.Ledger;
import baton.reporting.fold.Ledger.Kept.Counted;
import baton.reporting.fold.Ledger.Kept.Overtaken;
import baton.reporting.journey.Journey;
import baton.reporting.journey.WorkingTime;
import baton.reporting.restatement.Restating;
import baton.reporting.restatement.Zones;
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
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;
import javax.sql.DataSource;

/**
 * A batch first claims its partitions, which tells whether anybody else was here; then it reads the
 * journeys to extend, writes everything that changes, and commits.
 */
@ApplicationScoped
class PostgresLedger implements Ledger {
  private static final Duration PATIENCE = Duration.ofSeconds(90);

  /** Held shared by every batch and alone by a flip, so that none straddles it. */
  private static final long GENERATIONS = 0x666f6c642067656eL;

  /** With the number of the slot, the first half of the locks on leads. */
  private static final int KIN = 0x6b696e30;

  private static final String PATIENT = "SET LOCAL statement_timeout = '60s'";

  /**
   * Of {@link Posting#TABLES} the planner knows nothing, so it is told to look up each row by its
   * key, however many rows of old there are.
   */
  private static final String BEGIN =
      PATIENT
          + "; SET LOCAL lock_timeout = '30s'; SET LOCAL idle_in_transaction_session_timeout = '10s'"
          + "; SET LOCAL client_min_messages = warning"
          + "; SET LOCAL enable_hashjoin = off; SET LOCAL enable_mergejoin = off"
          + "; SET LOCAL enable_seqscan = off"
          + "; SELECT pg_advisory_xact_lock_shared("
          + GENERATIONS
          + "); "
          + Posting.TABLES;

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
  private final Zones zones;

  PostgresLedger(Pool pool, DataSource copying, WorkingTime time, Zones zones) {
    this.zones = zones;
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
    var heard = batch.heard();
    var folding =
        new Folding(
            batch.told(),
            known,
            time,
            heard == null ? Restating.nothing() : new Restating(zones.at(heard), heard));
    holdKin(connection, slot, folding);
    var folded = folding.folded();
    new Posting(connection, slot).post(batch, folded);
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
          1, connection.createArrayOf("text", column(moves, Batch.Move::topic, String[]::new)));
      move.setArray(
          2,
          connection.createArrayOf("int4", column(moves, Batch.Move::partition, Integer[]::new)));
      move.setArray(
          3, connection.createArrayOf("int8", column(moves, Batch.Move::from, Long[]::new)));
      move.setArray(
          4, connection.createArrayOf("int8", column(moves, Batch.Move::to, Long[]::new)));
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
                    .addArrayOfInteger(column(marks, Mark::partition, Integer[]::new))
                    .addArrayOfLong(column(marks, Mark::version, Long[]::new))
                    .addArrayOfOffsetDateTime(
                        column(
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
}
