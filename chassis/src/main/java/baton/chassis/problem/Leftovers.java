package baton.chassis.problem;

import io.vertx.core.VertxException;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.io.IOException;
import org.jboss.logging.Logger;

/** What fails outside of any resource is answered as a problem document as well. */
@ApplicationScoped
class Leftovers {
  private static final Logger LOG = Logger.getLogger(Leftovers.class);

  /** After every route that could answer, before Quarkus' own page. */
  private static final int LATE = 20_000;

  void answer(@Observes Router router) {
    router.route().order(LATE).failureHandler(Leftovers::answer);
  }

  private static void answer(RoutingContext context) {
    var failure = context.failure();
    if (failure instanceof Problem problem) {
      Doorman.answer(context, problem);
    } else if (failure == null || context.statusCode() >= 400 && context.statusCode() < 500) {
      Doorman.answer(context, ofStatus(context.statusCode()));
    } else {
      if (!(failure instanceof IOException || failure instanceof VertxException)) {
        LOG.error("a request failed", Unworded.of(failure));
      }
      Doorman.answer(context, Problem.internal());
    }
  }

  private static Problem ofStatus(int status) {
    return switch (status) {
      case 401 -> Problem.unauthenticated();
      case 403 -> Problem.otherRole();
      case 404 -> Problem.notFound("Nothing stands under this path.");
      case 413 -> Problem.tooLarge("Send less in one request.");
      default ->
          status >= 500 ? Problem.internal() : Problem.malformed("The request can't be read.");
    };
  }
}
