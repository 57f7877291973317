package baton.chassis.webhook;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a tool sent, as it sent it.
 *
 * @param url as the tool called it, by the public name of this service, query included
 * @param headers by their names in lower case
 * @param query decoded
 */
public record Delivered(
    String method,
    String url,
    Map<String, List<String>> headers,
    Map<String, List<String>> query,
    byte[] body) {

  /** A header that stands there once; several of one name prove nothing. */
  public Optional<String> header(String name) {
    return single(headers.get(name.toLowerCase(Locale.ROOT)));
  }

  public Optional<String> parameter(String name) {
    return single(query.get(name));
  }

  private static Optional<String> single(@Nullable List<String> values) {
    return values == null || values.size() != 1 ? Optional.empty() : Optional.of(values.getFirst());
  }
}
