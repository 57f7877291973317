package baton.charter.change;

import baton.charter.Agreement;
import baton.charter.Phrase;
import baton.charter.Pointer;
import baton.charter.time.Window;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.BooleanNode;
import com.fasterxml.jackson.databind.node.IntNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.TextNode;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Compares what two charters mean. The order of keys, another way to write the same duration or
 * amount, and a default that is spelled out are no change; the order in which rules are asked is
 * one.
 */
public final class Changes {
  private static final Map<String, JsonNode> DEFAULTS =
      Map.of(
          "business", BooleanNode.FALSE,
          "keepCompanyOwner", BooleanNode.TRUE,
          "catchUpCap", IntNode.valueOf(3),
          "fiscalYearStart", IntNode.valueOf(1),
          "mode", TextNode.valueOf("assign"),
          "calendar", TextNode.valueOf("default"),
          "minimum", IntNode.valueOf(1));

  /** Keys by which the elements of a list are known, in this order. */
  private static final List<String> NAMES = List.of("id", "tier", "stage");

  /** Lists in which the first match wins, or steps follow each other. */
  private static final Set<String> ORDERED = Set.of("tiers", "personas", "rules");

  private static final Set<String> DURATIONS =
      Set.of("within", "after", "to", "ahead", "due", "every", "halfLife");

  private static final Map<String, String> SPOKEN =
      Map.ofEntries(
          Map.entry("within", "the limit"),
          Map.entry("when", "the rule"),
          Map.entry("of", "the rule"),
          Map.entry("instantly", "the rule that skips the score"),
          Map.entry("warnAt", "the share of the time after which it warns"),
          Map.entry("atLeast", "the least"),
          Map.entry("atMost", "the most"),
          Map.entry("halfLife", "the half-life"),
          Map.entry("ifDailyMqlsOver", "the daily MQLs above which it relaxes"),
          Map.entry("onDays", "the days to spread attempts over"),
          Map.entry("ahead", "the notice"),
          Map.entry("every", "how often"),
          Map.entry("effectiveFrom", "when it comes into force"),
          Map.entry("keepCompanyOwner", "keeping the company's owner"),
          Map.entry("catchUpCap", "the turns a seller may catch up in a day"),
          Map.entry("reportingCurrency", "the reporting currency"),
          Map.entry("fiscalYearStart", "the month in which the fiscal year starts"));

  private final List<Change> changes = new ArrayList<>();

  private Changes() {}

  public static List<Change> between(Agreement before, Agreement after) {
    var changes = new Changes();
    changes.objects(before.document(), after.document(), "", "", "");
    return List.copyOf(changes.changes);
  }

  private void say(String pointer, String about, String sentence) {
    var whole = about.isEmpty() ? sentence : about + ": " + sentence;
    changes.add(
        new Change(pointer, Character.toUpperCase(whole.charAt(0)) + whole.substring(1) + "."));
  }

  private void objects(
      JsonNode before, JsonNode after, String pointerBefore, String pointer, String about) {
    var keys = new LinkedHashSet<String>();
    after.fieldNames().forEachRemaining(keys::add);
    before.fieldNames().forEachRemaining(keys::add);
    for (var key : keys) {
      if (key.equals("business")
          && (before.has("within") || before.has("ahead") || before.has("due"))) {
        continue;
      }
      boolean businessThen = before.path("business").booleanValue();
      boolean businessNow = after.path("business").booleanValue();
      values(
          key,
          meant(before.get(key), key),
          meant(after.get(key), key),
          Pointer.of(pointerBefore, key),
          Pointer.of(pointer, key),
          about,
          businessThen,
          businessNow);
    }
  }

  /** An absent key means its default; an empty list or object says nothing. */
  private static @Nullable JsonNode meant(@Nullable JsonNode value, String key) {
    if (value == null || value.isContainerNode() && value.isEmpty()) {
      return DEFAULTS.get(key);
    }
    return value;
  }

