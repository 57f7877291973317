package baton.lead.merge.rest;

import baton.chassis.access.Role;
import baton.chassis.command.CommandReader;
import baton.chassis.command.PathId;
import baton.chassis.trace.Trace;
import baton.lead.dossier.Lead;
import baton.lead.dossier.Merge;
import baton.lead.dossier.Merges;
import baton.lead.merge.MergeBody;
import com.github.f4b6a3.uuid.UuidCreator;
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

@Path("/leads/{leadId}/merge")
@RolesAllowed({Role.Name.MARKETING, Role.Name.ADMIN})
@Produces(MediaType.APPLICATION_JSON)
class MergeResource {
  private final CommandReader reader;
  private final Merges merges;
  private final Asking asking;
  private final InstantSource clock;
  private final Trace trace;

  MergeResource(
      CommandReader reader, Merges merges, Asking asking, InstantSource clock, Trace trace) {
    this.reader = reader;
    this.merges = merges;
    this.asking = asking;
    this.clock = clock;
    this.trace = trace;
  }

  @POST
  @Consumes(MediaType.APPLICATION_JSON)
  public Uni<Response> merge(
      @PathParam("leadId") String leadId,
      @HeaderParam("Idempotency-Key") @Nullable String key,
      @RequestBody(content = @Content(schema = @Schema(implementation = MergeBody.class)))
          byte[] body) {
    var survivor = PathId.of(leadId, Lead::unknown);
    var command =
        reader.make(
            body,
            MergeBody.class,
            (given, faults) -> {
              faults.require(given.absorb(), "/absorb");
              return given;
            });
    var wanted =
        new Merge(
            UuidCreator.getTimeOrderedEpoch(),
            survivor,
            Objects.requireNonNull(command.absorb()),
            Merge.Reason.ASKED,
            clock.instant().truncatedTo(ChronoUnit.MILLIS),
            null);
    var traceparent = trace.current();
    return asking.once(
        Asking.Act.MERGE, survivor, key, body, tx -> merges.merge(tx, wanted, traceparent));
  }
}
