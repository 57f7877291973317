package baton.contracts;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** On the wire an empty list or map is left out; in memory it is never null. */
final class Absent {
  private Absent() {}

  static <T> List<T> list(@Nullable List<T> list) {
    return list == null ? List.of() : List.copyOf(list);
  }

  static <V> Map<String, V> map(@Nullable Map<String, V> map) {
    return map == null
        ? Map.of()
        : java.util.Collections.unmodifiableMap(new java.util.TreeMap<>(map));
  }
}
