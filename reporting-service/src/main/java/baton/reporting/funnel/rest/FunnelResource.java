package baton.reporting.funnel.rest;

import baton.chassis.access.Role;
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

@Path("/funnel")
@RolesAllowed({Role.Name.REPORT, Role.Name.MARKETING, Role.Name.SALES_MANAGER, Role.Name.ADMIN})
class FunnelResource {
  private final Answers answers;
  private final Layout layout = new FunnelLayout();

  FunnelResource(Answers answers) {
    this.answers = answers;
  }

  @GET
  @Produces(MediaType.APPLICATION_JSON)
  @Operation(
      summary = "How many leads reached which stage, and what became of them",
      description =
          "With basis=cohort, immature: true says of a row, and of each stage, that its youngest"
              + " leads have not had their time yet: withinDays, or else as long as nine of ten took"
              + " who got there. Its conversions are not final.")
  public Uni<ObjectNode> report(@Context UriInfo uri) {
    return answers.json(uri, layout);
  }

  @GET
  @Produces(Answers.CSV)
  public Uni<String> table(@Context UriInfo uri) {
    return answers.report(answers.asked(uri), layout.numbers()).map(FunnelCsv::of);
  }
}
