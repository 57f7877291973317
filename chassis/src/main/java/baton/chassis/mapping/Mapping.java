package baton.chassis.mapping;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A mapping that was read and holds together. */
public final class Mapping<F extends Form> {
  /** More elements than any tool sends in 1 MiB. */
  private static final int MOST_ELEMENTS = 20_000;

  private static final int MOST_UNMAPPED = 500;

  /** That a value is there; one of these, where there are any. */
  record Condition(Source source, Set<String> values) {
    private boolean holds(JsonNode element, Pairs.Found pairs) {
      var value = source.in(element, pairs, _ -> {});
      return value != null && (values.isEmpty() || values.contains(value.asText()));
    }
  }

  record Case<F extends Form>(
      List<Condition> when,
      F into,
      List<Condition> test,
      Map<Target, List<Source>> fields,
      Map<Target, JsonNode> constants) {}

  private final List<JsonPointer> each;
  private final @Nullable Pairs pairs;
  private final List<Case<F>> cases;

  Mapping(List<JsonPointer> each, @Nullable Pairs pairs, List<Case<F>> cases) {
    this.each = each;
    this.pairs = pairs;
    this.cases = cases;
  }

  /** What each element of a delivery says, in order. */
  public List<Mapped<F>> of(JsonNode delivery) {
    return elements(delivery).stream().map(this::element).toList();
  }

  private List<JsonNode> elements(JsonNode delivery) {
    var elements = List.of(delivery);
    for (var pointer : each) {
      var within = new ArrayList<JsonNode>();
      for (var one : elements) {
        var list = one.at(pointer);
        if (!list.isArray()) {
          within.add(one);
        } else if (within.size() + list.size() <= MOST_ELEMENTS) {
          list.forEach(within::add);
        }
      }
      elements = within;
    }
    return elements;
  }

  private Mapped<F> element(JsonNode element) {
    var found = pairs == null ? Pairs.NONE : pairs.in(element);
    for (var one : cases) {
      if (one.when().stream().allMatch(condition -> condition.holds(element, found))) {
        return mapped(one, element, found);
      }
    }
    return new Mapped<>(null, JsonNodeFactory.instance.objectNode(), false, List.of());
  }

  private Mapped<F> mapped(Case<F> one, JsonNode element, Pairs.Found found) {
    var used = new HashSet<String>();
    var command = JsonNodeFactory.instance.objectNode();
    var filled = new HashSet<Target>();
    one.fields()
        .forEach(
            (target, sources) -> {
              for (var source : sources) {
                var value = source.in(element, found, used::add);
                if (value != null) {
                  target.put(command, value);
                  filled.add(target);
                  return;
                }
              }
            });
    one.constants()
        .forEach(
            (target, value) -> {
              if (!filled.contains(target)) {
                target.put(command, value);
              }
            });
    var unmapped = new ArrayList<String>();
    unmapped(element, JsonPointer.empty(), used, unmapped);
    boolean test = one.test().stream().anyMatch(condition -> condition.holds(element, found));
    return new Mapped<>(one.into(), command, test, unmapped);
  }

  private static void unmapped(
      JsonNode node, JsonPointer at, Set<String> used, List<String> unmapped) {
    if (unmapped.size() == MOST_UNMAPPED) {
      return;
    }
    if (node.isObject()) {
      node.properties()
          .forEach(
              entry ->
                  unmapped(entry.getValue(), at.appendProperty(entry.getKey()), used, unmapped));
    } else if (node.isArray()) {
      for (int i = 0; i < node.size(); i++) {
        unmapped(node.get(i), at.appendIndex(i), used, unmapped);
      }
    } else if (!node.isNull() && !node.asText().isBlank() && !isUsed(at, used)) {
      unmapped.add(at.toString());
    }
  }

  /** A list counts as used when its first was. */
  private static boolean isUsed(JsonPointer at, Set<String> used) {
    var list = at.head();
    return used.contains(at.toString()) || list != null && used.contains(list.toString());
  }
}
