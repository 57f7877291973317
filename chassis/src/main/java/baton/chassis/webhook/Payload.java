package baton.chassis.webhook;

import baton.chassis.mapping.Mapping;
import baton.chassis.mapping.Piece;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParseException;
import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.io.IOException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Pattern;

/**
 * Reads what tools send as JSON: JSON itself, or a form whose keys in brackets mean objects. A part
 * of a form named {@code data.json} is the whole of it, as Unbounce sends it.
 */
public final class Payload {
  private static final Pattern KEY = Pattern.compile("\\[([^\\]]*)\\]");
  private static final int DEEPEST = 32;
  private static final int LONGEST_NUMBER = 40;
  private static final int LONGEST_TEXT = 100_000;
  private static final int MOST_FIELDS = 2_000;

  /** More than any tool sends in 1 MiB. */
  private static final int MOST_ELEMENTS = 20_000;

  private static final ObjectReader JSON =
      JsonMapper.builder(
              JsonFactory.builder()
                  .streamReadConstraints(
                      StreamReadConstraints.builder()
                          .maxNestingDepth(DEEPEST)
                          .maxNumberLength(LONGEST_NUMBER)
                          .maxStringLength(LONGEST_TEXT)
                          .build())
                  .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                  .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
                  .build())
          .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .build()
          .reader();

  private Payload() {}

  /**
   * The elements of JSON, cut apart before any is judged: one that is too deep, or says the same
   * twice, is a fault of its own. None where the whole isn't JSON.
   *
   * @param each where they stand, list within list
   */
  public static Optional<List<Piece>> json(byte[] body, List<JsonPointer> each) {
    try {
      if (isOtherThanUtf8(body)) {
        var whole = judged(body, 0, body.length);
        return Optional.of(whole.fault() == null ? cut(whole.node(), each) : List.of(whole));
      }
      var pieces = new ArrayList<Piece>();
      boolean all = cut(Slice.whole(body), each, MissingNode.getInstance(), pieces);
      return Optional.of(
          all ? pieces : List.of(Piece.unread("has more than " + MOST_ELEMENTS + " elements")));
    } catch (IOException unreadable) {
      return Optional.empty();
    }
  }

  /** The elements of what was read, as {@link #json}. */
  public static List<Piece> cut(JsonNode body, List<JsonPointer> each) {
    return Mapping.elements(body, each).stream().map(Piece::of).toList();
  }

  /**
   * What was delivered as it stands there; where all of it together can't be read, its elements,
   * with nulls for those that can't.
   *
   * @param reading of a body, cut where these lead
   */
  public static Optional<JsonNode> shown(
      Function<List<JsonPointer>, Optional<List<Piece>>> reading, List<JsonPointer> each) {
    return reading
        .apply(List.of())
        .map(List::getFirst)
        .filter(whole -> whole.fault() == null)
        .map(Piece::node)
        .or(
            () ->
                reading
                    .apply(each)
                    .map(
                        pieces -> {
                          var list = JsonNodeFactory.instance.arrayNode();
                          pieces.forEach(
                              piece -> list.add(piece.fault() == null ? piece.node() : null));
                          return list;
                        }));
  }

  /** False where there are too many. */
  private static boolean cut(
      Slice slice, List<JsonPointer> each, JsonNode around, List<Piece> pieces) throws IOException {
    for (int level = 0; level < each.size(); level++) {
      var list = slice.at(each.get(level));
      if (list != null && list.isArray()) {
        var rest = slice.without(list);
        var envelope = judged(rest, 0, rest.length);
        if (envelope.fault() != null) {
          return pieces.add(envelope);
        }
        var whole = around.isMissingNode() ? envelope.node() : around;
        var items = list.items(MOST_ELEMENTS + 1);
        if (pieces.size() + items.size() > MOST_ELEMENTS) {
          return false;
        }
        for (var item : items) {
          if (!cut(item, each.subList(level + 1, each.size()), whole, pieces)) {
            return false;
          }
        }
        return true;
      }
    }
    return pieces.add(judged(slice.json(), slice.from(), slice.length()).within(around));
  }

  /** Fails where it is no JSON at all. */
  private static Piece judged(byte[] json, int from, int length) throws IOException {
    try {
      var read = JSON.readTree(json, from, length);
      if (read.isMissingNode()) {
        throw new Slice.Malformed();
      }
      return Piece.of(read);
    } catch (StreamConstraintsException beyond) {
      return Piece.unread(why(beyond));
    } catch (NumberFormatException beyond) {
      return Piece.unread("has a number beyond all bounds");
    } catch (JsonParseException wrong) {
      if (wrong.getOriginalMessage().startsWith("Duplicate")) {
        return Piece.unread("says the same key twice in one object");
      }
      throw wrong;
    }
  }

  private static String why(StreamConstraintsException beyond) {
    var said = String.valueOf(beyond.getMessage());
    if (said.contains("depth")) {
      return "is nested deeper than " + DEEPEST;
    }
    return said.contains("Number")
        ? "has a number of more than " + LONGEST_NUMBER + " digits"
        : "has a name or a text that is too long";
  }

  /** A text as it stands in JSON, in its quotes. */
  static Optional<String> text(byte[] json, int from, int length) {
    try {
      return Optional.ofNullable(JSON.readTree(json, from, length).textValue());
    } catch (IOException unreadable) {
      return Optional.empty();
    }
  }

  private static boolean isOtherThanUtf8(byte[] body) {
    return body.length > 1
        && (body[0] == 0 || body[1] == 0 || (body[0] & 0xFE) == 0xFE && (body[1] & 0xFE) == 0xFE);
  }

  /** The elements of a form's fields, as {@link #json}. */
  public static Optional<List<Piece>> form(byte[] body, List<JsonPointer> each) {
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
        ? json(form.path("data.json").asText().getBytes(StandardCharsets.UTF_8), each)
        : Optional.of(cut(form, each));
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
