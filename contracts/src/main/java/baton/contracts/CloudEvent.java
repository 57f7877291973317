package baton.contracts;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The envelope of a record: CloudEvents 1.0 in Kafka's binary mode, where attributes are headers
 * and the value is the bare JSON (see the CloudEvents Kafka protocol binding 1.0.2, section 3.2). A
 * null {@code data} is a tombstone.
 *
 * @param id the same on every redelivery
 * @param sequence gapless per source and subject, from 1
 */
public record CloudEvent(
    UUID id,
    Topic topic,
    String source,
    Instant time,
    String subject,
    long sequence,
    @Nullable String traceparent,
    byte @Nullable [] data) {

  /** A record that is not one of Baton's events, and why. */
  public static final class Unreadable extends Exception {
    private static final long serialVersionUID = 1;

    public Unreadable(String why) {
      super(why);
    }
  }

  public Map<String, byte[]> headers() {
    var headers = new LinkedHashMap<String, byte[]>();
    put(headers, "ce_specversion", "1.0");
    put(headers, "ce_id", id.toString());
    put(headers, "ce_type", topic.type());
    put(headers, "ce_source", source);
    put(headers, "ce_time", Json.text(time));
    put(headers, "ce_subject", subject);
    put(headers, "ce_sequence", Long.toString(sequence));
    put(headers, "ce_dataschema", topic.dataSchema());
    put(headers, "content-type", "application/json");
    if (traceparent != null) {
      put(headers, "traceparent", traceparent);
    }
    return headers;
  }

  /**
   * Reads a record back.
   *
   * @param header a header's last value by its name, or null
   */
  public static CloudEvent read(
      String topicName, Function<String, byte @Nullable []> header, byte @Nullable [] value)
      throws Unreadable {
    var topic =
        Topic.named(topicName)
            .orElseThrow(() -> new Unreadable("topic " + topicName + " is not one of Baton's"));
    var version = required(header, "ce_specversion");
    if (!version.equals("1.0")) {
      throw new Unreadable("specversion " + version + " is not 1.0");
    }
    var type = required(header, "ce_type");
    if (!type.equals(topic.type())) {
      throw new Unreadable("type " + type + " does not belong on topic " + topicName);
    }
    try {
      return new CloudEvent(
          UUID.fromString(required(header, "ce_id")),
          topic,
          required(header, "ce_source"),
          Instant.parse(required(header, "ce_time")),
          required(header, "ce_subject"),
          Long.parseLong(required(header, "ce_sequence")),
          text(header, "traceparent"),
          value);
    } catch (IllegalArgumentException | DateTimeParseException bad) {
      throw new Unreadable("a CloudEvents header is malformed: " + bad.getClass().getSimpleName());
    }
  }

  /** The fact inside. */
  public Event event() throws Unreadable {
    if (data == null) {
      throw new Unreadable("a tombstone on " + topic.topicName() + " carries no event");
    }
    try {
      var event = Json.mapper().readValue(data, topic.event());
      if (event == null) {
        throw new Unreadable("the value is not a " + topic.type() + ": null");
      }
      return event;
    } catch (java.io.IOException bad) {
      throw new Unreadable(
          "the value is not a " + topic.type() + ": " + bad.getClass().getSimpleName());
    }
  }

  private static void put(Map<String, byte[]> headers, String name, String value) {
    headers.put(name, value.getBytes(StandardCharsets.UTF_8));
  }

  private static String required(Function<String, byte @Nullable []> header, String name)
      throws Unreadable {
    var value = text(header, name);
    if (value == null) {
      throw new Unreadable("header " + name + " is missing");
    }
    return value;
  }

  private static @Nullable String text(Function<String, byte @Nullable []> header, String name) {
    var value = header.apply(name);
    return value == null ? null : new String(value, StandardCharsets.UTF_8);
  }
}
