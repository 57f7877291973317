package baton.charter;

import baton.charter.expression.Nearest;
import baton.charter.time.Window;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Currency;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Function;
import java.util.function.IntFunction;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * One object of a charter while it is read. The keys it is asked for are the keys it may have; what
 * else stands in it is a fault when it ends. A value that is missing or wrong is a fault and a
 * stand-in takes its place, so that reading goes on; nothing made with a stand-in is ever handed
 * out.
 */
final class Section {
  private static final Pattern WORD = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,63}");
  private static final int LONGEST_TEXT = 2_000;

  private final Faults faults;
  private final String pointer;
  private final ObjectNode node;
  private final boolean there;
  private final Set<String> known = new LinkedHashSet<>();

  private Section(Faults faults, String pointer, ObjectNode node, boolean there) {
    this.faults = faults;
    this.pointer = pointer;
    this.node = node;
    this.there = there;
  }

  static Section of(Faults faults, String pointer, JsonNode value) {
    if (value instanceof ObjectNode object) {
      return new Section(faults, pointer, object, true);
    }
    faults.add(pointer, "must be keys with values, but is " + kind(value));
    return absent(faults, pointer);
  }

  private static Section absent(Faults faults, String pointer) {
    return new Section(faults, pointer, JsonNodeFactory.instance.objectNode(), false);
  }

  String pointer() {
    return pointer;
  }

  String at(String key) {
    return Pointer.of(pointer, key);
  }

  /** Whether there is an object at all; where there is none, what it lacks is no further fault. */
  boolean there() {
    return there;
  }

  void fault(String key, String detail) {
    faults.add(at(key), detail);
  }

  void fault(String detail) {
    faults.add(pointer, detail);
  }

  boolean has(String key) {
    return node.has(key);
  }

  Collection<String> keys() {
    var keys = new ArrayList<String>();
    node.fieldNames().forEachRemaining(keys::add);
    return keys;
  }

  boolean hasList(String key) {
    return node.path(key).isArray();
  }

  /** Marks a key as one that may stand here. */
  void allow(String key) {
    known.add(key);
  }

  /** Says which keys don't belong here, and which was meant. */
  void end() {
    for (var key : keys()) {
      if (!known.contains(key)) {
        var near = Nearest.hint(key, known);
        fault(
            key,
            "isn't a key here"
                + (near.isEmpty() ? "; known are " + String.join(", ", known) : near));
      }
    }
  }

  // ---- values

  private @Nullable JsonNode value(String key) {
    known.add(key);
    var value = node.get(key);
    if (value == null) {
      return null;
    }
    if (value.isNull()) {
      fault(key, "is empty; give it a value or leave it out");
      return null;
    }
    return value;
  }

  private @Nullable JsonNode required(String key) {
    var value = value(key);
    if (value == null && !node.has(key) && there) {
      fault(key, "is required");
    }
    return value;
  }

  String text(String key) {
    return required(key) instanceof JsonNode value ? text(key, value) : "";
  }

  @Nullable String optionalText(String key) {
    return value(key) instanceof JsonNode value ? text(key, value) : null;
  }

  private String text(String key, JsonNode value) {
    return textOf(value, at(key));
  }

  String textOf(JsonNode value, String where) {
    if (!value.isTextual()) {
      faults.add(
          where, "must be text, but is " + kind(value) + (value.isNumber() ? "; quote it" : ""));
      return "";
    }
    var text = value.textValue();
    if (text.isBlank()) {
      faults.add(where, "is blank");
    } else if (text.length() > LONGEST_TEXT) {
      faults.add(where, "is longer than " + LONGEST_TEXT + " characters");
    }
    return text;
  }

  /** An id, a code, a team: something that other places refer to. */
  String word(String key) {
    return required(key) instanceof JsonNode value ? wordOf(value, at(key)) : "";
  }

  @Nullable String optionalWord(String key) {
    return value(key) instanceof JsonNode value ? wordOf(value, at(key)) : null;
  }

  String wordOf(JsonNode value, String where) {
    var text = textOf(value, where);
    if (!text.isBlank() && !WORD.matcher(text).matches()) {
      faults.add(
          where,
          "must be a word of up to 64 letters, digits, dots and hyphens, such as it-director");
      return "";
    }
    return text;
  }

  /** One of a few words. */
  @Nullable String choice(String key, Collection<String> choices) {
    return required(key) instanceof JsonNode value ? choiceOf(value, at(key), choices) : null;
  }

  @Nullable String optionalChoice(String key, Collection<String> choices) {
    return value(key) instanceof JsonNode value ? choiceOf(value, at(key), choices) : null;
  }

  @Nullable String choiceOf(JsonNode value, String where, Collection<String> choices) {
    var text = textOf(value, where);
    if (text.isBlank() || choices.contains(text)) {
      return text.isBlank() ? null : text;
    }
    faults.add(
        where,
        "\""
            + text
            + "\" isn't known; known are "
            + String.join(", ", choices)
            + Nearest.hint(text, choices));
    return null;
  }

  <E extends Enum<E>> E constant(String key, Class<E> type, E standIn) {
    return required(key) instanceof JsonNode value
        ? constantOf(value, at(key), type, standIn)
        : standIn;
  }

  <E extends Enum<E>> E optionalConstant(String key, Class<E> type, E otherwise) {
    return value(key) instanceof JsonNode value
        ? constantOf(value, at(key), type, otherwise)
        : otherwise;
  }

  <E extends Enum<E>> E constantOf(JsonNode value, String where, Class<E> type, E standIn) {
    var words = new ArrayList<String>();
    for (var constant : type.getEnumConstants()) {
      words.add(word(constant));
    }
    return choiceOf(value, where, words) instanceof String chosen
        ? Enum.valueOf(type, chosen.toUpperCase(Locale.ROOT).replace('-', '_'))
        : standIn;
  }

  private static String word(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  boolean flag(String key, boolean otherwise) {
    var value = value(key);
    if (value == null) {
      return otherwise;
    }
    if (!value.isBoolean()) {
      fault(key, "must be true or false, but is " + kind(value));
      return otherwise;
    }
    return value.booleanValue();
  }

  int whole(String key, int least, int most) {
    return required(key) instanceof JsonNode value ? whole(key, value, least, most) : least;
  }

  int whole(String key, int least, int most, int otherwise) {
    return value(key) instanceof JsonNode value ? whole(key, value, least, most) : otherwise;
  }

  private int whole(String key, JsonNode value, int least, int most) {
    if (!value.isIntegralNumber()) {
      fault(key, "must be a whole number, but is " + kind(value));
      return least;
    }
    if (value.longValue() < least || value.longValue() > most) {
      fault(key, "must be from " + least + " to " + most);
      return least;
    }
    return value.intValue();
  }

  BigDecimal decimal(String key, String least, String most) {
    return required(key) instanceof JsonNode value
        ? decimalOf(value, at(key), least, most)
        : BigDecimal.ONE;
  }

  @Nullable BigDecimal optionalDecimal(String key, String least, String most) {
    return value(key) instanceof JsonNode value ? decimalOf(value, at(key), least, most) : null;
  }

  private BigDecimal decimalOf(JsonNode value, String where, String least, String most) {
    if (!value.isNumber()) {
      faults.add(where, "must be a number, but is " + kind(value));
      return BigDecimal.ONE;
    }
    return within(value.decimalValue(), where, least, most);
  }

  /** An amount: a decimal string, so that no reader rounds it, or a number. */
  BigDecimal amountOf(JsonNode value, String where, String least, String most) {
    if (value.isTextual() && value.textValue().matches("-?\\d{1,15}(\\.\\d{1,12})?")) {
      return within(new BigDecimal(value.textValue()), where, least, most);
    }
    if (value.isNumber()) {
      return within(value.decimalValue(), where, least, most);
    }
    faults.add(where, "must be a decimal number such as \"0.92\", but is " + kind(value));
    return BigDecimal.ONE;
  }

  BigDecimal amount(String key, String least, String most) {
    return required(key) instanceof JsonNode value
        ? amountOf(value, at(key), least, most)
        : BigDecimal.ONE;
  }

  private BigDecimal within(BigDecimal number, String where, String least, String most) {
    if (number.compareTo(new BigDecimal(least)) < 0 || number.compareTo(new BigDecimal(most)) > 0) {
      faults.add(where, "must be from " + least + " to " + most);
      return BigDecimal.ONE;
    }
    return number;
  }

  /** A share, more than none and at most all of it. */
  BigDecimal share(String key) {
    var share = decimal(key, "0", "1");
    if (share.signum() == 0) {
      fault(key, "must be more than 0");
    }
    return share;
  }

  /** How long, and not nothing. */
  Window window(String key, boolean business) {
    return required(key) instanceof JsonNode value ? windowOf(value, at(key), business) : NO_TIME;
  }

  @Nullable Window optionalWindow(String key, boolean business) {
    return value(key) instanceof JsonNode value ? windowOf(value, at(key), business) : null;
  }

  static final Window NO_TIME = Window.of("PT0S", false);

  private Window windowOf(JsonNode value, String where, boolean business) {
    var text = textOf(value, where);
    if (text.isBlank()) {
      return NO_TIME;
    }
    try {
      var window = Window.of(text, business);
      if (window.days().isZero() && window.time().isZero()) {
        faults.add(where, "must be longer than nothing");
      } else if (window.days().toTotalMonths() > 0) {
        faults.add(where, "is months or years long, which differ; say days, such as P30D");
      }
      return window;
    } catch (IllegalArgumentException refused) {
      faults.add(where, String.valueOf(refused.getMessage()));
      return NO_TIME;
    }
  }

  @Nullable LocalDate date(String key) {
    return value(key) instanceof JsonNode value ? dateOf(value, at(key)) : null;
  }

  @Nullable LocalDate dateOf(JsonNode value, String where) {
    var text = textOf(value, where);
    if (text.isBlank()) {
      return null;
    }
    try {
      var date = LocalDate.parse(text);
      if (date.getYear() < 2000 || date.getYear() > 2199) {
        faults.add(where, "must be from 2000-01-01 to 2199-12-31");
      }
      return date;
    } catch (DateTimeException _) {
      faults.add(where, "must be a date such as 2027-01-31, but is \"" + text + "\"");
      return null;
    }
  }

  @Nullable OffsetDateTime instant(String key) {
    var text = optionalText(key);
    if (text == null || text.isBlank()) {
      return null;
    }
    try {
      return OffsetDateTime.parse(text);
    } catch (DateTimeException _) {
      fault(key, "must be a time with its offset such as 2027-01-01T00:00:00+01:00");
      return null;
    }
  }

  @Nullable Currency currency(String key) {
    return value(key) instanceof JsonNode value
        ? currencyOf(textOf(value, at(key)), at(key))
        : null;
  }

  @Nullable Currency currencyOf(String code, String where) {
    if (code.isBlank()) {
      return null;
    }
    try {
      return Currency.getInstance(code);
    } catch (IllegalArgumentException _) {
      faults.add(where, "\"" + code + "\" isn't a currency of ISO 4217, such as EUR");
      return null;
    }
  }

  // ---- what stands below

  Section section(String key) {
    return required(key) instanceof JsonNode value
        ? of(faults, at(key), value)
        : absent(faults, at(key));
  }

  /** Empty where it isn't there, and then it lacks nothing. */
  Section optionalSection(String key) {
    return value(key) instanceof JsonNode value
        ? of(faults, at(key), value)
        : absent(faults, at(key));
  }

  <T> List<T> sections(String key, Function<Section, T> read) {
    return list(key, (value, where) -> read.apply(of(faults, where, value)));
  }

  /** Each element of a list, with its pointer; none where the key isn't there. */
  <T> List<T> list(String key, Element<T> read) {
    var list = new ArrayList<T>();
    var value = value(key);
    if (value == null) {
      return list;
    }
    if (!value.isArray()) {
      fault(key, "must be a list, but is " + kind(value));
      return list;
    }
    if (value.size() > 1_000) {
      fault(key, "has more than 1000 elements");
      return list;
    }
    for (int i = 0; i < value.size(); i++) {
      list.add(read.of(value.get(i), at(key) + "/" + i));
    }
    return list;
  }

  interface Element<T> {
    T of(JsonNode value, String pointer);
  }

  /** Words, each once. */
  List<String> words(String key) {
    return distinct(key, list(key, this::wordOf));
  }

  List<String> texts(String key) {
    return distinct(key, list(key, this::textOf));
  }

  /** Words out of a few, each once. */
  List<String> choices(String key, Collection<String> choices) {
    return distinct(
        key,
        list(
            key,
            (value, where) ->
                choiceOf(value, where, choices) instanceof String chosen ? chosen : ""));
  }

  List<String> distinct(String key, List<String> words) {
    unique(words, i -> at(key) + "/" + i);
    return words;
  }

  void unique(List<String> ids, IntFunction<String> where) {
    var seen = new LinkedHashSet<String>();
    for (int i = 0; i < ids.size(); i++) {
      if (!ids.get(i).isBlank() && !seen.add(ids.get(i))) {
        faults.add(where.apply(i), "\"" + ids.get(i) + "\" is there twice");
      }
    }
  }

  @Nullable JsonNode raw(String key) {
    return value(key);
  }

  static String kind(JsonNode value) {
    return switch (value.getNodeType()) {
      case ARRAY -> "a list";
      case OBJECT -> "keys with values";
      case NUMBER -> "the number " + value.asText();
      case BOOLEAN -> value.asText();
      case STRING -> "the text \"" + shortened(value.textValue()) + "\"";
      case NULL, MISSING -> "empty";
      case BINARY, POJO -> "something else";
    };
  }

  private static String shortened(String text) {
    return text.length() <= 40 ? text : text.substring(0, 40) + "…";
  }
}