  private void values(
      String key,
      @Nullable JsonNode before,
      @Nullable JsonNode after,
      String pointerBefore,
      String pointer,
      String about,
      boolean businessThen,
      boolean businessNow) {
    if (before == null && after == null) {
      return;
    }
    if (before == null || after == null) {
      if (before != null && before.isArray() || after != null && after.isArray()) {
        lists(key, orEmpty(before), orEmpty(after), pointerBefore, pointer, about);
      } else if (after != null) {
        say(pointer, about, name(key) + " is new: " + spoken(key, after, businessNow));
      } else if (before != null) {
        say(
            pointerBefore,
            about,
            name(key) + " is gone, it was " + spoken(key, before, businessThen));
      }
    } else if (before.isObject() && after.isObject()) {
      objects(before, after, pointerBefore, pointer, about(about, key));
    } else if (before.isArray() && after.isArray()) {
      lists(key, before, after, pointerBefore, pointer, about);
    } else if (!same(key, before, after, businessThen, businessNow)) {
      say(pointer, about, difference(key, before, after, businessThen, businessNow));
    }
  }

  private static JsonNode orEmpty(@Nullable JsonNode list) {
    return list == null ? JsonNodeFactory.instance.arrayNode() : list;
  }

  private String difference(
      String key, JsonNode before, JsonNode after, boolean businessThen, boolean businessNow) {
    var verb = "changed";
    if (before.isNumber() && after.isNumber()) {
      verb = before.decimalValue().compareTo(after.decimalValue()) < 0 ? "rose" : "fell";
    }
    return name(key)
        + " "
        + verb
        + " from "
        + spoken(key, before, businessThen)
        + " to "
        + spoken(key, after, businessNow);
  }

  private static boolean same(
      String key, JsonNode before, JsonNode after, boolean businessThen, boolean businessNow) {
    if (before.equals(after)) {
      return !DURATIONS.contains(key) || businessThen == businessNow;
    }
    if (DURATIONS.contains(key) && window(before, businessThen) instanceof Window then) {
      return then.equals(window(after, businessNow));
    }
    if (key.equals("effectiveFrom")) {
      return OffsetDateTime.parse(before.textValue())
          .isEqual(OffsetDateTime.parse(after.textValue()));
    }
    var then = number(before);
    var now = number(after);
    return then != null && now != null && then.compareTo(now) == 0;
  }

  private static @Nullable BigDecimal number(JsonNode value) {
    if (value.isNumber()) {
      return value.decimalValue();
    }
    return value.isTextual() && value.textValue().matches("-?\\d{1,15}(\\.\\d{1,12})?")
        ? new BigDecimal(value.textValue())
        : null;
  }

  /** Null where the text is no duration: {@code to} and {@code every} are dates and words too. */
  private static @Nullable Window window(JsonNode value, boolean business) {
    if (!value.isTextual() || !value.textValue().startsWith("P")) {
      return null;
    }
    var read = Window.of(value.textValue(), business);
    var time = read.time();
    return business || time.toDays() == 0
        ? read
        : new Window(
            read.days().plusDays(time.toDays()),
            Duration.ofMillis(time.toMillis() % 86_400_000),
            false);
  }

  // ---- lists

  private void lists(
      String key,
      JsonNode before,
      JsonNode after,
      String pointerBefore,
      String pointer,
      String about) {
    var nameKey = nameKey(before, after);
    if (nameKey == null) {
      elements(key, before, after, pointer, about);
      return;
    }
    var then = byName(before, nameKey);
    var now = byName(after, nameKey);
    for (var entry : now.entrySet()) {
      int place = entry.getValue();
      var element = after.get(place);
      Integer earlier = then.get(entry.getKey());
      var who = about(about, kind(key) + " " + entry.getKey());
      if (earlier == null) {
        say(pointer + "/" + place, who, "is new" + summary(element));
      } else {
        objects(
            before.get(earlier),
            element,
            pointerBefore + "/" + earlier,
            pointer + "/" + place,
            who);
      }
    }
    for (var entry : then.entrySet()) {
      if (!now.containsKey(entry.getKey())) {
        say(
            pointerBefore + "/" + entry.getValue(),
            about(about, kind(key) + " " + entry.getKey()),
            "is gone");
      }
    }
    if (ORDERED.contains(key)) {
      moved(key, then, now, pointer, about);
    }
  }

