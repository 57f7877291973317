package baton.chassis.access;

import baton.chassis.problem.Problem;
import io.vertx.core.http.HttpServerRequest;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Set;

/** Where a caller is asked for a key and its role without a resource that asks for them. */
@ApplicationScoped
public class Entrance {
  private final Keys keys;

  Entrance(Keys keys) {
    this.keys = keys;
  }

  /** Who sent this; refuses who has no key that holds, or one of another role. */
  public Caller admit(HttpServerRequest request, Set<Role> roles) {
    var token = KeyAuthentication.token(request);
    var caller = token == null ? null : keys.caller(token);
    if (caller == null) {
      throw Problem.unauthenticated();
    }
    if (!roles.contains(caller.role())) {
      throw Problem.otherRole();
    }
    return caller;
  }
}
