package baton.contracts;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.AnnotationIntrospector;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.introspect.JacksonAnnotationIntrospector;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.databind.ser.std.StdSerializer;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * How events read as JSON: camelCase, instants in UTC with three decimals, absent rather than null
 * or empty. Readers ignore fields they don't know, so that a later version may add some, and refuse
 * an event that lacks what it must have.
 */
public final class Json {
  private static final JsonMapper MAPPER =
      JsonMapper.builder()
          .addModule(new JavaTimeModule())
          .addModule(new SimpleModule("baton").addSerializer(Instant.class, new InMillis()))
          .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS)
          .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
          .disable(DeserializationFeature.ADJUST_DATES_TO_CONTEXT_TIME_ZONE)
          .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
          .enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION)
          .enable(JsonGenerator.Feature.WRITE_BIGDECIMAL_AS_PLAIN)
          .annotationIntrospector(
              AnnotationIntrospector.pair(new Whole(), new JacksonAnnotationIntrospector()))
          .defaultPropertyInclusion(
              JsonInclude.Value.construct(
                  JsonInclude.Include.NON_EMPTY, JsonInclude.Include.NON_NULL))
          .build();

  private Json() {}

  /** The shared mapper; treat it as immutable. */
  public static JsonMapper mapper() {
    return MAPPER;
  }

  /** An event's value on Kafka. */
  public static byte[] bytes(Object value) {
    try {
      return MAPPER.writeValueAsBytes(value);
    } catch (JsonProcessingException unwritable) {
      throw new UncheckedIOException(unwritable);
    }
  }

  /** Values by name as one text, the same for the same values; null where there are none. */
  public static @Nullable String object(Map<String, JsonNode> values) {
    return values.isEmpty()
        ? null
        : new String(bytes(new TreeMap<>(values)), StandardCharsets.UTF_8);
  }

  /** What {@link #object} wrote. */
  public static Map<String, JsonNode> values(String object) {
    try {
      var values = new LinkedHashMap<String, JsonNode>();
      MAPPER
          .readTree(object)
          .properties()
          .forEach(value -> values.put(value.getKey(), value.getValue()));
      return values;
    } catch (JsonProcessingException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }

  /** An instant as every event and answer writes it. */
  public static String text(Instant instant) {
    var at = LocalDateTime.ofInstant(instant, ZoneOffset.UTC);
    var text = new StringBuilder(24).append(at.toLocalDate()).append('T');
    digits(text, at.getHour(), 10).append(':');
    digits(text, at.getMinute(), 10).append(':');
    digits(text, at.getSecond(), 10).append('.');
    return digits(text, at.getNano() / 1_000_000, 100).append('Z').toString();
  }

  private static StringBuilder digits(StringBuilder text, int number, int highest) {
    for (var place = highest; place > 0; place /= 10) {
      text.append((char) ('0' + number / place % 10));
    }
    return text;
  }

  private static final class InMillis extends StdSerializer<Instant> {
    private static final long serialVersionUID = 1;

    InMillis() {
      super(Instant.class);
    }

    @Override
    public void serialize(Instant value, JsonGenerator json, SerializerProvider provider)
        throws IOException {
      json.writeString(text(value));
    }
  }
}
