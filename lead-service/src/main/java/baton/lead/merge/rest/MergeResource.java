package baton.lead.merge.rest;

import baton.chassis.access.Role;
import baton.lead.dossier.Merge;
import baton.lead.dossier.Merges;
import baton.lead.merge.MergeBody;
import baton.lead.merge.rest.Asking.Act;
import baton.lead.merge.rest.Asking.Naming;
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
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.jspecify.annotations.Nullable;

@Path("/leads/{leadId}/merge")
@RolesAllowed({Role.Name.MARKETING, Role.Name.ADMIN})
@Produces(MediaType.APPLICATION_JSON)
class MergeResource {
  private static final Naming<MergeBody> ABSORBED =
      new Naming<>(MergeBody.class, MergeBody::absorb, "/absorb");

  private final Merges merges;
  private final Asking asking;

  MergeResource(Merges merges, Asking asking) {
    this.merges = merges;
    this.asking = asking;
  }

  @POST
  @Consumes(MediaType.APPLICATION_JSON)
  public Uni<Response> merge(
      @PathParam("leadId") String leadId,
      @HeaderParam("Idempotency-Key") @Nullable String key,
      @RequestBody(content = @Content(schema = @Schema(implementation = MergeBody.class)))
          byte[] body) {
    var mergeId = UuidCreator.getTimeOrderedEpoch();
    return asking.once(
        Act.MERGE,
        leadId,
        key,
        body,
        ABSORBED,
        (tx, survivor, absorbed, now, traceparent) ->
            merges.merge(
                tx,
                new Merge(mergeId, survivor, absorbed, Merge.Reason.ASKED, now, null),
                traceparent));
  }
}
