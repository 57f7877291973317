package baton.chassis.access;

import io.quarkus.security.identity.SecurityIdentity;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;

/** Who called the request at hand. */
@ApplicationScoped
public class CurrentCaller {
  private final SecurityIdentity identity;

  @Inject
  CurrentCaller(SecurityIdentity identity) {
    this.identity = identity;
  }

  public Caller get() {
    if (identity.getPrincipal() instanceof Caller caller) {
      return caller;
    }
    throw baton.chassis.problem.Problem.unauthenticated();
  }
}
