package baton.reporting.journey;

import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What {@link Written} wrote, in the same order. */
public final class Reading {
  private final byte[] bytes;
  private int position;

  public Reading(byte[] bytes) {
    this.bytes = bytes;
  }

  public int raw() {
    return bytes[position++] & 0xFF;
  }

  public long number() {
    long value = 0;
    for (int shift = 0; ; shift += 7) {
      int next = bytes[position++];
      value |= (next & 0x7FL) << shift;
      if (next >= 0) {
        return (value >>> 1) ^ -(value & 1);
      }
    }
  }

  public int integer() {
    return Math.toIntExact(number());
  }

  public @Nullable Integer maybeInteger() {
    return raw() == 0 ? null : integer();
  }

  public Instant instant() {
    return Instant.ofEpochMilli(number() + Written.ORIGIN);
  }

  @Nullable Instant maybeInstant() {
    return raw() == 0 ? null : instant();
  }

  public @Nullable LocalDate date() {
    return raw() == 0 ? null : LocalDate.ofEpochDay(number());
  }

  public UUID uuid() {
    return new UUID(big(), big());
  }

  public @Nullable UUID maybeUuid() {
    return raw() == 0 ? null : uuid();
  }

  public List<UUID> uuids() {
    int count = integer();
    var values = new ArrayList<UUID>(count);
    for (int i = 0; i < count; i++) {
      values.add(uuid());
    }
    return List.copyOf(values);
  }

  public @Nullable String text() {
    int length = integer() - 1;
    if (length < 0) {
      return null;
    }
    var value = new String(bytes, position, length, StandardCharsets.UTF_8);
    position += length;
    return value;
  }

  public List<String> texts() {
    int count = integer();
    var values = new ArrayList<String>(count);
    for (int i = 0; i < count; i++) {
      values.add(Objects.requireNonNullElse(text(), ""));
    }
    return List.copyOf(values);
  }

  public @Nullable BigDecimal decimal() {
    var value = text();
    return value == null ? null : new BigDecimal(value);
  }

  private long big() {
    long value = 0;
    for (int i = 0; i < 8; i++) {
      value = value << 8 | raw();
    }
    return value;
  }
}
