package baton.chassis.mapping;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A list of names and values, as {@code [{"name": "email", "values": ["…"]}]}, or an object whose
 * keys somebody typed. Names are told apart without case.
 *
 * @param at where the list stands
 * @param names where in an element its names stand; empty where keys are the names
 * @param values where in an element its value may stand; the first that is there
 */
record Pairs(JsonPointer at, List<Source> names, List<JsonPointer> values) {

  static final Found NONE = new Found(Map.of());

  private record Pair(String pointer, JsonNode value) {}

  /** The pairs of one element. */
  static final class Found {
    private final Map<String, Pair> pairs;

    private Found(Map<String, Pair> pairs) {
      this.pairs = pairs;
    }

    @Nullable JsonNode named(String name, Consumer<String> used) {
      var pair = pairs.get(name.toLowerCase(Locale.ROOT));
      if (pair == null) {
        return null;
      }
      used.accept(pair.pointer());
      return pair.value();
    }
  }

  Found in(Scope scope) {
    var found = new HashMap<String, Pair>();
    var list = scope.element().at(at);
    if (list.isObject()) {
      list.properties()
          .forEach(
              entry ->
                  found.putIfAbsent(
                      entry.getKey().toLowerCase(Locale.ROOT),
                      new Pair(at.appendProperty(entry.getKey()).toString(), entry.getValue())));
    }
    for (int i = 0; list.isArray() && i < list.size(); i++) {
      var one = list.get(i);
      for (var value : values) {
        if (!one.at(value).isMissingNode()) {
          var pair = new Pair(at.appendIndex(i).append(value).toString(), one.at(value));
          var item = scope.item(one, at.appendIndex(i));
          for (var source : names) {
            var name = source.in(item, _ -> {}, _ -> {});
            if (name != null) {
              found.putIfAbsent(name.asText().toLowerCase(Locale.ROOT), pair);
            }
          }
          break;
        }
      }
    }
    return new Found(found);
  }
}
