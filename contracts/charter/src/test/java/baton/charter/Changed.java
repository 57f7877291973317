package baton.charter;

import baton.contracts.Json;
import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** A document with another value at one place. */
final class Changed {
  private Changed() {}

  static JsonNode at(JsonNode document, String pointer, String json) {
    try {
      var copy = document.deepCopy();
      var where = JsonPointer.compile(pointer);
      var value = Json.mapper().readTree(json);
      switch (copy.at(where.head())) {
        case ObjectNode object -> object.set(where.last().getMatchingProperty(), value);
        case ArrayNode list -> list.set(where.last().getMatchingIndex(), value);
        default -> throw new IllegalArgumentException(pointer);
      }
      return copy;
    } catch (JsonProcessingException wrong) {
      throw new IllegalArgumentException(wrong);
    }
  }
}
