package baton.lead.channel;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What kind of site a source is. The list beside this class holds names of the well-known ones; a
 * host is known by itself, by any domain above it, and by its name without the public suffix.
 */
enum SourceCategory {
  SEARCH,
  SOCIAL,
  VIDEO,
  SHOPPING;

  private static final Map<String, SourceCategory> KNOWN = read();

  static @Nullable SourceCategory of(String source) {
    var known = KNOWN.get(source);
    for (int dot = source.indexOf('.');
        known == null && dot >= 0 && dot < source.length() - 1;
        dot = source.indexOf('.', dot + 1)) {
      known = KNOWN.get(source.substring(dot + 1));
    }
    return known;
  }

  private static Map<String, SourceCategory> read() {
    var known = new HashMap<String, SourceCategory>();
    try (var list =
        Objects.requireNonNull(SourceCategory.class.getResourceAsStream("sources.txt"))) {
      new String(list.readAllBytes(), UTF_8)
          .lines()
          .filter(line -> !line.isBlank())
          .forEach(
              line -> {
                var words = line.split("\\s+");
                var category = valueOf(words[0].toUpperCase(Locale.ROOT));
                for (int i = 1; i < words.length; i++) {
                  known.put(words[i].replace('_', ' '), category);
                }
              });
      return Map.copyOf(known);
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }
}
