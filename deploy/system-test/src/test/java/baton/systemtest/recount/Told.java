package baton.systemtest.recount;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;

/**
 * One record as it lies on a topic, {@code written} when its relay says; {@code fields} is empty
 * for a tombstone.
 */
public record Told(
    String topic,
    int partition,
    long offset,
    String key,
    String id,
    String source,
    long sequence,
    Instant written,
    Map<String, Object> fields) {
  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final TypeReference<Map<String, Object>> OBJECT = new TypeReference<>() {};

  public static Told of(ConsumerRecord<String, String> record) {
    try {
      return new Told(
          record.topic(),
          record.partition(),
          record.offset(),
          record.key(),
          header(record, "ce_id"),
          header(record, "ce_source"),
          Long.parseLong(header(record, "ce_sequence")),
          Instant.ofEpochMilli(record.timestamp()),
          record.value() == null ? Map.of() : JSON.readValue(record.value(), OBJECT));
    } catch (IOException notJson) {
      throw new UncheckedIOException(notJson);
    }
  }

  public @Nullable String text(String field) {
    var value = fields.get(field);
    return value == null ? null : value.toString();
  }

  private static String header(ConsumerRecord<String, String> record, String name) {
    var header = record.headers().lastHeader(name);
    if (header == null) {
      throw new AssertionError(
          "no "
              + name
              + " on "
              + record.topic()
              + "-"
              + record.partition()
              + "@"
              + record.offset());
    }
    return new String(header.value(), StandardCharsets.UTF_8);
  }
}
