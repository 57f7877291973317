package baton.chassis.access;

import baton.chassis.problem.Problem;
import io.quarkus.security.identity.SecurityIdentity;
import io.smallrye.common.vertx.ContextLocals;
import io.smallrye.common.vertx.VertxContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.Optional;

/** Who called the request at hand. */
@ApplicationScoped
public class CurrentCaller {
  private static final String CALLER = "baton.caller";

  private final SecurityIdentity identity;

  @Inject
  CurrentCaller(SecurityIdentity identity) {
    this.identity = identity;
  }

  public Caller get() {
    if (identity.getPrincipal() instanceof Caller caller) {
      return caller;
    }
    throw Problem.unauthenticated();
  }

  /** The same wherever the request's work has got to; nobody where no request is at hand. */
  public static Optional<Caller> ofThisWork() {
    return VertxContext.isOnDuplicatedContext()
        ? ContextLocals.<Caller>get(CALLER)
        : Optional.empty();
  }

  static void follow(Caller caller) {
    if (VertxContext.isOnDuplicatedContext()) {
      ContextLocals.put(CALLER, caller);
    }
  }
}
