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
  public Uni<ObjectNode> report(@Context UriInfo uri) {
    return answers.json(uri, layout);
  }

  @GET
  @Produces(Answers.CSV)
  public Uni<String> table(@Context UriInfo uri) {
    return answers.report(answers.asked(uri), layout.numbers()).map(FunnelCsv::of);
  }
}
