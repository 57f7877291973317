package baton.chassis.webhook;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.io.IOException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Reads what tools send as JSON: JSON itself, or a form whose keys in brackets mean objects. A part
 * of a form named {@code data.json} is the whole of it, as Unbounce sends it.
 */
public final class Payload {
  private static final Pattern KEY = Pattern.compile("\\[([^\\]]*)\\]");
  private static final int DEEPEST = 32;
  private static final int MOST_FIELDS = 2_000;

  private static final JsonMapper JSON =
      JsonMapper.builder(
              JsonFactory.builder()
                  .streamReadConstraints(
                      StreamReadConstraints.builder()
                          .maxNestingDepth(DEEPEST)
                          .maxNumberLength(40)
                          .maxStringLength(100_000)
                          .build())
                  .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                  .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
                  .build())
          .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .build();

  private Payload() {}

  /** None where it can't be read. */
  public static Optional<JsonNode> json(byte[] body) {
    try {
      var read = JSON.readTree(body);
      return read == null || read.isMissingNode() ? Optional.empty() : Optional.of(read);
    } catch (IOException unreadable) {
      return Optional.empty();
    }
  }

  /** A form's fields; none where it can't be read. */
  public static Optional<JsonNode> form(byte[] body) {
    var fields = new String(body, StandardCharsets.UTF_8).split("&", MOST_FIELDS + 1);
    if (fields.length > MOST_FIELDS) {
      return Optional.empty();
    }
    var form = JsonNodeFactory.instance.objectNode();
    for (var field : fields) {
      var pair = field.split("=", 2);
      try {
        var key = URLDecoder.decode(pair[0], StandardCharsets.UTF_8);
        var value = pair.length == 1 ? "" : URLDecoder.decode(pair[1], StandardCharsets.UTF_8);
        put(form, key, value);
      } catch (IllegalArgumentException unreadable) {
        return Optional.empty();
      }
    }
    return form.path("data.json").isTextual()
        ? json(form.path("data.json").asText().getBytes(StandardCharsets.UTF_8))
        : Optional.of(form);
  }

  /** {@code data[merges][EMAIL]} stands in an object in an object. */
  private static void put(ObjectNode form, String key, String value) {
    int bracket = key.indexOf('[');
    var name = bracket < 0 ? key : key.substring(0, bracket);
    var within = form;
    var inner = KEY.matcher(bracket < 0 ? "" : key.substring(bracket));
    for (int depth = 0; inner.find(); depth++) {
      if (depth == DEEPEST) {
        throw new IllegalArgumentException("too deep");
      }
      within = within.get(name) instanceof ObjectNode there ? there : within.putObject(name);
      name = inner.group(1);
    }
    within.set(name, TextNode.valueOf(value));
  }
}
