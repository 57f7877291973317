package baton.reporting.funnel.rest;

import baton.chassis.access.Role;
import baton.chassis.command.PathId;
import baton.chassis.problem.Problem;
import baton.reporting.journey.Journeys;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;

@Path("/journeys/{leadId}")
@RolesAllowed({Role.Name.REPORT, Role.Name.MARKETING, Role.Name.SALES_MANAGER, Role.Name.ADMIN})
@Produces(MediaType.APPLICATION_JSON)
class JourneyResource {
  private final Journeys journeys;

  JourneyResource(Journeys journeys) {
    this.journeys = journeys;
  }

  @GET
  public Uni<ObjectNode> journey(@PathParam("leadId") String leadId) {
    var lead = PathId.of(leadId, JourneyResource::unknown);
    return journeys
        .find(lead)
        .map(found -> JourneyJson.of(lead, found.orElseThrow(JourneyResource::unknown)));
  }

  private static Problem unknown() {
    return Problem.notFound("Nothing is known of that lead.");
  }
}
