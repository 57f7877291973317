package baton.local.audit;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;

/**
 * Numbers by what names them, in some twenty bytes each however long the names are: a million leads
 * have some million of them. Of ten million names, two are taken for one in one of 300,000 files.
 */
final class Keys {
  static final int NONE = -1;

  private static final long FREE = 0;
  private static final int FEWEST = 1 << 10;
  private static final int FULL_OF_FIVE = 3;

  private final MessageDigest digest;
  private long[] keys = new long[FEWEST];
  private int[] numbers = new int[FEWEST];
  private int size;

  Keys() {
    try {
      digest = MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException("every JDK has SHA-256", impossible);
    }
  }

  /** The number of a name, {@link #NONE} where it has none. */
  int get(String name) {
    int at = place(key(name));
    return keys[at] == FREE ? NONE : numbers[at];
  }

  /** Gives a name its number; a name that has one keeps it. */
  void put(String name, int number) {
    long key = key(name);
    int at = place(key);
    if (keys[at] != FREE) {
      return;
    }
    keys[at] = key;
    numbers[at] = number;
    if (++size * 5L > keys.length * (long) FULL_OF_FIVE) {
      grow();
    }
  }

  private int place(long key) {
    int mask = keys.length - 1;
    int at = (int) key & mask;
    while (keys[at] != FREE && keys[at] != key) {
      at = (at + 1) & mask;
    }
    return at;
  }

  private void grow() {
    var oldKeys = keys;
    var oldNumbers = numbers;
    keys = new long[oldKeys.length * 2];
    numbers = Arrays.copyOf(numbers, keys.length);
    for (int i = 0; i < oldKeys.length; i++) {
      if (oldKeys[i] != FREE) {
        int at = place(oldKeys[i]);
        keys[at] = oldKeys[i];
        numbers[at] = oldNumbers[i];
      }
    }
  }

  private long key(String name) {
    long key = ByteBuffer.wrap(digest.digest(name.getBytes(UTF_8))).getLong();
    return key == FREE ? 1 : key;
  }
}
