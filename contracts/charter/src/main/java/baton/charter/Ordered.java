package baton.charter;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/** Maps that keep the order in which a person wrote them, which {@code Map.copyOf} forgets. */
final class Ordered {
  private Ordered() {}

  static <K, V> Map<K, V> map(Map<K, V> written) {
    return Collections.unmodifiableMap(new LinkedHashMap<>(written));
  }
}
