package baton.chassis.paging;

import baton.chassis.problem.Problem;
import baton.contracts.Json;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.UUID;
import java.util.zip.CRC32;
import org.jspecify.annotations.Nullable;

/**
 * Where a page ended: the sort keys of its last item, opaque to who sends it back. Being keys, not
 * an offset, it stays right when items are inserted before it.
 */
public final class Cursor {
  public static final int DEFAULT_LIMIT = 50;
  public static final int MAX_LIMIT = 500;

  private static final int CHECKSUM_BYTES = 4;
  private static final int MAX_LENGTH = 2000;

  private Cursor() {}

  public static String of(Object... keys) {
    var body = Json.bytes(Arrays.stream(keys).map(Cursor::text).toList());
    var bytes = new ByteArrayOutputStream(CHECKSUM_BYTES + body.length);
    bytes.writeBytes(checksum(body));
    bytes.writeBytes(body);
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes.toByteArray());
  }

  /** The keys; none where there is no cursor, which means the first page. */
  public static List<String> read(@Nullable String cursor) {
    if (cursor == null || cursor.isEmpty()) {
      return List.of();
    }
    if (cursor.length() > MAX_LENGTH) {
      throw unknown();
    }
    try {
      var bytes = Base64.getUrlDecoder().decode(cursor);
      if (bytes.length <= CHECKSUM_BYTES) {
        throw unknown();
      }
      var body = Arrays.copyOfRange(bytes, CHECKSUM_BYTES, bytes.length);
      if (!Arrays.equals(checksum(body), Arrays.copyOf(bytes, CHECKSUM_BYTES))) {
        throw unknown();
      }
      return List.of(Json.mapper().readValue(body, String[].class));
    } catch (IllegalArgumentException | IOException | NullPointerException forged) {
      throw unknown();
    }
  }

  /** The same, of a list that is sorted by so many keys; another list's cursor is refused. */
  public static List<String> read(@Nullable String cursor, int keys) {
    var read = read(cursor);
    if (!read.isEmpty() && read.size() != keys) {
      throw ofAnotherList();
    }
    return read;
  }

  /** A cursor's only key as an id; null where there is no cursor. Another list's is refused. */
  public static @Nullable UUID id(@Nullable String cursor) {
    var keys = read(cursor);
    if (keys.isEmpty()) {
      return null;
    }
    if (keys.size() != 1) {
      throw unknown();
    }
    return id(keys, 0);
  }

  /** A cursor's only key as a number; null where there is no cursor. Another list's is refused. */
  public static @Nullable Long number(@Nullable String cursor) {
    var keys = read(cursor);
    try {
      return keys.isEmpty() ? null : Long.valueOf(keys.getFirst());
    } catch (NumberFormatException anothers) {
      throw Problem.malformed(
          "The cursor is another list's: send back 'next' as it was, or none for the first page.");
    }
  }

  /** One key of a cursor as an id. */
  public static UUID id(List<String> keys, int at) {
    try {
      return UUID.fromString(keys.get(at));
    } catch (IllegalArgumentException | IndexOutOfBoundsException anothers) {
      throw unknown();
    }
  }

  /** One key of a cursor as an instant. */
  public static Instant instant(List<String> keys, int at) {
    try {
      return Instant.parse(keys.get(at));
    } catch (DateTimeException | IndexOutOfBoundsException anothers) {
      throw unknown();
    }
  }

  public static int limit(@Nullable Integer limit) {
    if (limit == null) {
      return DEFAULT_LIMIT;
    }
    if (limit < 1 || limit > MAX_LIMIT) {
      throw Problem.invalid("/limit", "must be between 1 and " + MAX_LIMIT);
    }
    return limit;
  }

  private static String text(Object key) {
    return key instanceof Instant instant ? instant.toString() : String.valueOf(key);
  }

  private static byte[] checksum(byte[] body) {
    var crc = new CRC32();
    crc.update(body);
    return ByteBuffer.allocate(CHECKSUM_BYTES).putInt((int) crc.getValue()).array();
  }

  public static Problem ofAnotherList() {
    return Problem.malformed("The cursor is of another list: ask for its first page.");
  }

  private static Problem unknown() {
    return Problem.malformed(
        "The cursor is not one of ours: send back 'next' as it was, or none for the first page.");
  }
}
