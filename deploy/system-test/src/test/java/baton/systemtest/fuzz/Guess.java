package baton.systemtest.fuzz;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.UUID;

/** Values that fit a schema, and, now and then, some that don't. */
final class Guess {
  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
  private static final int DEEPEST = 6;
  private static final List<String> WORDS =
      List.of(
          "ada@acme.example",
          "+49 30 901820",
          "acme.example",
          "won",
          "price",
          "call",
          "connected",
          "marketing",
          "sales",
          "newsletter",
          "demo-request",
          "typeform",
          "DE",
          "EUR",
          "1250.00",
          "2026-11-20T10:00:00Z",
          "2026-11-20",
          "P1D",
          "Europe/Berlin",
          "01980f5a-3c00-7000-8000-000000000001",
          "https://acme.example/hook");
  private static final List<String> ODD =
      List.of(
          "",
          " ",
          "\u0000",
          "\ud800",
          "ÄÖÜß日本語\u202e\ufeff",
          "'; DROP TABLE lead; --",
          "../../etc/passwd",
          "${jndi:ldap://x}",
          "%00%ff",
          "-1",
          "1e400",
          "NaN",
          "+999999999-12-31T23:59:59Z",
          "0000-00-00",
          "a".repeat(5_000),
          "{\"a\":1}",
          "\r\nX-Evil: 1",
          "true",
          "null");

  private final SplittableRandom random;
  private final Described described;

  Guess(SplittableRandom random, Described described) {
    this.random = random;
    this.described = described;
  }

  JsonNode of(JsonNode schema) {
    return of(schema, 0);
  }

  /** A parameter, as it stands in an address or a header. */
  String word(JsonNode schema) {
    var value = of(schema, DEEPEST);
    return value.isValueNode() && !value.isNull() ? value.asText() : value.toString();
  }

  boolean oneIn(int many) {
    return random.nextInt(many) == 0;
  }

  <T> T any(List<T> of) {
    return of.get(random.nextInt(of.size()));
  }

  /** A JSON text in which something that no parser expects is done to it. */
  String broken(String json) {
    int at = json.isEmpty() ? 0 : random.nextInt(json.length());
    return switch (random.nextInt(6)) {
      case 0 -> json.substring(0, at);
      case 1 -> json.substring(0, at) + any(ODD) + json.substring(at);
      case 2 -> json + json;
      case 3 -> "[".repeat(random.nextInt(1, 3_000)) + json;
      case 4 -> "{\"a\":1,\"a\":" + json + "}";
      default -> "\ufeff" + json;
    };
  }

  private JsonNode of(JsonNode given, int depth) {
    if (oneIn(12)) {
      return odd(depth);
    }
    var schema = described.resolved(given);
    for (var choice : List.of("oneOf", "anyOf", "allOf")) {
      if (schema.path(choice).size() > 0) {
        return of(schema.get(choice).get(random.nextInt(schema.get(choice).size())), depth + 1);
      }
    }
    if (schema.path("enum").size() > 0) {
      return schema.get("enum").get(random.nextInt(schema.get("enum").size()));
    }
    return switch (type(schema)) {
      case "object" -> object(schema, depth);
      case "array" -> array(schema, depth);
      case "integer" -> JSON.numberNode(random.nextInt(-2, 600));
      case "number" -> JSON.numberNode(BigDecimal.valueOf(random.nextLong(-1, 100_000), 2));
      case "boolean" -> JSON.booleanNode(random.nextBoolean());
      case "string" -> JSON.textNode(text(schema.path("format").asText()));
      default ->
          depth < DEEPEST ? any(List.of(JSON.objectNode(), JSON.textNode(any(WORDS)))) : odd(depth);
    };
  }

  private String type(JsonNode schema) {
    var type = schema.path("type");
    if (type.isArray()) {
      var types = new ArrayList<String>();
      type.forEach(each -> types.add(each.asText()));
      types.remove("null");
      return types.isEmpty() ? "" : any(types);
    }
    return type.asText(schema.has("properties") ? "object" : "");
  }

  private JsonNode object(JsonNode schema, int depth) {
    var object = JSON.objectNode();
    if (depth > DEEPEST) {
      return object;
    }
    for (var property : schema.path("properties").properties()) {
      if (oneIn(2)) {
        object.set(property.getKey(), of(property.getValue(), depth + 1));
      }
    }
    if (schema.path("additionalProperties").isObject()) {
      object.set(any(WORDS), of(schema.get("additionalProperties"), depth + 1));
    }
    if (oneIn(15)) {
      object.set(any(ODD), odd(depth));
    }
    return object;
  }

  private JsonNode array(JsonNode schema, int depth) {
    var array = JSON.arrayNode();
    for (int i = depth > DEEPEST ? 0 : random.nextInt(3); i > 0; i--) {
      array.add(of(schema.path("items"), depth + 1));
    }
    return array;
  }

  private String text(String format) {
    if (oneIn(8)) {
      return any(ODD);
    }
    return switch (format) {
      case "uuid" -> new UUID(random.nextLong(), random.nextLong()).toString();
      case "date-time" -> "2026-%02d-%02dT10:00:00Z".formatted(month(), month());
      case "date" -> "2026-%02d-%02d".formatted(month(), month());
      default -> any(WORDS);
    };
  }

  private int month() {
    return random.nextInt(1, 12);
  }

  private JsonNode odd(int depth) {
    return switch (random.nextInt(depth > DEEPEST ? 6 : 8)) {
      case 0 -> JSON.nullNode();
      case 1 -> JSON.textNode(any(ODD));
      case 2 -> JSON.numberNode(random.nextLong());
      case 3 -> JSON.numberNode(new BigDecimal("1e" + random.nextInt(-400, 400)));
      case 4 -> JSON.booleanNode(random.nextBoolean());
      case 5 -> JSON.textNode(any(WORDS));
      case 6 -> JSON.arrayNode().add(odd(depth + 1));
      default -> JSON.objectNode().set(any(WORDS), odd(depth + 1));
    };
  }
}
