package baton.reporting.funnel.rest;

import baton.chassis.access.Role;
import baton.reporting.funnel.Basis;
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
import java.util.List;
import java.util.Set;

@Path("/retention")
@RolesAllowed({Role.Name.REPORT, Role.Name.MARKETING, Role.Name.SALES_MANAGER, Role.Name.ADMIN})
class RetentionResource {
  private final Answers answers;
  private final Layout layout = new RetentionLayout();

  RetentionResource(Answers answers) {
    this.answers = answers;
  }

  @GET
  @Produces(MediaType.APPLICATION_JSON)
  public Uni<ObjectNode> retention(@Context UriInfo uri) {
    return answers
        .report(asked(uri), layout.numbers())
        .map(report -> ReportJson.of(report, layout));
  }

  @GET
  @Produces(Answers.CSV)
  public Uni<String> table(@Context UriInfo uri) {
    return retention(uri).map(ReportCsv::of);
  }

  /** Of those who became customers in the time, whatever they did since. */
  private Question asked(UriInfo uri) {
    var asked = new Asked(uri.getQueryParameters());
    var question = asked.question(answers.zone(), Set.of());
    if (question.basis() == Basis.PERIOD) {
      asked.faults().add("/basis", "must be cohort: customers count by when they were acquired");
    }
    for (var other : List.of("passes", "withinDays")) {
      asked.refuse(other, "does not belong to retention");
    }
    asked.throwIfWrong();
    return question;
  }
}
