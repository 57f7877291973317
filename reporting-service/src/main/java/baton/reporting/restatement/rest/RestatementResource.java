package baton.reporting.restatement.rest;

import baton.charter.Pointer;
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
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Link;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.UriInfo;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Set;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.jboss.resteasy.reactive.RestResponse;
import org.jboss.resteasy.reactive.RestResponse.ResponseBuilder;
import org.jspecify.annotations.Nullable;

@Path("/restatements")
@RolesAllowed({Role.Name.REPORT, Role.Name.MARKETING, Role.Name.SALES_MANAGER, Role.Name.ADMIN})
class RestatementResource {
  private static final Set<String> KNOWN =
      Set.of("from", "to", "heardFrom", "heardTo", "limit", "cursor");

  private final Retelling retelling;

  RestatementResource(Retelling retelling) {
    this.retelling = retelling;
  }

  @GET
  @Produces(MediaType.APPLICATION_JSON)
  @Operation(
      summary = "Which numbers were told and are others now",
      description =
          "The latest first: which number of which day, from what to what, by which event. from and"
              + " to are days that the numbers are of, heardFrom and heardTo when their events were"
              + " heard. As text/csv a page is a table, and what comes after it stands in Link.")
  public Uni<Page<Retold>> list(
      @QueryParam("from") @Nullable LocalDate from,
      @QueryParam("to") @Nullable LocalDate to,
      @QueryParam("heardFrom") @Nullable Instant heardFrom,
      @QueryParam("heardTo") @Nullable Instant heardTo,
      @QueryParam("limit") @Nullable Integer limit,
      @QueryParam("cursor") @Nullable String cursor,
      @Context UriInfo uri) {
    var faults = new Faults();
    uri.getQueryParameters().keySet().stream()
        .filter(name -> !KNOWN.contains(name))
        .forEach(name -> faults.add(Pointer.of("", name), "is not known here"));
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

  @GET
  @Produces(RetoldTable.CSV)
  @APIResponse(responseCode = "200", description = "A page of them, and where the next one is")
  public Uni<RestResponse<String>> table(
      @QueryParam("from") @Nullable LocalDate from,
      @QueryParam("to") @Nullable LocalDate to,
      @QueryParam("heardFrom") @Nullable Instant heardFrom,
      @QueryParam("heardTo") @Nullable Instant heardTo,
      @QueryParam("limit") @Nullable Integer limit,
      @QueryParam("cursor") @Nullable String cursor,
      @Context UriInfo uri) {
    return list(from, to, heardFrom, heardTo, limit, cursor, uri)
        .map(
            page -> {
              var answer = ResponseBuilder.ok(RetoldTable.of(page.items()), RetoldTable.CSV);
              return page.next() == null
                  ? answer.build()
                  : answer
                      .header(
                          "Link",
                          Link.fromUriBuilder(
                                  uri.getRequestUriBuilder()
                                      .replaceQueryParam("cursor", page.next()))
                              .rel("next")
                              .build()
                              .toString())
                      .build();
            });
  }
}
