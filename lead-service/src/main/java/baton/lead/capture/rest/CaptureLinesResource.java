package baton.lead.capture.rest;

import baton.chassis.access.CurrentCaller;
import baton.chassis.access.Role;
import baton.chassis.command.CommandReader;
import baton.chassis.lines.Lines;
import baton.chassis.trace.Trace;
import baton.lead.capture.Captures;
import baton.lead.capture.LeadBody;
import baton.lead.stream.CaptureLines;
import baton.lead.stream.GroupCommit;
import baton.lead.stream.Told;
import io.smallrye.mutiny.Multi;
import io.vertx.core.http.HttpServerRequest;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;

/** Captures many leads in one request, a line each. */
@Path("/leads/batch")
@RolesAllowed({Role.Name.CAPTURE, Role.Name.MARKETING, Role.Name.ADMIN})
class CaptureLinesResource {
  private final CommandReader reader;
  private final Captures captures;
  private final GroupCommit commits;
  private final CurrentCaller caller;
  private final Trace trace;

  CaptureLinesResource(
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
            (line, faults) ->
                reader.make(
                    line,
                    LeadBody.class,
                    faults,
                    (body, wrong) -> captures.read(body, line, who, traceparent, wrong))));
  }
}
