package baton.lead.merge.rest;

import baton.chassis.access.Role;
import baton.chassis.command.PathId;
import baton.chassis.paging.Page;
import baton.lead.dossier.Lead;
import baton.lead.dossier.Merge;
import baton.lead.dossier.Merges;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;

@Path("/leads/{leadId}/merges")
@RolesAllowed({Role.Name.MARKETING, Role.Name.ADMIN})
@Produces(MediaType.APPLICATION_JSON)
class MergesResource {
  private final Merges merges;

  MergesResource(Merges merges) {
    this.merges = merges;
  }

  @GET
  public Uni<Page<Merge>> merges(@PathParam("leadId") String leadId) {
    return merges.of(PathId.of(leadId, Lead::unknown)).map(found -> new Page<>(found, null));
  }
}
