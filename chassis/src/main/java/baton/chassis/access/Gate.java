package baton.chassis.access;

import baton.chassis.problem.Doorman;
import baton.chassis.problem.Problem;
import baton.chassis.token.Person;
import baton.chassis.token.Tokens;
import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Looks once who sends a request, and counts it, whichever way it goes on. Who says nothing that
 * holds gets no further, so that nothing else about a request is answered to them; whether others
 * may do what they ask is found out where they ask it. Health asks nobody, a delivery's headers
 * prove it to its connector alone, and pages ask a browser for a key by themselves.
 */
@ApplicationScoped
class Gate {
  /** After the doorman's look at the address, before that at the body and all of Quarkus. */
  private static final int SECOND = 900;

  private static final String CALLER = "baton.caller";
  private static final Object NOBODY = new Object();

  private final Keys keys;
  private final Tokens tokens;
  private final People people;
  private final Limits limits;

  Gate(Keys keys, Tokens tokens, People people, Limits limits) {
    this.keys = keys;
    this.tokens = tokens;
    this.people = people;
    this.limits = limits;
  }

  void guard(@Observes Filters filters) {
    filters.register(this::look, SECOND);
  }

  /** Who sent this, or null: nobody says so, or what they say doesn't hold. */
  static @Nullable Caller caller(RoutingContext context) {
    return context.get(CALLER) instanceof Caller caller ? caller : null;
  }

  /** Whether a credential was sent that doesn't hold. */
  static boolean isRefused(RoutingContext context) {
    return context.get(CALLER) == NOBODY;
  }

  private void look(RoutingContext context) {
    if (isOpen(context.normalizedPath())) {
      context.next();
      return;
    }
    var credential = Credentials.of(context);
    try {
      if (credential == null) {
        turnAway(context);
      } else {
        look(context, credential);
      }
    } catch (Problem refused) {
      Doorman.answer(context, refused);
    }
  }

  private void look(RoutingContext context, String credential) {
    if (!tokens.isOne(credential)) {
      var caller = keys.caller(credential);
      if (caller != null && keys.isNew(caller)) {
        limits.checkFailures(context.request());
      }
      admit(context, caller);
      return;
    }
    var remembered = tokens.remembered(credential);
    if (remembered.isPresent()) {
      admit(context, people.caller(remembered.get()));
      return;
    }
    limits.checkFailures(context.request());
    if (!context.request().isEnded()) {
      context.request().pause();
    }
    var here = context.vertx().getOrCreateContext();
    tokens
        .person(credential)
        .onComplete(told -> here.runOnContext(_ -> admitPerson(context, told.result())));
  }

  private void admitPerson(RoutingContext context, Optional<Person> person) {
    try {
      admit(context, person.map(people::caller).orElse(null));
    } catch (Problem refused) {
      Doorman.answer(context, refused);
    }
  }

  private void admit(RoutingContext context, @Nullable Caller caller) {
    if (caller == null) {
      limits.countFailure(context.request());
      context.put(CALLER, NOBODY);
      turnAway(context);
      return;
    }
    limits.count(caller, context.response());
    keys.used(caller);
    context.put(CALLER, caller);
    CurrentCaller.follow(caller);
    context.next();
  }

  private static void turnAway(RoutingContext context) {
    if (!Credentials.asksBrowsers(context)) {
      throw Problem.unauthenticated();
    }
    context.next();
  }

  private static boolean isOpen(String path) {
    return path.startsWith("/webhooks/") || path.equals("/health") || path.startsWith("/health/");
  }
}
