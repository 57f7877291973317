package baton.lead.touch.rest;

import baton.chassis.access.CurrentCaller;
import baton.chassis.access.Role;
import baton.chassis.command.CommandReader;
import baton.chassis.idempotency.Answer;
import baton.chassis.idempotency.Claim;
import baton.chassis.lines.Lines;
import baton.chassis.trace.Trace;
import baton.lead.dossier.Reply.Taken;
import baton.lead.stream.CaptureLines;
import baton.lead.stream.GroupCommit;
import baton.lead.stream.Told;
import baton.lead.touch.TouchBody;
import baton.lead.touch.Touches;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.vertx.UniHelper;
import io.vertx.core.http.HttpServerRequest;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.jspecify.annotations.Nullable;

@Path("/touches")
@RolesAllowed({Role.Name.CAPTURE, Role.Name.MARKETING, Role.Name.ADMIN})
class TouchResource {
  private final CommandReader reader;
  private final Touches touches;
  private final GroupCommit commits;
  private final CurrentCaller caller;
  private final Trace trace;

  TouchResource(
      CommandReader reader,
      Touches touches,
      GroupCommit commits,
      CurrentCaller caller,
      Trace trace) {
    this.reader = reader;
    this.touches = touches;
    this.commits = commits;
    this.caller = caller;
    this.trace = trace;
  }

  @POST
  @Consumes(MediaType.APPLICATION_JSON)
  @Produces(MediaType.APPLICATION_JSON)
  @APIResponse(responseCode = "201", description = "Made; Location says where")
  @APIResponse(responseCode = "200", description = "What was there, as it is now")
  public Uni<Response> touch(
      @HeaderParam("Idempotency-Key") @Nullable String key,
      @RequestBody(content = @Content(schema = @Schema(implementation = TouchBody.class)))
          byte[] body) {
    var who = caller.get();
    var touch =
        reader.make(
            body,
            TouchBody.class,
            (command, faults) -> touches.read(command, body, who, trace.current(), faults));
    var claim = key == null ? null : Claim.of(key, who, "/touches", body);
    return UniHelper.toUni(commits.commit(touch, claim, TouchResource::answer))
        .map(Answer::toResponse);
  }

  @POST
  @Path("batch")
  @Consumes("application/x-ndjson")
  @Produces("application/x-ndjson")
  public Multi<byte[]> batch(@Context HttpServerRequest request) {
    var who = caller.get();
    var traceparent = trace.current();
    return Lines.answers(
        request,
        new CaptureLines(
            commits,
            Told.About.TOUCH,
            (line, faults) ->
                reader.make(
                    line,
                    TouchBody.class,
                    faults,
                    (body, wrong) -> touches.read(body, line, who, traceparent, wrong))));
  }

  private static Answer answer(Taken taken) {
    return Answer.json(Told.About.TOUCH.status(taken), Told.About.TOUCH.told(taken))
        .with("Location", "/leads/" + taken.lead().leadId());
  }
}
