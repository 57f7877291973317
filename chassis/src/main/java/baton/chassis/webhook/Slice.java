package baton.chassis.webhook;

import com.fasterxml.jackson.core.JsonPointer;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A value within JSON in UTF-8, found by its brackets and quotes alone: what stands in it is nobody
 * else's trouble, and however deep it is it costs a bit per level.
 */
final class Slice {
  /** Brackets that don't match, or what no value begins with. */
  static final class Malformed extends IOException {
    private static final long serialVersionUID = 1L;

    Malformed() {
      super("is no JSON");
    }

    /** Nobody looks where it was thrown, and senders choose how often it is. */
    @Override
    public synchronized Throwable fillInStackTrace() {
      return this;
    }
  }

  private final byte[] json;
  private final int from;
  private final int to;

  private Slice(byte[] json, int from, int to) {
    this.json = json;
    this.from = from;
    this.to = to;
  }

  /** The one value that there is, and nothing after it. */
  static Slice whole(byte[] json) throws Malformed {
    boolean marked = json.length > 2 && json[0] == (byte) 0xEF && json[1] == (byte) 0xBB;
    var all = new Slice(json, marked ? 3 : 0, json.length);
    int from = all.something(all.from);
    var whole = new Slice(json, from, all.end(from));
    for (int at = whole.to; at < json.length; at++) {
      if (!isBlank(json[at])) {
        throw new Malformed();
      }
    }
    return whole;
  }

  byte[] json() {
    return json;
  }

  int from() {
    return from;
  }

  int length() {
    return to - from;
  }

  boolean isArray() {
    return json[from] == '[';
  }

  /** As JSON, with an empty list where this one stands. */
  byte[] without(Slice list) {
    var rest = new byte[length() - list.length() + 2];
    int before = list.from - from;
    System.arraycopy(json, from, rest, 0, before);
    rest[before] = '[';
    rest[before + 1] = ']';
    System.arraycopy(json, list.to, rest, before + 2, to - list.to);
    return rest;
  }

  /** Where a pointer leads; null where nothing stands there. */
  @Nullable Slice at(JsonPointer pointer) throws Malformed {
    @Nullable Slice slice = this;
    for (var left = pointer; slice != null && !left.matches(); left = left.tail()) {
      if (slice.isArray()) {
        var items = slice.items(left.getMatchingIndex() + 1);
        int index = left.getMatchingIndex();
        slice = index >= 0 && index < items.size() ? items.get(index) : null;
      } else {
        var members = slice.members(left.getMatchingProperty());
        slice = members.isEmpty() ? null : members.getLast();
      }
    }
    return slice;
  }

  /** The first of a list, and not more than that. */
  List<Slice> items(int most) throws Malformed {
    var items = new ArrayList<Slice>();
    int at = something(from + 1);
    while (json[at] != ']' && items.size() < most) {
      int end = end(at);
      items.add(new Slice(json, at, end));
      at = next(end, ']');
    }
    return items;
  }

  /** What an object says under a name: more than one where it says it again. */
  List<Slice> members(String name) throws Malformed {
    var found = new ArrayList<Slice>();
    if (json[from] != '{') {
      return found;
    }
    int at = something(from + 1);
    while (json[at] != '}') {
      if (json[at] != '"') {
        throw new Malformed();
      }
      int end = endOfText(at);
      boolean wanted = says(name, at + 1, end - 1);
      int colon = something(end);
      if (json[colon] != ':') {
        throw new Malformed();
      }
      int value = something(colon + 1);
      int valueEnd = end(value);
      if (wanted) {
        found.add(new Slice(json, value, valueEnd));
      }
      at = next(valueEnd, '}');
    }
    return found;
  }

  /** Its text; none where it is something else. */
  Optional<String> text() {
    return json[from] == '"' ? Payload.text(json, from, length()) : Optional.empty();
  }

  byte[] bytes() {
    return Arrays.copyOfRange(json, from, to);
  }

  /** Where the next begins, or the bracket that closes them all. */
  private int next(int after, char close) throws Malformed {
    int at = something(after);
    if (json[at] == close) {
      return at;
    }
    if (json[at] != ',') {
      throw new Malformed();
    }
    at = something(at + 1);
    if (json[at] == close) {
      throw new Malformed();
    }
    return at;
  }

  private int something(int after) throws Malformed {
    int at = after;
    while (at < to && isBlank(json[at])) {
      at++;
    }
    if (at >= to) {
      throw new Malformed();
    }
    return at;
  }

  private int end(int begin) throws Malformed {
    var objects = new BitSet();
    int depth = 0;
    int at = begin;
    do {
      if (at >= to) {
        throw new Malformed();
      }
      byte here = json[at];
      switch (here) {
        case '"' -> at = endOfText(at);
        case '{', '[' -> {
          objects.set(depth++, here == '{');
          at++;
        }
        case '}', ']' -> {
          if (depth == 0 || objects.get(depth - 1) != (here == '}')) {
            throw new Malformed();
          }
          depth--;
          at++;
        }
        default -> at = depth == 0 ? endOfWord(at) : at + 1;
      }
    } while (depth > 0);
    return at;
  }

  /**
   * Whether a text is this name, without a look further than where it isn't: whoever sends a
   * hundred thousand names has none of them read.
   */
  private boolean says(String name, int begin, int end) {
    int at = begin;
    for (int i = 0; i < name.length(); i++) {
      char wanted = name.charAt(i);
      if (wanted > 127) {
        return Payload.text(json, begin - 1, end - begin + 2).filter(name::equals).isPresent();
      }
      if (at >= end) {
        return false;
      }
      if (json[at] == wanted && wanted != '\\') {
        at++;
      } else if (json[at] == '\\' && escaped(at, end) == wanted) {
        at += json[at + 1] == 'u' ? 6 : 2;
      } else {
        return false;
      }
    }
    return at == end;
  }

  /** What an escape stands for; no character where it is none. */
  private int escaped(int backslash, int end) {
    if (json[backslash + 1] == 'u') {
      return backslash + 6 <= end ? hex(backslash + 2) : -1;
    }
    return switch (json[backslash + 1]) {
      case '"' -> '"';
      case '\\' -> '\\';
      case '/' -> '/';
      case 'b' -> '\b';
      case 'f' -> '\f';
      case 'n' -> '\n';
      case 'r' -> '\r';
      case 't' -> '\t';
      default -> -1;
    };
  }

  private int hex(int begin) {
    int value = 0;
    for (int at = begin; at < begin + 4; at++) {
      int digit = Character.digit(json[at], 16);
      if (digit < 0) {
        return -1;
      }
      value = value * 16 + digit;
    }
    return value;
  }

  private int endOfText(int quote) throws Malformed {
    for (int at = quote + 1; at < to; at++) {
      if (json[at] == '\\') {
        at++;
      } else if (json[at] == '"') {
        return at + 1;
      }
    }
    throw new Malformed();
  }

  private int endOfWord(int begin) throws Malformed {
    int at = begin;
    while (at < to && !isBlank(json[at]) && ",:]}[{\"".indexOf(json[at]) < 0) {
      at++;
    }
    if (at == begin) {
      throw new Malformed();
    }
    return at;
  }

  private static boolean isBlank(byte one) {
    return one == ' ' || one == '\n' || one == '\r' || one == '\t';
  }
}
