package baton.chassis.hearing;

import baton.chassis.problem.Problem;
import baton.contracts.Event;
import io.smallrye.mutiny.Uni;
import io.vertx.core.buffer.Buffer;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.jspecify.annotations.Nullable;

/** The table of parked records: kept as they came, for whoever finds out why. */
@ApplicationScoped
class Parking {
  private static final String HELD =
      """
      SELECT topic, key, min("offset") FROM parked_record
      WHERE consumer = $1 AND topic = ANY ($2) AND key = ANY ($3)
      GROUP BY topic, key
      """;
  private static final String PARK =
      """
      INSERT INTO parked_record (consumer, topic, partition, "offset", key, record_time,
        header_names, header_values, value, reason)
      VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)
      ON CONFLICT DO NOTHING
      """;

  private static final String KEEP_PARKED = "SELECT pg_advisory_xact_lock_shared($1, hashtext($2))";
  private static final String RELEASE = "SELECT pg_advisory_xact_lock($1, hashtext($2))";
  private static final String FIND =
      """
      SELECT * FROM parked_record
      WHERE consumer = $1 AND topic = $2 AND partition = $3 AND "offset" = $4
      """;
  private static final String FIRST =
      """
      SELECT * FROM parked_record
      WHERE consumer = $1 AND topic = $2 AND key = $3
      ORDER BY partition, "offset" LIMIT 1
      """;
  private static final String LIST =
      """
      SELECT * FROM parked_record
      WHERE ($1::text IS NULL OR topic = $1)
        AND (consumer, topic, partition, "offset") > ($2, $3, $4, $5)
      ORDER BY consumer, topic, partition, "offset" LIMIT $6
      """;
  private static final String FORGET =
      """
      DELETE FROM parked_record
      WHERE consumer = $1 AND topic = $2 AND partition = $3 AND "offset" = $4
      """;
  private static final String OUTLIVED =
      """
      DELETE FROM parked_record USING unnest($3::text[], $4::bigint[]) AS ended (key, "offset")
      WHERE consumer = $1 AND topic = $2 AND parked_record.key = ended.key
        AND parked_record."offset" < ended."offset"
      """;
  private static final String EXPLAIN =
      """
      UPDATE parked_record SET reason = $5
      WHERE consumer = $1 AND topic = $2 AND partition = $3 AND "offset" = $4
      """;

  /** "park" in ASCII: of the locks with two numbers, which the relay's isn't among. */
  private static final int LOCKS = 0x7061726b;

  private final Pool pool;

  Parking(Pool pool) {
    this.pool = pool;
  }

  /**
   * The keys of these records that wait, and behind which offset. Where there are such, nothing of
   * the topic is released until the transaction ends: else a record could be parked behind one that
   * is gone.
   */
  <E extends Event> Uni<Map<Key, Long>> held(
      SqlConnection tx, String consumer, List<Received<E>> records) {
    return waiting(tx, consumer, records)
        .chain(
            held ->
                held.isEmpty()
                    ? Uni.createFrom().item(held)
                    : tx.preparedQuery(KEEP_PARKED)
                        .execute(Tuple.of(LOCKS, consumer + records.getFirst().record().topic()))
                        .chain(() -> waiting(tx, consumer, records)));
  }

  private static <E extends Event> Uni<Map<Key, Long>> waiting(
      SqlConnection tx, String consumer, List<Received<E>> records) {
    var keys = records.stream().map(Received::key).filter(Objects::nonNull).distinct().toList();
    return tx.preparedQuery(HELD)
        .execute(
            Tuple.of(
                consumer,
                keys.stream().map(Key::topic).distinct().toArray(String[]::new),
                keys.stream().map(Key::key).distinct().toArray(String[]::new)))
        .map(
            rows -> {
              var held = new HashMap<Key, Long>();
              rows.forEach(
                  row -> held.put(new Key(row.getString(0), row.getString(1)), row.getLong(2)));
              return held;
            });
  }

  <E extends Event> Uni<Void> park(SqlConnection tx, String consumer, List<Received<E>> records) {
    if (records.isEmpty()) {
      return Uni.createFrom().voidItem();
    }
    var rows = new ArrayList<Tuple>(records.size());
    for (var received : records) {
      var record = received.record();
      var headers = record.headers().toArray();
      rows.add(
          Tuple.tuple(
              new ArrayList<>(
                  Arrays.asList(
                      consumer,
                      record.topic(),
                      record.partition(),
                      record.offset(),
                      record.key(),
                      Instant.ofEpochMilli(record.timestamp()).atOffset(ZoneOffset.UTC),
                      names(headers),
                      values(headers),
                      record.value() == null ? null : Buffer.buffer(record.value()),
                      received.reason()))));
    }
    return tx.preparedQuery(PARK).executeBatch(rows).replaceWithVoid();
  }

