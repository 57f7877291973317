package baton.chassis.mapping;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What sources are read in: an element, or an item of one of its lists.
 *
 * @param here the item; the element itself outside of lists
 * @param where the item's pointer within the element
 * @param around what stands around the elements
 * @param receivedAt when the delivery came; null where nobody says it
 */
record Scope(
    JsonNode element,
    JsonNode here,
    String where,
    JsonNode around,
    Pairs.Found pairs,
    @Nullable Instant receivedAt,
    Lists lists) {

  /** Lists of an element by what tells their items apart, each put together once. */
  static final class Lists {
    private final Map<String, Map<String, JsonNode>> known = new HashMap<>();
  }

  static Scope of(JsonNode element, JsonNode around, @Nullable Instant receivedAt) {
    return new Scope(element, element, "", around, Pairs.NONE, receivedAt, new Lists());
  }

  Scope with(Pairs.Found found) {
    return new Scope(element, here, where, around, found, receivedAt, lists);
  }

  Scope item(JsonNode item, JsonPointer pointer) {
    return new Scope(element, item, pointer.toString(), around, pairs, receivedAt, lists);
  }

  /** The item of a list of the element's that says this under its key. */
  @Nullable JsonNode find(JsonPointer list, JsonPointer key, String said) {
    return lists
        .known
        .computeIfAbsent(
            list + " " + key,
            _ -> {
              var items = new HashMap<String, JsonNode>();
              element.at(list).forEach(item -> items.putIfAbsent(item.at(key).asText(), item));
              return items;
            })
        .get(said);
  }
}
