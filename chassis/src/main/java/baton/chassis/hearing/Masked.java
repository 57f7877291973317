package baton.chassis.hearing;

import baton.contracts.Json;
import baton.contracts.Topic;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A record's shape without what could be somebody's: ids, times, truths and short numbers stand as
 * they are, the words of a vocabulary too where the topic carries no personal data.
 */
public final class Masked {
  private static final String MASK = "•••";
  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;
  private static final Pattern ID =
      Pattern.compile("[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}");
  private static final Pattern NUMBER = Pattern.compile("-?[0-9]{1,6}(\\.[0-9]{1,6})?");
  private static final Pattern WORD = Pattern.compile("[a-z]{1,20}(-[a-z]{1,20}){0,3}");
  private static final Pattern NAME = Pattern.compile("[a-z][A-Za-z]{0,40}");

  private Masked() {}

  /** Null where there is no value, or none that is JSON. */
  public static @Nullable JsonNode value(String topic, byte @Nullable [] value) {
    if (value == null) {
      return null;
    }
    try {
      return masked(Json.mapper().readTree(value), isImpersonal(topic));
    } catch (IOException garbled) {
      return null;
    }
  }

  /** Words included: anybody may have typed them. */
  public static JsonNode all(JsonNode value) {
    return masked(value, false);
  }

  /** A key, or a header. */
  public static @Nullable String text(String topic, @Nullable String text) {
    return text == null ? null : masked(text, isImpersonal(topic));
  }

  private static boolean isImpersonal(String topic) {
    return !topic.equals(Topic.LEAD_CONTACT.topicName());
  }

  private static JsonNode masked(JsonNode node, boolean withWords) {
    return switch (node) {
      case ObjectNode object -> {
        var masked = NODES.objectNode();
        object
            .properties()
            .forEach(
                field ->
                    masked.set(
                        NAME.matcher(field.getKey()).matches() ? field.getKey() : MASK,
                        masked(field.getValue(), withWords)));
        yield masked;
      }
      case ArrayNode array -> {
        var masked = NODES.arrayNode();
        array.forEach(element -> masked.add(masked(element, withWords)));
        yield masked;
      }
      default ->
          node.isTextual()
              ? NODES.textNode(masked(node.textValue(), withWords))
              : node.isNumber() && !NUMBER.matcher(node.asText()).matches()
                  ? NODES.textNode(MASK)
                  : node;
    };
  }

  private static String masked(String text, boolean withWords) {
    return ID.matcher(text).matches()
            || NUMBER.matcher(text).matches()
            || isTime(text)
            || withWords && WORD.matcher(text).matches()
        ? text
        : MASK;
  }

  private static boolean isTime(String text) {
    try {
      return text.length() <= 40 && Instant.parse(text) != null;
    } catch (DateTimeException other) {
      return false;
    }
  }
}
