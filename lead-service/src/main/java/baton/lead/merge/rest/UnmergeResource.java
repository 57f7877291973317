package baton.lead.merge.rest;

import baton.chassis.access.Role;
import baton.chassis.command.CommandReader;
import baton.chassis.command.PathId;
import baton.chassis.trace.Trace;
import baton.lead.dossier.Lead;
import baton.lead.dossier.Merges;
import baton.lead.merge.UnmergeBody;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.Objects;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.jspecify.annotations.Nullable;

@Path("/leads/{leadId}/unmerge")
@RolesAllowed({Role.Name.MARKETING, Role.Name.ADMIN})
@Produces(MediaType.APPLICATION_JSON)
class UnmergeResource {
  private final CommandReader reader;
  private final Merges merges;
  private final Asking asking;
  private final InstantSource clock;
  private final Trace trace;

  UnmergeResource(
      CommandReader reader, Merges merges, Asking asking, InstantSource clock, Trace trace) {
    this.reader = reader;
    this.merges = merges;
    this.asking = asking;
    this.clock = clock;
    this.trace = trace;
  }

  @POST
  @Consumes(MediaType.APPLICATION_JSON)
  public Uni<Response> unmerge(
      @PathParam("leadId") String leadId,
      @HeaderParam("Idempotency-Key") @Nullable String key,
      @RequestBody(content = @Content(schema = @Schema(implementation = UnmergeBody.class)))
          byte[] body) {
    var lead = PathId.of(leadId, Lead::unknown);
    var command =
        reader.make(
            body,
            UnmergeBody.class,
            (given, faults) -> {
              faults.require(given.mergeId(), "/mergeId");
              return given;
            });
    var mergeId = Objects.requireNonNull(command.mergeId());
    var now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
    var traceparent = trace.current();
    return asking.once(
        Asking.Act.UNMERGE,
        lead,
        key,
        body,
        tx -> merges.unmerge(tx, lead, mergeId, now, traceparent));
  }
}
