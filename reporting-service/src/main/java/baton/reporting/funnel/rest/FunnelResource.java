package baton.reporting.funnel.rest;

import baton.chassis.access.Role;
import baton.chassis.charter.Charters;
import baton.reporting.funnel.Funnels;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.UriInfo;
import java.time.InstantSource;

@Path("/funnel")
@RolesAllowed({Role.Name.REPORT, Role.Name.MARKETING, Role.Name.SALES_MANAGER, Role.Name.ADMIN})
class FunnelResource {
  private static final String CSV = "text/csv";

  private final Funnels funnels;
  private final Charters charters;
  private final InstantSource clock;

  FunnelResource(Funnels funnels, Charters charters, InstantSource clock) {
    this.funnels = funnels;
    this.charters = charters;
    this.clock = clock;
  }

  @GET
  @Produces(MediaType.APPLICATION_JSON)
  public Uni<ObjectNode> funnel(@Context UriInfo uri) {
    return funnels.answer(Asked.in(uri.getQueryParameters(), zone())).map(FunnelJson::of);
  }

  @GET
  @Produces(CSV)
  public Uni<String> table(@Context UriInfo uri) {
    return funnels.answer(Asked.in(uri.getQueryParameters(), zone())).map(FunnelCsv::of);
  }

  private String zone() {
    return charters.zone(charters.versionAt(clock.instant()));
  }
}
