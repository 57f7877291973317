package baton.reporting.attribution;

import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * To what credit is owed: the values of what was asked by, in that order. Where there is no value,
 * it comes last.
 */
public record Key(List<@Nullable String> values) implements Comparable<Key> {
  @Override
  public int compareTo(Key other) {
    return Arrays.compare(
        values.toArray(new @Nullable String[0]),
        other.values.toArray(new @Nullable String[0]),
        Comparator.nullsLast(Comparator.naturalOrder()));
  }
}
