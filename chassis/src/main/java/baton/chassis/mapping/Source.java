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
 * asks a table of the mapping's. {@code | find /fields /id /title} is the title in the element's
 * fields that has this id; {@code | with /receivedAt} wants that to be there, too; {@code | since
 * /sentAt /^/sentAt} sets a time of the sender's clock right by when it says, first of these, that
 * it sent it. {@code /^/sentAt} stands around the elements. The first of a list is meant where a
 * list stands; a text of blanks, or that means no value, is none.
 */
final class Source {
  private static final Pattern STEP = Pattern.compile("\\s*\\|\\s*");
  private static final String PARAMETER = "parameter ";
  private static final String DATE = "date ";
  private static final String LOOKUP = "lookup ";
  private static final String FIND = "find ";
  private static final String SINCE = "since ";
  private static final String WITH = "with ";
  private static final String PAIR = "/@/";
  private static final String AROUND = "/^/";

  /** What a mapping says of words: those that mean nothing, and those that mean another. */
  record Words(Set<String> nulls, Map<String, Map<String, String>> lookups) {}

  /**
   * Something done to a value.
   *
   * @param always whether a value that it can't be done to is wrong, rather than another's
   */
  private record Step(String word, boolean always, Doing doing) {}

  private interface Doing {
    @Nullable JsonNode take(JsonNode value, Scope scope);
  }

  private enum From {
    HERE,
    PAIR,
    AROUND
  }

  private final String text;
  private final JsonPointer pointer;
  private final From from;
  private final List<Step> steps;
  private final Set<String> nulls;

  private Source(String text, JsonPointer pointer, From from, List<Step> steps, Set<String> nulls) {
    this.text = text;
    this.pointer = pointer;
    this.from = from;
    this.steps = steps;
    this.nulls = nulls;
  }

  /** Throws an IllegalArgumentException that says what is wrong with it. */
  static Source of(String text, Words words) {
    var parts = STEP.split(text.strip());
    var path = parts[0];
    var from =
        path.startsWith(PAIR) ? From.PAIR : path.startsWith(AROUND) ? From.AROUND : From.HERE;
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
        JsonPointer.compile(from == From.HERE ? path : path.substring(PAIR.length() - 1)),
        from,
        List.copyOf(steps),
        words.nulls());
  }

  private static Step step(String word, Words words) {
    if (word.startsWith(PARAMETER)) {
      var name = word.substring(PARAMETER.length()).strip();
      return new Step(word, false, (value, _) -> Transform.parameter(value, name));
    }
    if (word.startsWith(FIND)) {
      return find(word);
    }
    if (word.startsWith(SINCE)) {
      var sent =
          Arrays.stream(word.substring(SINCE.length()).strip().split("\\s+"))
              .map(place -> of(place, words))
              .toList();
      return new Step(word, false, (value, scope) -> since(value, sent, scope));
    }
    if (word.startsWith(WITH)) {
      var other = of(word.substring(WITH.length()), words);
      return new Step(word, false, (value, scope) -> other.ofElement(scope) == null ? null : value);
    }
    if (word.startsWith(DATE)) {
      var form = DateForm.of(word.substring(DATE.length()));
      return new Step(word, true, (value, _) -> Transform.date(value, form));
    }
    if (word.startsWith(LOOKUP)) {
      var table = words.lookups().get(word.substring(LOOKUP.length()).strip());
      if (table == null) {
        throw new IllegalArgumentException("\"" + word + "\" names none of the lookups");
      }
      return new Step(
          word,
          true,
          (value, _) -> {
            var found = table.get(value.asText().strip());
            return found == null ? value : TextNode.valueOf(found);
          });
    }
    return Transform.named(word)
        .map(transform -> new Step(word, true, (value, _) -> transform.of(value)))
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "\"" + word + "\" is nothing that can be done; known are " + known()));
  }

  private static @Nullable JsonNode since(JsonNode value, List<Source> sent, Scope scope) {
    var receivedAt = scope.receivedAt();
    for (var place : sent) {
      var left = place.ofElement(scope);
      if (left != null && receivedAt != null) {
        return Transform.since(value, left, receivedAt);
      }
    }
    return null;
  }

  private static Step find(String word) {
    var places = word.substring(FIND.length()).strip().split("\\s+", -1);
    if (places.length != 3) {
      throw new IllegalArgumentException(
          "\"" + word + "\" must say where: find LIST KEY VALUE, as find /fields /id /title");
    }
    var list = JsonPointer.compile(places[0]);
    var key = JsonPointer.compile(places[1]);
    var wanted = JsonPointer.compile(places[2]);
    return new Step(
        word,
        false,
        (value, scope) -> {
          var item = scope.find(list, key, value.asText());
          return item == null || item.at(wanted).isMissingNode() ? null : item.at(wanted);
        });
  }

  private static String known() {
    return Stream.concat(
            Arrays.stream(Transform.values()).map(Transform::word),
            Stream.of(
                "parameter NAME",
                "date FORM",
                "date FORM in ZONE",
                "lookup NAME",
                "find LIST KEY VALUE",
                "since SENT",
                "with OTHER"))
        .collect(Collectors.joining(", "));
  }

  /** The column of a table that it stands in. */
  String column() {
    return pointer.getMatchingProperty();
  }

  boolean isAmong(Collection<String> columns) {
    return from == From.PAIR
        ? columns.stream().anyMatch(column()::equalsIgnoreCase)
        : columns.contains(column());
  }

  /**
   * The value, if there is one.
   *
   * @param used hears the pointer of what was read
   * @param unread hears why a value that is there isn't one
   */
  @Nullable JsonNode in(Scope scope, Consumer<String> used, Consumer<String> unread) {
    var value = there(scope, used);
    if (value == null) {
      return null;
    }
    value = one(value);
    if (!value.isValueNode() || value.isNull() || isNothing(value.asText())) {
      return null;
    }
    if (from == From.HERE) {
      used.accept(scope.where() + pointer);
    }
    for (var step : steps) {
      value = step.doing().take(value, scope);
      if (value == null) {
        if (step.always()) {
          unread.accept("what stands in " + pointer + " can't be read as " + step.word());
        }
        return null;
      }
    }
    value = one(value);
    return !value.isValueNode() || value.isNull() || value.asText().isBlank() ? null : value;
  }

  /** The same outside of the element's lists. */
  private @Nullable JsonNode ofElement(Scope scope) {
    return in(scope.item(scope.element(), JsonPointer.empty()), _ -> {}, _ -> {});
  }

  /** Whether there is a text of blanks: a box that nobody ticked. */
  boolean isBlank(Scope scope) {
    var value = there(scope, _ -> {});
    return value != null && value.isTextual() && value.asText().isBlank();
  }

  private @Nullable JsonNode there(Scope scope, Consumer<String> used) {
    return switch (from) {
      case HERE -> scope.here().at(pointer);
      case AROUND -> scope.around().at(pointer);
      case PAIR -> scope.pairs().named(column(), used);
    };
  }

  private static JsonNode one(JsonNode value) {
    return value.isArray() ? value.path(0) : value;
  }

  private boolean isNothing(String value) {
    return value.isBlank() || nulls.contains(value.strip());
  }

  @Override
  public String toString() {
    return text;
  }
}
