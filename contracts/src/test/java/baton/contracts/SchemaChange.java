package baton.contracts;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * What a change of a schema would break, for readers of old events or old readers of new ones. The
 * one change that breaks neither is another optional property; words for people don't count.
 */
final class SchemaChange {
  private static final Set<String> FOR_PEOPLE =
      Set.of("title", "description", "examples", "$comment");
  private static final Set<String> NAMED = Set.of("properties", "$defs");
  private static final Set<String> UNORDERED = Set.of("required", "enum", "type");

  private final List<String> breaks = new ArrayList<>();

  private SchemaChange() {}

  static List<String> breaking(JsonNode released, JsonNode changed) {
    var change = new SchemaChange();
    change.compare("", released, changed);
    return change.breaks;
  }

  private void compare(String at, JsonNode released, JsonNode changed) {
    if (!released.isObject() || !changed.isObject()) {
      if (!released.equals(changed)) {
        breaks.add(at + " changed");
      }
      return;
    }
    for (var keyword : keywords(released, changed)) {
      var here = at + "/" + keyword;
      if (NAMED.contains(keyword)) {
        named(here, released.path(keyword), changed.path(keyword));
      } else if (UNORDERED.contains(keyword)) {
        if (!words(released.path(keyword)).equals(words(changed.path(keyword)))) {
          breaks.add(here + " changed");
        }
      } else if (!released.has(keyword) || !changed.has(keyword)) {
        breaks.add(here + (released.has(keyword) ? " removed" : " added"));
      } else {
        compare(here, released.get(keyword), changed.get(keyword));
      }
    }
  }

  private void named(String at, JsonNode released, JsonNode changed) {
    released
        .propertyStream()
        .forEach(
            old -> {
              var here = at + "/" + old.getKey();
              if (changed.has(old.getKey())) {
                compare(here, old.getValue(), changed.get(old.getKey()));
              } else {
                breaks.add(here + " removed");
              }
            });
  }

  private static Set<String> keywords(JsonNode released, JsonNode changed) {
    var keywords = new TreeSet<String>();
    released.fieldNames().forEachRemaining(keywords::add);
    changed.fieldNames().forEachRemaining(keywords::add);
    keywords.removeAll(FOR_PEOPLE);
    return keywords;
  }

  private static Set<String> words(JsonNode list) {
    return list.isTextual()
        ? Set.of(list.asText())
        : list.valueStream().map(JsonNode::asText).collect(Collectors.toSet());
  }
}
