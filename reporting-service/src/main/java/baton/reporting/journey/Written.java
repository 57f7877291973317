package baton.reporting.journey;

import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Bytes in the making: whole numbers as zigzag varints, so that small ones are short; what may be
 * absent has its length, or presence, counted from one.
 */
public final class Written {
  /** Milliseconds count from here: five bytes for every instant of this century. */
  static final long ORIGIN = Instant.parse("2000-01-01T00:00:00Z").toEpochMilli();

  private byte[] bytes = new byte[256];
  private int size;

  public byte[] bytes() {
    return Arrays.copyOf(bytes, size);
  }

  public void raw(int value) {
    room(1);
    bytes[size++] = (byte) value;
  }

  public void number(long value) {
    room(10);
    long left = (value << 1) ^ (value >> 63);
    while ((left & ~0x7FL) != 0) {
      bytes[size++] = (byte) (left | 0x80);
      left >>>= 7;
    }
    bytes[size++] = (byte) left;
  }

  public void integer(@Nullable Integer value) {
    raw(value == null ? 0 : 1);
    if (value != null) {
      number(value);
    }
  }

  public void instant(Instant value) {
    number(value.toEpochMilli() - ORIGIN);
  }

  void maybe(@Nullable Instant value) {
    raw(value == null ? 0 : 1);
    if (value != null) {
      instant(value);
    }
  }

  public void date(@Nullable LocalDate value) {
    raw(value == null ? 0 : 1);
    if (value != null) {
      number(value.toEpochDay());
    }
  }

  public void uuid(UUID value) {
    room(16);
    big(value.getMostSignificantBits());
    big(value.getLeastSignificantBits());
  }

  public void maybe(@Nullable UUID value) {
    raw(value == null ? 0 : 1);
    if (value != null) {
      uuid(value);
    }
  }

  public void uuids(List<UUID> values) {
    number(values.size());
    values.forEach(this::uuid);
  }

  public void text(@Nullable String value) {
    if (value == null) {
      number(0);
      return;
    }
    var encoded = value.getBytes(StandardCharsets.UTF_8);
    number(encoded.length + 1L);
    room(encoded.length);
    System.arraycopy(encoded, 0, bytes, size, encoded.length);
    size += encoded.length;
  }

  public void texts(List<String> values) {
    number(values.size());
    values.forEach(this::text);
  }

  public void decimal(@Nullable BigDecimal value) {
    text(value == null ? null : value.toString());
  }

  private void big(long value) {
    for (int shift = 56; shift >= 0; shift -= 8) {
      bytes[size++] = (byte) (value >>> shift);
    }
  }

  private void room(int more) {
    if (size + more > bytes.length) {
      bytes = Arrays.copyOf(bytes, Math.max(bytes.length * 2, size + more));
    }
  }
}
