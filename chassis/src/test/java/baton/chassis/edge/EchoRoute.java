package baton.chassis.edge;

import baton.chassis.access.Role;
import baton.chassis.direct.Call;
import baton.chassis.direct.DirectCalls;
import baton.chassis.idempotency.Answer;
import baton.chassis.problem.Problem;
import io.vertx.core.Future;
import io.vertx.ext.web.Router;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Set;

/** Says again what it was told. */
@ApplicationScoped
class EchoRoute {
  private final DirectCalls calls;

  EchoRoute(DirectCalls calls) {
    this.calls = calls;
  }

  void open(@Observes Router router) {
    calls.post(router, "/echo", Set.of(Role.SALES, Role.ADMIN), EchoRoute::echo);
  }

  private static Future<Answer> echo(Call call) {
    var text = new String(call.body(), StandardCharsets.UTF_8);
    return switch (text) {
      case "\"throw\"" -> throw new IllegalStateException("SECRET");
      case "\"fail\"" -> Future.failedFuture(new IllegalStateException("SECRET"));
      case "\"refuse\"" -> Future.failedFuture(Problem.invalid("/thing", "is not right"));
      default ->
          Future.succeededFuture(
              Answer.json(
                      201,
                      Map.of(
                          "length", call.body().length,
                          "by", call.caller().role().word(),
                          "key", String.valueOf(call.idempotencyKey()),
                          "trace", call.traceparent()))
                  .with("Location", "/echo/1"));
    };
  }
}