  /** Of those that are in both, whoever is asked earlier than before. */
  private void moved(
      String key,
      Map<String, Integer> then,
      Map<String, Integer> now,
      String pointer,
      String about) {
    var kept = new ArrayList<>(then.keySet());
    kept.retainAll(now.keySet());
    var ordered = new ArrayList<>(now.keySet());
    ordered.retainAll(then.keySet());
    for (int i = 0; i < ordered.size(); i++) {
      var name = ordered.get(i);
      var passed =
          kept.subList(0, kept.indexOf(name)).stream()
              .filter(other -> ordered.indexOf(other) > ordered.indexOf(name))
              .toList();
      if (!passed.isEmpty()) {
        say(
            pointer + "/" + now.get(name),
            about(about, kind(key) + " " + name),
            "moved up and is asked before " + Phrase.list(passed, "and"));
      }
    }
  }

  private void elements(String key, JsonNode before, JsonNode after, String pointer, String about) {
    var then = new LinkedHashSet<String>();
    before.forEach(element -> then.add(plain(element)));
    var now = new LinkedHashSet<String>();
    after.forEach(element -> now.add(plain(element)));
    var gained = now.stream().filter(element -> !then.contains(element)).toList();
    var lost = then.stream().filter(element -> !now.contains(element)).toList();
    if (!gained.isEmpty()) {
      say(pointer, about, name(key) + " now has " + Phrase.list(gained, "and"));
    }
    if (!lost.isEmpty()) {
      say(pointer, about, name(key) + " no longer has " + Phrase.list(lost, "and"));
    }
    if (gained.isEmpty() && lost.isEmpty() && key.equals("onBreach") && !before.equals(after)) {
      say(pointer, about, name(key) + " has its steps in another order");
    }
  }

  private static @Nullable String nameKey(JsonNode before, JsonNode after) {
    var some = after.isEmpty() ? before.path(0) : after.path(0);
    return NAMES.stream().filter(some::has).findFirst().orElse(null);
  }

  private static Map<String, Integer> byName(JsonNode list, String nameKey) {
    var places = new LinkedHashMap<String, Integer>();
    for (int i = 0; i < list.size(); i++) {
      places.put(list.get(i).path(nameKey).asText(), i);
    }
    return places;
  }

  // ---- words

  private static String about(String about, String more) {
    return about.isEmpty() ? more : about + ", " + more;
  }

  private static String kind(String list) {
    return switch (list) {
      case "personas" -> "persona";
      case "tiers" -> "tier";
      case "rules" -> "routing rule";
      case "sales" -> "clause of sales";
      case "marketing" -> "clause of marketing";
      case "fit", "engagement" -> "score rule";
      case "exclude" -> "exclusion";
      case "goals", "children" -> "goal";
      case "process" -> "task";
      case "stages" -> "stage";
      default -> list;
    };
  }

  private static String name(String key) {
    return SPOKEN.getOrDefault(key, key);
  }

  private static String spoken(String key, JsonNode value, boolean business) {
    if (DURATIONS.contains(key) && window(value, business) instanceof Window window) {
      return Phrase.of(window);
    }
    return plain(value);
  }

  private static String plain(JsonNode value) {
    return value.isContainerNode() ? value.toString() : value.asText();
  }

  private static String summary(JsonNode element) {
    var said = new ArrayList<String>();
    for (var key : List.of("owes", "within", "when", "points", "team", "metric", "target")) {
      if (element.has(key)) {
        said.add(
            key.equals("within")
                ? "within " + spoken(key, element.get(key), element.path("business").booleanValue())
                : key + " " + plain(element.get(key)));
      }
    }
    return said.isEmpty() ? "" : " (" + String.join(", ", said) + ")";
  }
}
