package baton.chassis.access;

import baton.chassis.problem.Problem;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Set;

/** Where a caller is asked for a credential and its role without a resource that asks for them. */
@ApplicationScoped
public class Entrance {

  /** Who sent this; refuses who brought nothing that holds, or has another role. */
  public Caller admit(RoutingContext context, Set<Role> roles) {
    var caller = Gate.caller(context);
    if (caller == null) {
      throw Problem.unauthenticated();
    }
    if (!roles.contains(caller.role())) {
      throw Problem.otherRole();
    }
    return caller;
  }
}
