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
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;

/** Tells Quarkus whom the gate saw, and asks for a credential where there was none. */
@ApplicationScoped
class KeyAuthentication implements HttpAuthenticationMechanism {

  @Override
  public Uni<SecurityIdentity> authenticate(
      RoutingContext context, IdentityProviderManager providers) {
    if (Gate.isRefused(context)) {
      return Uni.createFrom().failure(new AuthenticationFailedException());
    }
    var caller = Gate.caller(context);
    return caller == null
        ? Uni.createFrom().nullItem()
        : Uni.createFrom()
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
    return Credentials.isPage(context)
        ? bearer + ", Basic realm=\"baton: the key is the password\""
        : bearer;
  }
}
