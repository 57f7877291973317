package baton.reporting.funnel.rest;

import baton.charter.Pointer;
import baton.chassis.access.Role;
import baton.chassis.problem.Faults;
import baton.reporting.goal.Goals;
import baton.reporting.goal.Standing;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.UriInfo;
import org.eclipse.microprofile.openapi.annotations.Operation;

@Path("/goals")
@RolesAllowed({Role.Name.REPORT, Role.Name.MARKETING, Role.Name.SALES_MANAGER, Role.Name.ADMIN})
class GoalResource {
  private final Goals goals;

  GoalResource(Goals goals) {
    this.goals = goals;
  }

  @GET
  @Produces(MediaType.APPLICATION_JSON)
  @Operation(
      summary = "How far the charter's goals are reached",
      description =
          "The goals of the charter in force, paced by the business days of its calendar, with what"
              + " they come to if it goes on so. immature: a share of leads some of which have not had"
              + " as long yet as nine of ten take.")
  public Uni<ObjectNode> goals(@Context UriInfo uri) {
    return standing(uri).map(GoalTable::json);
  }

  @GET
  @Produces(Answers.CSV)
  public Uni<String> table(@Context UriInfo uri) {
    return standing(uri).map(GoalTable::csv);
  }

  private Uni<Standing> standing(UriInfo uri) {
    var faults = new Faults();
    uri.getQueryParameters()
        .keySet()
        .forEach(name -> faults.add(Pointer.of("", name), "is not known here"));
    faults.throwIfAny();
    return goals.standing();
  }
}
