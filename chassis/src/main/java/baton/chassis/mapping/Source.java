package baton.chassis.mapping;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Where a value stands and what is done to it, written {@code /payload/created_at | time}. {@code
 * /@/EMAIL} is the pair of that name; {@code | parameter utm_source} takes it out of an address.
 * The first of a list is meant where a list stands; a text of blanks is none.
 */
final class Source {
  private static final Pattern STEP = Pattern.compile("\\s*\\|\\s*");
  private static final String PARAMETER = "parameter ";
  private static final String PAIR = "/@/";

  private interface Step {
    @Nullable JsonNode take(JsonNode value);
  }

  private final String text;
  private final JsonPointer pointer;
  private final boolean pair;
  private final List<Step> steps;

  private Source(String text, JsonPointer pointer, boolean pair, List<Step> steps) {
    this.text = text;
    this.pointer = pointer;
    this.pair = pair;
    this.steps = steps;
  }

  /** Throws an IllegalArgumentException that says what is wrong with it. */
  static Source of(String text) {
    var parts = STEP.split(text.strip());
    var path = parts[0];
    boolean pair = path.startsWith(PAIR);
    if (!path.startsWith("/")) {
      throw new IllegalArgumentException(
          "must begin with /, as a JSON Pointer into what the tool sends does");
    }
    var steps = new ArrayList<Step>();
    for (int i = 1; i < parts.length; i++) {
      steps.add(step(parts[i]));
    }
    return new Source(
        text,
        JsonPointer.compile(pair ? path.substring(PAIR.length() - 1) : path),
        pair,
        List.copyOf(steps));
  }

  private static Step step(String word) {
    if (word.startsWith(PARAMETER)) {
      var name = word.substring(PARAMETER.length()).strip();
      return value -> Transform.parameter(value, name);
    }
    return Transform.named(word)
        .<Step>map(transform -> transform::of)
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "\""
                        + word
                        + "\" is nothing that can be done; known are seconds, millis, time, utc,"
                        + " country, yes, host and parameter NAME"));
  }

  /**
   * The value, if there is one.
   *
   * @param used hears the pointer of what was read
   */
  @Nullable JsonNode in(JsonNode element, Pairs.Found pairs, Consumer<String> used) {
    var value = pair ? pairs.named(pointer.getMatchingProperty(), used) : element.at(pointer);
    if (value == null) {
      return null;
    }
    if (value.isArray()) {
      value = value.path(0);
    }
    if (!value.isValueNode() || value.isNull() || value.asText().isBlank()) {
      return null;
    }
    if (!pair) {
      used.accept(pointer.toString());
    }
    for (var step : steps) {
      value = step.take(value);
      if (value == null) {
        return null;
      }
    }
    return value;
  }

  @Override
  public String toString() {
    return text;
  }
}
