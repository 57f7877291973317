package baton.reporting.funnel.rest;

import baton.chassis.access.Role;
import baton.chassis.problem.Fault;
import baton.chassis.problem.Problem;
import baton.reporting.attribution.Crediting;
import baton.reporting.funnel.Attributions;
import baton.reporting.funnel.Attributions.TooManyKeys;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.UriInfo;
import java.util.List;

@Path("/attribution")
@RolesAllowed({Role.Name.REPORT, Role.Name.MARKETING, Role.Name.SALES_MANAGER, Role.Name.ADMIN})
class AttributionResource {
  private final Attributions attributions;
  private final Answers answers;

  AttributionResource(Attributions attributions, Answers answers) {
    this.attributions = attributions;
    this.answers = answers;
  }

  @GET
  @Produces(MediaType.APPLICATION_JSON)
  public Uni<ObjectNode> attribution(@Context UriInfo uri) {
    var asked = AttributionAsked.in(uri.getQueryParameters(), answers.zone());
    return attributions
        .answer(asked.question(), asked.terms())
        .map(AttributionJson::of)
        .onFailure(TooManyKeys.class)
        .transform(_ -> tooMany());
  }

  @GET
  @Produces(Answers.CSV)
  public Uni<String> table(@Context UriInfo uri) {
    return attribution(uri).map(ReportCsv::of);
  }

  static RuntimeException tooMany() {
    return Problem.invalid(
        List.of(
            new Fault(
                "/by",
                "makes a chain of more than "
                    + Crediting.MOST_KEYS
                    + " keys: ask by fewer dimensions, or of a shorter time")));
  }
}
