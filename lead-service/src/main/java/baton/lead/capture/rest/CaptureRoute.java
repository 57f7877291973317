package baton.lead.capture.rest;

import baton.chassis.access.Role;
import baton.chassis.command.CommandReader;
import baton.chassis.direct.Call;
import baton.chassis.direct.DirectCalls;
import baton.chassis.idempotency.Answer;
import baton.chassis.idempotency.Claim;
import baton.lead.capture.Captures;
import baton.lead.capture.LeadBody;
import baton.lead.dossier.Reply.Taken;
import baton.lead.stream.GroupCommit;
import baton.lead.stream.Told;
import io.vertx.core.Future;
import io.vertx.ext.web.Router;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.Set;

/** Captures a lead. The call that comes most: {@code META-INF/openapi.yaml} describes it. */
@ApplicationScoped
class CaptureRoute {
  private static final String PATH = "/leads";
  private static final Set<Role> ROLES = Set.of(Role.CAPTURE, Role.MARKETING, Role.ADMIN);

  private final DirectCalls calls;
  private final CommandReader reader;
  private final Captures captures;
  private final GroupCommit commits;

  CaptureRoute(DirectCalls calls, CommandReader reader, Captures captures, GroupCommit commits) {
    this.calls = calls;
    this.reader = reader;
    this.captures = captures;
    this.commits = commits;
  }

  void open(@Observes Router router) {
    calls.post(router, PATH, ROLES, this::capture);
  }

  private Future<Answer> capture(Call call) {
    var capture =
        reader.make(
            call.body(),
            LeadBody.class,
            (command, faults) ->
                captures.read(command, call.body(), call.caller(), call.traceparent(), faults));
    var key = call.idempotencyKey();
    var claim = key == null ? null : Claim.of(key, call.caller(), PATH, call.body());
    return commits.commit(capture, claim, CaptureRoute::answer);
  }

  private static Answer answer(Taken taken) {
    return Answer.json(Told.About.LEAD.status(taken), Told.About.LEAD.told(taken))
        .with("Location", PATH + "/" + taken.lead().leadId());
  }
}
