package baton.chassis.hearing;

import baton.contracts.Event;
import io.smallrye.mutiny.Uni;
import io.vertx.core.buffer.Buffer;
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
import org.apache.kafka.common.header.Header;

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

  /** The keys of these records that wait, and behind which offset. */
  <E extends Event> Uni<Map<Key, Long>> held(
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
