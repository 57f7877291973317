package baton.chassis.command;

import baton.chassis.problem.Faults;
import baton.chassis.problem.Problem;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BiConsumer;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;

/**
 * Reads a command's JSON into its record, strictly, and names everything that is wrong with it: a
 * typo is never silently dropped, and no value that was sent stands in an answer.
 */
@ApplicationScoped
public class CommandReader {
  private static final int MAX_DEPTH = 32;
  private static final int MAX_DIGITS = 40;
  private static final int MAX_TEXT = 10_000;
  private static final int MAX_NAME = 200;

  private static final JsonMapper MAPPER = mapper();

  private final ConcurrentHashMap<Class<?>, ObjectReader> readers = new ConcurrentHashMap<>();

  /** Throws a Problem: 400 when it isn't readable JSON, 422 with every bad field. */
  public <T> T read(byte[] body, Class<T> type) {
    return read(body, type, (command, faults) -> {});
  }

  /**
   * As {@link #read(byte[], Class)}, and with what {@code check} finds in one and the same answer.
   * A field or an element of a list that couldn't be read is null there.
   */
  public <T> T read(byte[] body, Class<T> type, BiConsumer<? super T, Faults> check) {
    var faults = new Faults();
    T command = parse(body, type, faults);
    if (command != null) {
      check.accept(command, faults);
    }
    faults.throwIfAny();
    return Objects.requireNonNull(command, "a fault says why there is no command");
  }

  /** Makes something of the command that was read; right only when neither step found a fault. */
  public <T, R> R make(
      byte[] body, Class<T> type, BiFunction<? super T, Faults, ? extends R> making) {
    var faults = new Faults();
    T command = parse(body, type, faults);
    R made = command == null ? null : making.apply(command, faults);
    faults.throwIfAny();
    return Objects.requireNonNull(made, "a fault says why there is nothing");
  }

  /** The same, but adds what is wrong to {@code faults}; null when the body can't be read. */
  public <T, R> @Nullable R make(
      byte[] body,
      Class<T> type,
      Faults faults,
      BiFunction<? super T, Faults, ? extends R> making) {
    T command = read(body, type, faults);
    return command == null ? null : making.apply(command, faults);
  }

  /** Adds what is wrong to {@code faults}; null when the body can't be read at all. */
  public <T> @Nullable T read(byte[] body, Class<T> type, Faults faults) {
    try {
      return parse(body, type, faults);
    } catch (Problem malformed) {
      faults.add("", String.valueOf(malformed.getMessage()));
      return null;
    }
  }

  private <T> @Nullable T parse(byte[] body, Class<T> type, Faults faults) {
    Bytes.check(body);
    var reader = readers.computeIfAbsent(type, MAPPER::readerFor);
    try (var json = MAPPER.createParser(body)) {
      if (json.nextToken() == null) {
        throw Problem.malformed("The body is empty; send a JSON object.");
      }
      T command =
          json.hasToken(JsonToken.START_OBJECT)
              ? bind(json, reader.withAttribute(FaultNotes.key(), faults), faults)
              : noObject(json, faults);
      if (json.nextToken() != null) {
        throw Problem.malformed("The body holds more than one JSON value.");
      }
      return command;
    } catch (IOException unreadable) {
      throw malformed(unreadable);
    }
  }

  private static <T> @Nullable T noObject(JsonParser json, Faults faults) throws IOException {
    faults.add("", "must be an object");
    json.skipChildren();
    return null;
  }

  private static <T> @Nullable T bind(JsonParser json, ObjectReader reader, Faults faults)
      throws IOException {
    try {
      return reader.readValue(json);
    } catch (JsonMappingException stopped) {
      if (!(stopped.getCause() instanceof JsonProcessingException unreadable)
          || unreadable instanceof JsonMappingException) {
        faults.add(pointer(stopped), FaultNotes.expectation(stopped));
        readOn(json);
        return null;
      }
      throw unreadable;
    }
  }

  /** What follows a fault must still be JSON. */
  private static void readOn(JsonParser json) throws IOException {
    while (!json.getParsingContext().inRoot()) {
      json.nextToken();
    }
  }

  private static String pointer(JsonMappingException stopped) {
    var pointer = JsonPointer.empty();
    for (var step : stopped.getPath()) {
      pointer =
          step.getFieldName() == null
              ? pointer.appendIndex(Math.max(0, step.getIndex()))
              : pointer.appendProperty(step.getFieldName());
    }
    return pointer.toString();
  }

  private static Problem malformed(IOException unreadable) {
    if (unreadable instanceof StreamConstraintsException) {
      return Problem.malformed(
          "The body goes beyond a limit: at most %d levels deep, %d digits in a number, %d characters in a text."
              .formatted(MAX_DEPTH, MAX_DIGITS, MAX_TEXT));
    }
    if (unreadable instanceof JsonProcessingException json && json.getLocation() != null) {
      var place =
          " at line %d, column %d."
              .formatted(json.getLocation().getLineNr(), json.getLocation().getColumnNr());
      return String.valueOf(json.getOriginalMessage()).startsWith("Duplicate field")
          ? Problem.malformed("The body names one field twice," + place)
          : Problem.malformed("The body is not JSON," + place);
    }
    return Problem.malformed("The body is not JSON in UTF-8.");
  }

  private static JsonMapper mapper() {
    var factory =
        JsonFactory.builder()
            .streamReadConstraints(
                StreamReadConstraints.builder()
                    .maxNestingDepth(MAX_DEPTH)
                    .maxNumberLength(MAX_DIGITS)
                    .maxStringLength(MAX_TEXT)
                    .maxNameLength(MAX_NAME)
                    .build())
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
            .build();
    return JsonMapper.builder(factory)
        .addModule(new JavaTimeModule())
        .addModule(Scalars.module())
        .addModule(new SimpleModule("shapes").setDeserializerModifier(new Shapes()))
        .addHandler(new FaultNotes())
        .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
        .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
        .disable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
        .build();
  }
}
