package baton.reporting.restatement.rest;

import baton.chassis.access.Role;
import baton.chassis.paging.Cursor;
import baton.chassis.paging.Page;
import baton.chassis.problem.Faults;
import baton.reporting.restatement.Restatements.Asked;
import baton.reporting.restatement.rest.Retelling.Retold;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.time.Instant;
import java.time.LocalDate;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.jspecify.annotations.Nullable;

@Path("/restatements")
@RolesAllowed({Role.Name.REPORT, Role.Name.MARKETING, Role.Name.SALES_MANAGER, Role.Name.ADMIN})
@Produces(MediaType.APPLICATION_JSON)
class RestatementResource {
  private final Retelling retelling;

  RestatementResource(Retelling retelling) {
    this.retelling = retelling;
  }

  @GET
  @Operation(
      summary = "Which numbers were told and are others now",
      description =
          "The latest first: which number of which day, from what to what, by which event. from and"
              + " to are days that the numbers are of, heardFrom and heardTo when their events were"
              + " heard.")
  public Uni<Page<Retold>> list(
      @QueryParam("from") @Nullable LocalDate from,
      @QueryParam("to") @Nullable LocalDate to,
      @QueryParam("heardFrom") @Nullable Instant heardFrom,
      @QueryParam("heardTo") @Nullable Instant heardTo,
      @QueryParam("limit") @Nullable Integer limit,
      @QueryParam("cursor") @Nullable String cursor) {
    var faults = new Faults();
    if (from != null && to != null && !from.isBefore(to)) {
      faults.add("/to", "must be after from");
    }
    if (heardFrom != null && heardTo != null && !heardFrom.isBefore(heardTo)) {
      faults.add("/heardTo", "must be after heardFrom");
    }
    faults.throwIfAny();
    return retelling.page(
        new Asked(from, to, heardFrom, heardTo, Cursor.number(cursor), Cursor.limit(limit)));
  }
}
