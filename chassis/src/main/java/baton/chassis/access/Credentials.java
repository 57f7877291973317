package baton.chassis.access;

import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.RoutingContext;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/**
 * What a request brings to say who sends it: a bearer token, or a key as {@code X-Api-Key}. The
 * pages a browser opens by itself ({@code /docs}, {@code /openapi}, {@code /metrics}) take it as
 * the password of Basic authentication too; nothing that changes anything does, since browsers send
 * that unasked.
 */
final class Credentials {
  private static final String BEARER = "bearer ";
  private static final String BASIC = "basic ";
  private static final String SCOREBOARD = "/";

  private Credentials() {}

  static @Nullable String of(RoutingContext context) {
    var headers = context.request().headers();
    var authorization = headers.get("Authorization");
    if (authorization == null) {
      return headers.get("X-Api-Key");
    }
    if (startsWith(authorization, BEARER)) {
      return authorization.substring(BEARER.length()).strip();
    }
    return startsWith(authorization, BASIC) && isPage(context)
        ? password(authorization.substring(BASIC.length()).strip())
        : null;
  }

  static boolean isPage(RoutingContext context) {
    var path = context.normalizedPath();
    return context.request().method().equals(HttpMethod.GET)
        && (path.equals("/openapi")
            || path.equals("/metrics")
            || path.equals("/docs")
            || path.startsWith("/docs/"));
  }

  /** Whether what stands here tells a browser by itself how to send a key. */
  static boolean asksBrowsers(RoutingContext context) {
    var request = context.request();
    var accept = request.getHeader("Accept");
    return isPage(context)
        || request.method().equals(HttpMethod.GET)
            && context.normalizedPath().equals(SCOREBOARD)
            && accept != null
            && accept.contains("text/html");
  }

  private static boolean startsWith(String text, String scheme) {
    return text.regionMatches(true, 0, scheme, 0, scheme.length());
  }

  private static @Nullable String password(String credentials) {
    try {
      var pair = new String(Base64.getDecoder().decode(credentials), StandardCharsets.UTF_8);
      return pair.substring(pair.indexOf(':') + 1);
    } catch (IllegalArgumentException garbled) {
      return null;
    }
  }
}
