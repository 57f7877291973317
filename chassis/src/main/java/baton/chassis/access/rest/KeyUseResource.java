package baton.chassis.access.rest;

import baton.chassis.access.KeyUses;
import baton.chassis.access.KeyUses.Use;
import baton.chassis.access.Role;
import baton.chassis.paging.Cursor;
import baton.chassis.paging.Page;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.jspecify.annotations.Nullable;

/** When each key was used last at this service. */
@Path("/key-uses")
@Produces(MediaType.APPLICATION_JSON)
@RolesAllowed(Role.Name.ADMIN)
public class KeyUseResource {
  private final KeyUses uses;

  KeyUseResource(KeyUses uses) {
    this.uses = uses;
  }

  @GET
  @Operation(
      summary = "When each key was used last at this service",
      description = "By the hour, and some seconds late; a key that never was isn't listed.")
  public Uni<Page<Use>> list(
      @QueryParam("limit") @Nullable Integer limit, @QueryParam("cursor") @Nullable String cursor) {
    int size = Cursor.limit(limit);
    var after = Cursor.read(cursor);
    return uses.list(after.isEmpty() ? "" : after.getFirst(), size + 1)
        .map(found -> Page.of(found, size, last -> Cursor.of(last.keyId())));
  }
}
