package baton.lead.identity;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;

/** Domains where anybody gets an address. */
final class FreeMail {
  private static final Set<String> DOMAINS = read();

  private FreeMail() {}

  static boolean has(String domain) {
    return DOMAINS.contains(domain);
  }

  private static Set<String> read() {
    try (var list =
        Objects.requireNonNull(FreeMail.class.getResourceAsStream("free-mail-domains.txt"))) {
      return new String(list.readAllBytes(), UTF_8)
          .lines()
          .filter(line -> !line.isBlank())
          .collect(Collectors.toUnmodifiableSet());
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }
}
