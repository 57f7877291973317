package baton.lead.merge.rest;

import baton.chassis.access.Role;
import baton.chassis.paging.Cursor;
import baton.chassis.paging.Page;
import baton.lead.dossier.Likeness;
import baton.lead.dossier.Merges;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import org.jspecify.annotations.Nullable;

@Path("/leads/duplicates")
@RolesAllowed({Role.Name.MARKETING, Role.Name.ADMIN})
@Produces(MediaType.APPLICATION_JSON)
class DuplicatesResource {
  private final Merges merges;

  DuplicatesResource(Merges merges) {
    this.merges = merges;
  }

  @GET
  public Uni<Page<Likeness>> duplicates(
      @QueryParam("limit") @Nullable Integer limit, @QueryParam("cursor") @Nullable String cursor) {
    return merges.likenesses(Cursor.read(cursor, 2), Cursor.limit(limit));
  }
}
