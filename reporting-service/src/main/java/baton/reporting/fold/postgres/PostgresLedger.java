package baton.reporting.fold.postgres;

import static java.util.stream.Collectors.joining;

import baton.reporting.fold.Batch;
import baton.reporting.fold.Batch.Parked;
import baton.reporting.fold.Folded;
import baton.reporting.fold.Ledger;
import baton.reporting.fold.Ledger.Kept.Counted;
import baton.reporting.fold.Ledger.Kept.Overtaken;
import baton.reporting.funnel.Column;
import baton.reporting.funnel.Deltas;
import baton.reporting.funnel.Dimension;
import baton.reporting.funnel.Dimensions;
import baton.reporting.journey.Journey;
import io.smallrye.mutiny.Uni;
import io.vertx.core.buffer.Buffer;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import io.vertx.pgclient.PgException;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.IntStream;

/**
 * A batch first claims its partitions, which tells whether anybody else was here; then it reads the
 * journeys to extend, writes everything that changes, and commits.
 *
 * <p>What must come after another statement waits for its answer: the client prepares a statement
 * it meets for the first time, and lets later ones pass it meanwhile, a commit among them.
 */
@ApplicationScoped
class PostgresLedger implements Ledger {
  private static final Duration PATIENCE = Duration.ofSeconds(90);

  /** Held shared by every batch and alone by a flip, so that none straddles it. */
  private static final long GENERATIONS = 0x666f6c642067656eL;

  private static final String CONSUMER = "fold";