  /** Forgets what is parked of keys before the tombstones that ended them. */
  <E extends Event> Uni<Void> outlived(
      SqlConnection tx, String consumer, List<Received<E>> tombstones) {
    return tombstones.isEmpty()
        ? Uni.createFrom().voidItem()
        : tx.preparedQuery(OUTLIVED)
            .execute(
                Tuple.of(
                    consumer,
                    tombstones.getFirst().record().topic(),
                    tombstones.stream().map(each -> each.record().key()).toArray(String[]::new),
                    tombstones.stream().map(each -> each.record().offset()).toArray(Long[]::new)))
            .replaceWithVoid();
  }

  Uni<List<ParkedRecord>> list(@Nullable String topic, @Nullable Place after, int limit) {
    return pool.preparedQuery(LIST)
        .execute(
            Tuple.of(
                topic,
                after == null ? "" : after.consumer(),
                after == null ? "" : after.topic(),
                after == null ? -1 : after.partition(),
                after == null ? -1L : after.offset(),
                limit))
        .map(rows -> rows.stream().map(Parking::record).toList());
  }

  Uni<Optional<ParkedRecord>> find(Place place) {
    return pool.preparedQuery(FIND).execute(tuple(place)).map(Parking::only);
  }

  /** The first that waits of this one's key. */
  Uni<Optional<ParkedRecord>> first(ParkedRecord of) {
    return pool.preparedQuery(FIRST)
        .execute(Tuple.of(of.place().consumer(), of.place().topic(), of.key()))
        .map(Parking::only);
  }

  /**
   * Keeps others from parking or releasing until the transaction ends; which is the key's first.
   */
  Uni<Place> claim(SqlConnection tx, ParkedRecord record) {
    var place = record.place();
    return tx.preparedQuery(RELEASE)
        .execute(Tuple.of(LOCKS, place.consumer() + place.topic()))
        .chain(() -> tx.preparedQuery(FIND).execute(tuple(place)))
        .map(Parking::only)
        .chain(
            found -> {
              if (found.isEmpty()) {
                return Uni.createFrom().failure(Problem.notFound("It was released just now."));
              }
              return record.key() == null
                  ? Uni.createFrom().item(place)
                  : tx.preparedQuery(FIRST)
                      .execute(Tuple.of(place.consumer(), place.topic(), record.key()))
                      .map(rows -> only(rows).map(ParkedRecord::place).orElse(place));
            });
  }

  Uni<Void> forget(SqlConnection tx, Place place) {
    return tx.preparedQuery(FORGET).execute(tuple(place)).replaceWithVoid();
  }

  Uni<Void> explain(Place place, String reason) {
    return pool.preparedQuery(EXPLAIN)
        .execute(
            Tuple.of(place.consumer(), place.topic(), place.partition(), place.offset(), reason))
        .replaceWithVoid();
  }

  private static Tuple tuple(Place place) {
    return Tuple.of(place.consumer(), place.topic(), place.partition(), place.offset());
  }

  private static Optional<ParkedRecord> only(RowSet<Row> rows) {
    return rows.stream().findFirst().map(Parking::record);
  }

  private static ParkedRecord record(Row row) {
    var headers = new RecordHeaders();
    var names = row.getArrayOfStrings("header_names");
    var values = row.get(Buffer[].class, row.getColumnIndex("header_values"));
    for (var n = 0; n < names.length; n++) {
      headers.add(names[n], values[n].getBytes());
    }
    var value = row.getBuffer("value");
    return new ParkedRecord(
        new Place(
            row.getString("consumer"),
            row.getString("topic"),
            row.getInteger("partition"),
            row.getLong("offset")),
        row.getString("key"),
        row.getOffsetDateTime("record_time").toInstant(),
        headers,
        value == null ? null : value.getBytes(),
        row.getString("reason"),
        row.getOffsetDateTime("parked_at").toInstant());
  }

  private static String[] names(Header[] headers) {
    var names = new String[headers.length];
    for (var n = 0; n < headers.length; n++) {
      names[n] = headers[n].key();
    }
    return names;
  }

  private static Buffer[] values(Header[] headers) {
    var values = new Buffer[headers.length];
    for (var n = 0; n < headers.length; n++) {
      var value = headers[n].value();
      values[n] = Buffer.buffer(value == null ? new byte[0] : value);
    }
    return values;
  }
}
