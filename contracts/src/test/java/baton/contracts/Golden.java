package baton.contracts;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.UncheckedIOException;

/** The files that ship in this jar, and the copies of them that were released. */
final class Golden {
  private static final JsonMapper PLAIN = new JsonMapper();

  private Golden() {}

  /** An event's value exactly as it stands on Kafka; the file ends in a line feed of its own. */
  static byte[] value(Topic topic) {
    var file = bytes("/golden/" + topic.topicName() + ".v1.json");
    return java.util.Arrays.copyOf(file, file.length - 1);
  }

  static JsonNode schema(Topic topic) {
    return json("/schemas/" + topic.topicName() + ".v1.json");
  }

  static JsonNode json(String resource) {
    try {
      return PLAIN.readTree(bytes(resource));
    } catch (IOException bad) {
      throw new UncheckedIOException(resource, bad);
    }
  }

  static byte[] bytes(String resource) {
    try (var in = Golden.class.getResourceAsStream(resource)) {
      if (in == null) {
        throw new AssertionError(resource + " is missing");
      }
      return in.readAllBytes();
    } catch (IOException bad) {
      throw new UncheckedIOException(resource, bad);
    }
  }
}
