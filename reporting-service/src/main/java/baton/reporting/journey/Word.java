package baton.reporting.journey;

import org.jspecify.annotations.Nullable;

/** What leads are told apart by: a word, not a text. */
public final class Word {
  private static final int LONGEST = 512;

  private Word() {}

  /** As it can be kept: short, and without the NUL that PostgreSQL doesn't know. */
  public static @Nullable String storable(@Nullable String value) {
    if (value == null) {
      return null;
    }
    int end = value.length() <= LONGEST ? value.length() : LONGEST;
    if (end < value.length() && Character.isHighSurrogate(value.charAt(end - 1))) {
      end--;
    }
    return value.substring(0, end).replace('\0', '\uFFFD');
  }
}
