package baton.chassis.webhook;

import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpServerRequest;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
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

  /**
   * A request as its tool sent it.
   *
   * @param publicAddress by which this service is called from outside; else what the request says
   */
  public static Delivered of(
      HttpServerRequest request, Optional<String> publicAddress, byte[] body) {
    var address =
        publicAddress.orElseGet(() -> request.scheme() + "://" + request.getHeader("Host"));
    return new Delivered(
        request.method().name(),
        address + request.uri(),
        all(request.headers(), true),
        all(request.params(), false),
        body);
  }

  private static Map<String, List<String>> all(MultiMap values, boolean lower) {
    var all = new TreeMap<String, List<String>>();
    for (var name : values.names()) {
      all.put(lower ? name.toLowerCase(Locale.ROOT) : name, values.getAll(name));
    }
    return all;
  }

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
