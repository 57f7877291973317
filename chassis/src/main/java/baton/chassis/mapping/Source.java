package baton.chassis.mapping;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Where a value stands and what is done to it, written {@code /payload/created_at | time}. {@code
 * /@/EMAIL} is the pair of that name; {@code | parameter utm_source} takes it out of an address,
 * {@code | date dd.MM.yyyy in Europe/Berlin} says how a date is written, {@code | lookup sources}
 * asks a table of the mapping's. The first of a list is meant where a list stands; a text of
 * blanks, or that means no value, is none.
 */
final class Source {
  private static final Pattern STEP = Pattern.compile("\\s*\\|\\s*");
  private static final String PARAMETER = "parameter ";
  private static final String DATE = "date ";
  private static final String LOOKUP = "lookup ";
  private static final String PAIR = "/@/";

  /** What a mapping says of words: those that mean nothing, and those that mean another. */
  record Words(Set<String> nulls, Map<String, Map<String, String>> lookups) {}

  /**
   * Something done to a value.
   *
   * @param always whether a value that it can't be done to is wrong, rather than another's
   */
  private record Step(String word, boolean always, Doing doing) {}

  private interface Doing {
    @Nullable JsonNode take(JsonNode value);
  }

  private final String text;
  private final JsonPointer pointer;
  private final boolean pair;
  private final List<Step> steps;
  private final Set<String> nulls;

  private Source(
      String text, JsonPointer pointer, boolean pair, List<Step> steps, Set<String> nulls) {
    this.text = text;
    this.pointer = pointer;
    this.pair = pair;
    this.steps = steps;
    this.nulls = nulls;
  }

  /** Throws an IllegalArgumentException that says what is wrong with it. */
  static Source of(String text, Words words) {
    var parts = STEP.split(text.strip());
    var path = parts[0];
    boolean pair = path.startsWith(PAIR);
    if (!path.startsWith("/")) {
      throw new IllegalArgumentException(
          "must begin with /, as a JSON Pointer into what the tool sends does");
    }
    var steps = new ArrayList<Step>();
    for (int i = 1; i < parts.length; i++) {
      steps.add(step(parts[i], words));
    }
    return new Source(
        text,
        JsonPointer.compile(pair ? path.substring(PAIR.length() - 1) : path),
        pair,
        List.copyOf(steps),
        words.nulls());
  }

  private static Step step(String word, Words words) {
    if (word.startsWith(PARAMETER)) {
      var name = word.substring(PARAMETER.length()).strip();
      return new Step(word, false, value -> Transform.parameter(value, name));
    }
    if (word.startsWith(DATE)) {
      var form = DateForm.of(word.substring(DATE.length()));
      return new Step(word, true, value -> Transform.date(value, form));
    }
    if (word.startsWith(LOOKUP)) {
      var table = words.lookups().get(word.substring(LOOKUP.length()).strip());
      if (table == null) {
        throw new IllegalArgumentException("\"" + word + "\" names none of the lookups");
      }
      return new Step(
          word,
          true,
          value -> {
            var found = table.get(value.asText().strip());
            return found == null ? value : TextNode.valueOf(found);
          });
    }
    return Transform.named(word)
        .map(transform -> new Step(word, true, transform::of))
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "\"" + word + "\" is nothing that can be done; known are " + known()));
  }

  private static String known() {
    return Stream.concat(
            Arrays.stream(Transform.values()).map(Transform::word),
            Stream.of("parameter NAME", "date FORM", "date FORM in ZONE", "lookup NAME"))
        .collect(Collectors.joining(", "));
  }

  /** The column of a table that it stands in. */
  String column() {
    return pointer.getMatchingProperty();
  }

  boolean isAmong(Collection<String> columns) {
    return pair
        ? columns.stream().anyMatch(column()::equalsIgnoreCase)
        : columns.contains(column());
  }

  /**
   * The value, if there is one.
   *
   * @param used hears the pointer of what was read
   * @param unread hears why a value that is there isn't one
   */
  @Nullable JsonNode in(
      JsonNode element, Pairs.Found pairs, Consumer<String> used, Consumer<String> unread) {
    var value = pair ? pairs.named(column(), used) : element.at(pointer);
    if (value == null) {
      return null;
    }
    if (value.isArray()) {
      value = value.path(0);
    }
    if (!value.isValueNode() || value.isNull() || isNothing(value.asText())) {
      return null;
    }
    if (!pair) {
      used.accept(pointer.toString());
    }
    for (var step : steps) {
      value = step.doing().take(value);
      if (value == null) {
        if (step.always()) {
          unread.accept("what stands in " + pointer + " can't be read as " + step.word());
        }
        return null;
      }
    }
    return value;
  }

  private boolean isNothing(String value) {
    return value.isBlank() || nulls.contains(value.strip());
  }

  @Override
  public String toString() {
    return text;
  }
}
