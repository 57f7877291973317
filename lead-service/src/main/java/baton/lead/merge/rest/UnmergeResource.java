package baton.lead.merge.rest;

import baton.chassis.access.Role;
import baton.lead.dossier.Merges;
import baton.lead.merge.UnmergeBody;
import baton.lead.merge.rest.Asking.Act;
import baton.lead.merge.rest.Asking.Naming;
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

@Path("/leads/{leadId}/unmerge")
@RolesAllowed({Role.Name.MARKETING, Role.Name.ADMIN})
@Produces(MediaType.APPLICATION_JSON)
class UnmergeResource {
  private static final Naming<UnmergeBody> UNDONE =
      new Naming<>(UnmergeBody.class, UnmergeBody::mergeId, "/mergeId");

  private final Merges merges;
  private final Asking asking;

  UnmergeResource(Merges merges, Asking asking) {
    this.merges = merges;
    this.asking = asking;
  }

  @POST
  @Consumes(MediaType.APPLICATION_JSON)
  public Uni<Response> unmerge(
      @PathParam("leadId") String leadId,
      @HeaderParam("Idempotency-Key") @Nullable String key,
      @RequestBody(content = @Content(schema = @Schema(implementation = UnmergeBody.class)))
          byte[] body) {
    return asking.once(Act.UNMERGE, leadId, key, body, UNDONE, merges::unmerge);
  }
}
