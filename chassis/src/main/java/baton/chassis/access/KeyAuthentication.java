package baton.chassis.access;

import baton.chassis.problem.Problem;
import io.quarkus.security.AuthenticationFailedException;
import io.quarkus.security.identity.IdentityProviderManager;
import io.quarkus.security.identity.SecurityIdentity;
import io.quarkus.security.runtime.QuarkusSecurityIdentity;
import io.quarkus.vertx.http.runtime.security.ChallengeData;
import io.quarkus.vertx.http.runtime.security.HttpAuthenticationMechanism;
import io.smallrye.mutiny.Uni;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/**
 * Knows a caller by an API key, sent as a bearer token or as {@code X-Api-Key}. The pages a browser
 * opens by itself ({@code /docs}, {@code /openapi}, {@code /metrics}) take it as the password of
 * Basic authentication too; nothing that changes anything does, since browsers send that unasked.
 */
@ApplicationScoped
class KeyAuthentication implements HttpAuthenticationMechanism {
  private static final String BEARER = "bearer ";
  private static final String BASIC = "basic ";

  private final Keys keys;

  KeyAuthentication(Keys keys) {
    this.keys = keys;
  }

  @Override
  public Uni<SecurityIdentity> authenticate(
      RoutingContext context, IdentityProviderManager providers) {
    var token = token(context);
    if (token == null) {
      return Uni.createFrom().nullItem();
    }
    var caller = keys.caller(token);
    if (caller == null) {
      return Uni.createFrom().failure(new AuthenticationFailedException());
    }
    return Uni.createFrom()
        .item(
            QuarkusSecurityIdentity.builder()
                .setPrincipal(caller)
                .addRole(caller.role().word())
                .build());
  }

  @Override
  public Uni<ChallengeData> getChallenge(RoutingContext context) {
    return Uni.createFrom().item(new ChallengeData(401, "WWW-Authenticate", challenge(context)));
  }

  @Override
  public Uni<Boolean> sendChallenge(RoutingContext context) {
    var problem = Problem.unauthenticated();
    context
        .response()
        .setStatusCode(problem.status())
        .putHeader("WWW-Authenticate", challenge(context))
        .putHeader("Content-Type", Problem.MEDIA_TYPE)
        .end(Buffer.buffer(problem.body()));
    return Uni.createFrom().item(true);
  }

  private static String challenge(RoutingContext context) {
    var bearer = "Bearer realm=\"baton\"";
    return isPage(context) ? bearer + ", Basic realm=\"baton: the key is the password\"" : bearer;
  }

  private static @Nullable String token(RoutingContext context) {
    var authorization = context.request().getHeader("Authorization");
    return authorization != null && startsWith(authorization, BASIC) && isPage(context)
        ? password(authorization.substring(BASIC.length()).strip())
        : token(context.request());
  }

  /** The key that was sent, as a bearer token or else by itself. */
  static @Nullable String token(HttpServerRequest request) {
    var authorization = request.getHeader("Authorization");
    if (authorization == null) {
      return request.getHeader("X-Api-Key");
    }
    return startsWith(authorization, BEARER)
        ? authorization.substring(BEARER.length()).strip()
        : null;
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

  private static boolean isPage(RoutingContext context) {
    var path = context.normalizedPath();
    return context.request().method().equals(HttpMethod.GET)
        && (path.equals("/openapi")
            || path.equals("/metrics")
            || path.equals("/docs")
            || path.startsWith("/docs/"));
  }
}
