package baton.lead.capture.rest;

import baton.chassis.access.CurrentCaller;
import baton.chassis.access.Role;
import baton.chassis.command.CommandReader;
import baton.chassis.idempotency.Answer;
import baton.chassis.idempotency.Claim;
import baton.chassis.lines.Lines;
import baton.chassis.trace.Trace;
import baton.lead.capture.Captures;
import baton.lead.capture.LeadBody;
import baton.lead.dossier.Reply.Taken;
import baton.lead.stream.CaptureLines;
import baton.lead.stream.GroupCommit;
import baton.lead.stream.Told;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
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
import org.jspecify.annotations.Nullable;

@Path("/leads")
@RolesAllowed({Role.Name.CAPTURE, Role.Name.MARKETING, Role.Name.ADMIN})
class CaptureResource {
  private final CommandReader reader;
  private final Captures captures;
  private final GroupCommit commits;
  private final CurrentCaller caller;
  private final Trace trace;

  CaptureResource(
      CommandReader reader,
      Captures captures,
      GroupCommit commits,
      CurrentCaller caller,
      Trace trace) {
    this.reader = reader;
    this.captures = captures;
    this.commits = commits;
    this.caller = caller;
    this.trace = trace;
  }

  @POST
  @Consumes(MediaType.APPLICATION_JSON)
  @Produces(MediaType.APPLICATION_JSON)
  public Uni<Response> capture(
      @HeaderParam("Idempotency-Key") @Nullable String key,
      @RequestBody(content = @Content(schema = @Schema(implementation = LeadBody.class)))
          byte[] body) {
    var who = caller.get();
    var capture =
        reader.make(
            body,
            LeadBody.class,
            (command, faults) -> captures.read(command, body, who, trace.current(), faults));
    var claim = key == null ? null : Claim.of(key, who, "/leads", body);
    return commits.commit(capture, claim, CaptureResource::answer).map(Answer::toResponse);
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
            Told.About.LEAD,
            (line, faults) -> {
              var body = reader.read(line, LeadBody.class, faults);
              return body == null ? null : captures.read(body, line, who, traceparent, faults);
            }));
  }

  private static Answer answer(Taken taken) {
    return Answer.json(Told.About.LEAD.status(taken), Told.About.LEAD.told(taken))
        .with("Location", "/leads/" + taken.lead().leadId());
  }
}
