package baton.chassis.direct;

import baton.chassis.access.Caller;
import baton.chassis.access.Entrance;
import baton.chassis.access.Role;
import baton.chassis.idempotency.Answer;
import baton.chassis.json.ContentType;
import baton.chassis.problem.Doorman;
import baton.chassis.problem.Failures;
import baton.chassis.problem.Problem;
import baton.chassis.problem.ProblemType;
import baton.chassis.trace.Trace;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Set;

/**
 * Takes JSON and gives JSON, by the rules of every resource: a key and its role, a trace, and a
 * problem document for whatever goes wrong. The doorman has seen the request before.
 */
@ApplicationScoped
public class DirectCalls {
  private static final String JSON = "application/json";
  private static final byte[] NOTHING = {};

  /** After the gate, before all that Quarkus puts on the way: none of it is for these calls. */
  private static final int EARLY = -800;

  /** What a call is answered; may throw. */
  public interface Answering {
    Future<Answer> answer(Call call);
  }

  private final Entrance entrance;

  DirectCalls(Entrance entrance) {
    this.entrance = entrance;
  }

  /** Answers POST on a path to callers of these roles. */
  public void post(Router router, String path, Set<Role> roles, Answering answering) {
    router.post(path).order(EARLY).handler(context -> read(context, roles, answering));
  }

  /** Nothing is read of who may not call, nor of what isn't JSON. */
  private void read(RoutingContext context, Set<Role> roles, Answering answering) {
    var request = context.request();
    var traceparent = Trace.begun(request.getHeader("traceparent"));
    Caller caller;
    try {
      caller = entrance.admit(context, roles);
      check(request);
    } catch (Problem refused) {
      Doorman.answer(context, refused);
      return;
    }
    var there = context.body().buffer();
    if (there != null || request.isEnded()) {
      var body = there == null ? NOTHING : there.getBytes();
      answer(context, call(request, caller, traceparent, body), answering);
      return;
    }
    // who goes away before the body is there is forgotten
    request
        .body()
        .onSuccess(
            body ->
                answer(context, call(request, caller, traceparent, body.getBytes()), answering));
    request.resume();
  }

  private static Call call(
      HttpServerRequest request, Caller caller, String traceparent, byte[] body) {
    return new Call(caller, traceparent, request.getHeader("Idempotency-Key"), body);
  }

  private void answer(RoutingContext context, Call call, Answering answering) {
    try {
      answering
          .answer(call)
          .onSuccess(answer -> give(context, answer))
          .onFailure(failure -> give(context, refusal(failure, call.traceparent())));
    } catch (RuntimeException failure) {
      give(context, refusal(failure, call.traceparent()));
    }
  }

  private static void check(HttpServerRequest request) {
    var type = request.getHeader("Content-Type");
    if (type != null && !JSON.equals(ContentType.of(type))) {
      throw Problem.unsupported("Send JSON with Content-Type: application/json.");
    }
    var accept = request.getHeader("Accept");
    if (accept != null && !takesJson(accept)) {
      throw Problem.of(ProblemType.NOT_ACCEPTABLE, "Send an Accept header with application/json.");
    }
  }

  private static boolean takesJson(String accept) {
    for (var range : accept.split(",", -1)) {
      var type = ContentType.of(range);
      if (type.equals(JSON) || type.equals("*/*") || type.equals("application/*")) {
        return true;
      }
    }
    return accept.isBlank();
  }

  private static Answer refusal(Throwable failure, String traceparent) {
    var problem = Failures.told(failure, Trace.id(traceparent));
    return new Answer(problem.status(), problem.headers(), problem.body())
        .with("Content-Type", Problem.MEDIA_TYPE);
  }

  private static void give(RoutingContext context, Answer answer) {
    var response = context.response();
    if (response.headWritten() || response.closed()) {
      return;
    }
    response.setStatusCode(answer.status());
    answer.headers().forEach(response::putHeader);
    response.end(Buffer.buffer(answer.body()));
  }
}