  private static final String PATIENT = "SET LOCAL statement_timeout = '60s'";
  private static final String BEGIN =
      "BEGIN; " + PATIENT + "; SELECT pg_advisory_xact_lock_shared(" + GENERATIONS + ")";
  private static final String STATE =
      "SELECT live, live_rules, building, building_rules FROM fold_state";
  private static final String CLAIM =
      """
      UPDATE fold_partition p SET version = p.version + 1
        FROM unnest($2::int[], $3::bigint[]) AS b(partition, version), fold_state s
       WHERE p.generation = $1 AND p.partition = b.partition AND p.version = b.version
         AND $1 IN (s.live, s.building)
      """;
  private static final String MOVE =
      """
      UPDATE fold_offset o SET next = b.next
        FROM unnest($2::text[], $3::int[], $4::bigint[], $5::bigint[]) AS b(topic, partition, was, next)
       WHERE o.generation = $1 AND o.topic = b.topic AND o.partition = b.partition AND o.next = b.was
      """;
  private static final String KEYS =
      "INSERT INTO keys (id, "
          + dimensions("")
          + ") SELECT * FROM unnest($1::uuid[], "
          + IntStream.range(0, Dimension.values().length)
              .mapToObj(i -> "$" + (i + 2) + "::text[]")
              .collect(joining(", "))
          + ") ON CONFLICT DO NOTHING";
  private static final String PARK =
      """
      INSERT INTO parked_record
        (consumer, topic, partition, "offset", key, record_time, header_names, header_values, value, reason)
      VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10) ON CONFLICT DO NOTHING
      """;
  private static final String COMPLETE =
      """
      UPDATE fold_partition p SET complete_to = b.complete_to
        FROM unnest($2::int[], $3::bigint[], $4::timestamptz[]) AS b(partition, version, complete_to)
       WHERE p.generation = $1 AND p.partition = b.partition AND p.version = b.version
         AND (p.complete_to IS NULL OR p.complete_to < b.complete_to)
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

  PostgresLedger(Pool pool) {
    this.pool = pool;
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
    var connection = wait(pool.getConnection());
    try {
      return kept(connection, batch, remembered);
    } catch (RuntimeException failed) {
      rollBack(connection);
      throw refused(failed);
    } finally {
      connection.closeAndForget();
    }
  }

  private Kept kept(SqlConnection connection, Batch batch, Map<UUID, Journey> remembered) {
    var missing = batch.leads().stream().filter(lead -> !remembered.containsKey(lead)).toList();
    int slot = batch.generation() % 2;
    wait(connection.query(BEGIN).execute());
    boolean claimed = wait(claim(connection, batch)).rowCount() == batch.versions().size();
    var read =
        wait(
            Uni.combine()
                .all()
                .unis(
                    move(connection, batch),
                    connection
                        .preparedQuery(
                            "SELECT id, body FROM journey_" + slot + " WHERE id = ANY($1::uuid[])")
                        .execute(Tuple.tuple().addArrayOfUUID(missing.toArray(UUID[]::new))))
                .asTuple());
    if (!claimed || read.getItem1().rowCount() != batch.moves().size()) {
      rollBack(connection);
      return new Overtaken();
    }
    var known = new HashMap<UUID, Journey>();
    for (var row : read.getItem2()) {
      known.put(row.getUUID("id"), Journey.of(row.getBuffer("body").getBytes()));
    }
    batch.leads().stream()
        .filter(remembered::containsKey)
        .forEach(lead -> known.put(lead, remembered.get(lead)));
    var folded = Folded.of(batch.told(), known);
    wait(write(connection, slot, batch, folded));
    wait(connection.query("COMMIT").execute());
    known.putAll(folded.begun());
    known.putAll(folded.extended());
    return new Counted(known);
  }

  private static Uni<RowSet<Row>> claim(SqlConnection connection, Batch batch) {
    return connection
        .preparedQuery(CLAIM)
        .execute(
            Tuple.of(batch.generation())
                .addArrayOfInteger(batch.versions().keySet().toArray(Integer[]::new))
                .addArrayOfLong(batch.versions().values().toArray(Long[]::new)));
  }

  private static Uni<RowSet<Row>> move(SqlConnection connection, Batch batch) {
    var moves = batch.moves();
    return connection
        .preparedQuery(MOVE)
        .execute(
            Tuple.of(batch.generation())
                .addArrayOfString(array(moves, Batch.Move::topic, String[]::new))
                .addArrayOfInteger(array(moves, Batch.Move::partition, Integer[]::new))
                .addArrayOfLong(array(moves, Batch.Move::from, Long[]::new))
                .addArrayOfLong(array(moves, Batch.Move::to, Long[]::new)));
  }

  private static Uni<?> write(SqlConnection connection, int slot, Batch batch, Folded folded) {
    var writes = new ArrayList<Uni<RowSet<Row>>>();
    var keys = new TreeMap<UUID, Dimensions>();
    folded.deltas().values().forEach(deltas -> keys.putAll(deltas.keys()));
    if (!keys.isEmpty()) {
      writes.add(connection.preparedQuery(KEYS).execute(keys(keys)));
    }
    if (!folded.begun().isEmpty()) {
      writes.add(
          connection
              .preparedQuery(
                  "INSERT INTO journey_" + slot + " SELECT * FROM unnest($1::uuid[], $2::bytea[])")
              .execute(journeys(folded.begun())));
    }
    if (!folded.extended().isEmpty()) {
      writes.add(
          connection
              .preparedQuery(
                  "UPDATE journey_"
                      + slot
                      + " j SET body = b.body FROM unnest($1::uuid[], $2::bytea[]) AS b(id, body)"
                      + " WHERE j.id = b.id")
              .execute(journeys(folded.extended())));
    }
    var cells = new Rows<Deltas.Cell, int[]>();
    var tallies = new Rows<Deltas.Tally, Deltas.Amount>();
    folded
        .deltas()
        .forEach(
            (partition, deltas) -> {
              cells.add(partition, deltas.cells());
              tallies.add(partition, deltas.tallies());
            });
    if (!cells.isEmpty()) {
      writes.add(connection.preparedQuery(cells(slot)).execute(cells(cells)));
    }
    if (!tallies.isEmpty()) {
      writes.add(connection.preparedQuery(tallies(slot)).execute(tallies(tallies)));
    }
    for (var parked : batch.parked()) {
      writes.add(connection.preparedQuery(PARK).execute(parked(parked)));
    }
    if (writes.isEmpty()) {
      return Uni.createFrom().voidItem();
    }
    return Uni.join().all(writes).andFailFast();
  }

  /** Rows of one statement, each with the partition it belongs to. */
  private static final class Rows<K, V> {
    private record Entry<K, V>(int partition, K key, V value) {}

    private final List<Entry<K, V>> entries = new ArrayList<>();

    void add(int partition, Map<K, V> rows) {
      rows.forEach((key, value) -> entries.add(new Entry<>(partition, key, value)));
    }

    boolean isEmpty() {
      return entries.isEmpty();
    }

    void sort(Comparator<K> order) {
      entries.sort(Comparator.comparing(Entry::key, order));
    }

    Integer[] partitions() {
      return entries.stream().map(Entry::partition).toArray(Integer[]::new);
    }

    Integer[] ints(Function<K, Integer> of) {
      return entries.stream().map(entry -> of.apply(entry.key())).toArray(Integer[]::new);
    }

    <T> T[] keys(Function<K, T> of, java.util.function.IntFunction<T[]> array) {
      return entries.stream().map(entry -> of.apply(entry.key())).toArray(array);
    }

    <T> T[] values(Function<V, T> of, java.util.function.IntFunction<T[]> array) {
      return entries.stream().map(entry -> of.apply(entry.value())).toArray(array);
    }
  }

  private static Tuple keys(SortedMap<UUID, Dimensions> keys) {
    var tuple = Tuple.tuple().addArrayOfUUID(keys.keySet().toArray(UUID[]::new));
    for (var dimension : Dimension.values()) {
      tuple.addArrayOfString(
          keys.values().stream().map(values -> values.get(dimension)).toArray(String[]::new));
    }
    return tuple;
  }

  private static Tuple journeys(SortedMap<UUID, Journey> journeys) {
    return Tuple.tuple()
        .addArrayOfUUID(journeys.keySet().toArray(UUID[]::new))
        .addValue(
            journeys.values().stream()
                .map(journey -> Buffer.buffer(journey.bytes()))
                .toArray(Buffer[]::new));
  }

  private static Tuple cells(Rows<Deltas.Cell, int[]> rows) {
    rows.sort(
        Comparator.comparing(Deltas.Cell::level)
            .thenComparing(Deltas.Cell::at)
            .thenComparing(Deltas.Cell::keys));
    var tuple =
        Tuple.tuple()
            .addArrayOfInteger(rows.ints(cell -> cell.level().ordinal()))
            .addArrayOfInteger(rows.ints(Deltas.Cell::at))
            .addArrayOfUUID(rows.keys(Deltas.Cell::keys, UUID[]::new))
            .addArrayOfInteger(rows.partitions())
            .addArrayOfInteger(rows.ints(cell -> cell.passes().ordinal()))
            .addArrayOfInteger(rows.ints(Deltas.Cell::lag))
            .addArrayOfInteger(rows.ints(Deltas.Cell::charter));
    for (var column : Column.values()) {
      tuple.addArrayOfInteger(rows.values(counts -> counts[column.ordinal()], Integer[]::new));
    }
    return tuple;
  }

  private static String cells(int slot) {
    var columns = Arrays.stream(Column.values()).map(Column::column).toList();
    return "INSERT INTO cell_"
        + slot
        + " AS c (level, at, keys, partition, passes, lag, charter, "
        + String.join(", ", columns)
        + ") SELECT * FROM unnest($1::int[], $2::int[], $3::uuid[], $4::int[], $5::int[],"
        + " $6::int[], $7::int[], "
        + IntStream.range(0, columns.size())
            .mapToObj(i -> "$" + (i + 8) + "::int[]")
            .collect(joining(", "))
        + ") ON CONFLICT (level, at, keys, partition, passes, lag, charter) DO UPDATE SET "
        + columns.stream()
            .map(column -> column + " = c." + column + " + excluded." + column)
            .collect(joining(", "));
  }

  private static Tuple tallies(Rows<Deltas.Tally, Deltas.Amount> rows) {
    rows.sort(
        Comparator.comparing(Deltas.Tally::level)
            .thenComparing(Deltas.Tally::at)
            .thenComparing(Deltas.Tally::keys));
    return Tuple.tuple()
        .addArrayOfInteger(rows.ints(tally -> tally.level().ordinal()))
        .addArrayOfInteger(rows.ints(Deltas.Tally::at))
        .addArrayOfUUID(rows.keys(Deltas.Tally::keys, UUID[]::new))
        .addArrayOfInteger(rows.partitions())
        .addArrayOfInteger(rows.ints(tally -> tally.passes().ordinal()))
        .addArrayOfInteger(rows.ints(Deltas.Tally::lag))
        .addArrayOfInteger(rows.ints(tally -> tally.kind().ordinal()))
        .addArrayOfString(rows.keys(Deltas.Tally::label, String[]::new))
        .addArrayOfString(rows.values(amount -> amount.cohort().toString(), String[]::new))
        .addArrayOfString(rows.values(amount -> amount.entered().toString(), String[]::new));
  }

  private static String tallies(int slot) {
    return "INSERT INTO tally_"
        + slot
        + " AS t (level, at, keys, partition, passes, lag, kind, label, cohort, entered) SELECT l,"
        + " a, k, p, w, g, d, b, c::numeric, e::numeric FROM unnest($1::int[], $2::int[],"
        + " $3::uuid[], $4::int[], $5::int[], $6::int[], $7::int[], $8::text[], $9::text[],"
        + " $10::text[]) AS r(l, a, k, p, w, g, d, b, c, e) ON CONFLICT (level, at, keys,"
        + " partition, passes, lag, kind, label) DO UPDATE SET cohort = t.cohort + excluded.cohort,"
        + " entered = t.entered + excluded.entered";
  }

  private static Tuple parked(Parked parked) {
    return Tuple.tuple()
        .addString(CONSUMER)
        .addString(parked.topic())
        .addInteger(parked.partition())
        .addLong(parked.offset())
        .addString(parked.key())
        .addOffsetDateTime(parked.recordTime().atOffset(ZoneOffset.UTC))
        .addArrayOfString(parked.headerNames().toArray(String[]::new))
        .addValue(parked.headerValues().stream().map(Buffer::buffer).toArray(Buffer[]::new))
        .addBuffer(
            parked.value() == null
                ? null
                : io.vertx.mutiny.core.buffer.Buffer.buffer(parked.value()))
        .addString(parked.reason());
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
                    .chain(
                        () ->
                            connection
                                .preparedQuery(
                                    """
                                    UPDATE fold_state
                                       SET building = live + 1, building_rules = $1, building_since = now()
                                     WHERE building IS NULL RETURNING building
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
        .query("TRUNCATE journey_%1$d, cell_%1$d, tally_%1$d".formatted(slot))
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

  private static void rollBack(SqlConnection connection) {
    try {
      wait(connection.query("ROLLBACK").execute());
    } catch (RuntimeException gone) {
      // a connection that can't even roll back is closed, and PostgreSQL does it
      wait(connection.close().onFailure().recoverWithNull());
    }
  }

  /** Data that PostgreSQL won't take is the batch's fault, everything else passes. */
  private static RuntimeException refused(RuntimeException failed) {
    var cause = failed instanceof PgException ? failed : failed.getCause();
    if (cause instanceof PgException refusal
        && refusal.getSqlState() != null
        && (refusal.getSqlState().startsWith("22") || refusal.getSqlState().startsWith("23"))) {
      return new Unkeepable("PostgreSQL refuses it with " + refusal.getSqlState());
    }
    return failed;
  }

  private static <T> T wait(Uni<T> uni) {
    return uni.await().atMost(PATIENCE);
  }

  private static <S, T> T[] array(
      Collection<S> values, Function<S, T> of, java.util.function.IntFunction<T[]> array) {
    return values.stream().map(of).toArray(array);
  }

  private static String dimensions(String prefix) {
    return Arrays.stream(Dimension.values())
        .map(dimension -> prefix + dimension.column())
        .collect(joining(", "));
  }
}
