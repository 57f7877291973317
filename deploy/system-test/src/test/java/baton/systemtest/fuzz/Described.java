package baton.systemtest.fuzz;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;

/** What a service says of itself. */
record Described(JsonNode document) {
  private static final Set<String> METHODS = Set.of("get", "post", "put", "patch", "delete");

  /** A call and what is said of it. */
  record Operation(String method, String path, List<JsonNode> parameters, JsonNode said) {
    String name() {
      return method + " " + path;
    }

    JsonNode content() {
      return said.at("/requestBody/content");
    }

    /**
     * What is wrong with an answer by its status and media type; nothing where it was announced.
     */
    List<String> objections(int status, String mediaType, boolean hasBody) {
      if (status >= 500) {
        return List.of("answers " + status);
      }
      if (status >= 400) {
        return !hasBody || mediaType.equals("application/problem+json")
            ? List.of()
            : List.of("refuses as " + mediaType);
      }
      var announced = said.path("responses").get(Integer.toString(status));
      if (announced == null) {
        return List.of("answers " + status + ", which it doesn't announce");
      }
      var types = new TreeSet<String>();
      announced.path("content").fieldNames().forEachRemaining(types::add);
      return !hasBody || types.isEmpty() || types.contains(mediaType) || types.contains("*/*")
          ? List.of()
          : List.of("answers " + mediaType + " and announces " + types);
    }
  }

  List<Operation> operations() {
    var found = new ArrayList<Operation>();
    for (var path : document.path("paths").properties()) {
      for (var operation : path.getValue().properties()) {
        if (METHODS.contains(operation.getKey())) {
          var parameters = new ArrayList<JsonNode>();
          path.getValue().path("parameters").forEach(parameters::add);
          operation.getValue().path("parameters").forEach(parameters::add);
          found.add(
              new Operation(
                  operation.getKey().toUpperCase(Locale.ROOT),
                  path.getKey(),
                  List.copyOf(parameters),
                  operation.getValue()));
        }
      }
    }
    return found;
  }

  /** The schema itself where only its name is given. */
  JsonNode resolved(JsonNode schema) {
    var found = schema;
    while (found.has("$ref")) {
      found = document.at(found.get("$ref").asText().substring(1));
    }
    return found;
  }
}
