package baton.reporting.funnel.rest;

import baton.chassis.access.Role;
import baton.reporting.funnel.Question;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.UriInfo;

@Path("/sla")
@RolesAllowed({Role.Name.REPORT, Role.Name.MARKETING, Role.Name.SALES_MANAGER, Role.Name.ADMIN})
class SlaResource {
  private final Answers answers;
  private final OtherPromises others;

  SlaResource(Answers answers, OtherPromises others) {
    this.answers = answers;
    this.others = others;
  }

  @GET
  @Produces(MediaType.APPLICATION_JSON)
  public Uni<ObjectNode> report(@Context UriInfo uri) {
    return report(answers.asked(uri));
  }

  /** What it says about this. */
  Uni<ObjectNode> report(Question asked) {
    return Uni.combine()
        .all()
        .unis(answers.report(asked, SlaLayout.NUMBERS), others.asked(asked))
        .asTuple()
        .map(
            read -> {
              var layout = new SlaLayout(answers.now(), answers::owes, read.getItem2());
              return layout.with(ReportJson.of(read.getItem1(), layout));
            });
  }

  @GET
  @Produces(Answers.CSV)
  public Uni<String> table(@Context UriInfo uri) {
    return report(uri).map(ReportCsv::of);
  }
}
