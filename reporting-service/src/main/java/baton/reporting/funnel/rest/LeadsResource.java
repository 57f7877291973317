package baton.reporting.funnel.rest;

import baton.chassis.access.Role;
import baton.chassis.paging.Cursor;
import baton.reporting.funnel.Behind;
import baton.reporting.funnel.Deed;
import baton.reporting.funnel.Deed.Ended;
import baton.reporting.funnel.Deed.Promised;
import baton.reporting.funnel.Deed.Reached;
import baton.reporting.funnel.Leads;
import baton.reporting.funnel.Leads.Found;
import baton.reporting.funnel.Question;
import baton.reporting.journey.Ending;
import baton.reporting.journey.Stage;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.UriInfo;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The leads behind a number, by their ids. */
@Path("/leads")
@RolesAllowed({Role.Name.REPORT, Role.Name.MARKETING, Role.Name.SALES_MANAGER, Role.Name.ADMIN})
@Produces(MediaType.APPLICATION_JSON)
class LeadsResource {
  private static final String[] ENDINGS =
      Stream.concat(Stream.of(Ending.values()).map(Ending::word), Stream.of("open"))
          .toArray(String[]::new);
  static final String[] VERDICTS = {"met", "breached", "excused", "open"};

  private final Leads leads;
  private final Answers answers;

  LeadsResource(Leads leads, Answers answers) {
    this.leads = leads;
    this.answers = answers;
  }

  @GET
  public Uni<ObjectNode> leads(
      @Context UriInfo uri,
      @QueryParam("limit") @Nullable Integer limit,
      @QueryParam("cursor") @Nullable String cursor) {
    var asked = new Asked(uri.getQueryParameters());
    var question = asked.question(answers.zone(), QueryParameters.of("/leads"));
    var deed = deed(asked, question);
    asked.throwIfWrong();
    return leads
        .behind(new Behind(question, deed), Cursor.id(cursor), Cursor.limit(limit))
        .map(LeadsResource::json);
  }

  private Deed deed(Asked asked, Question question) {
    var faults = asked.faults();
    var stage = asked.one("stage");
    var ended = asked.one("ended");
    var clause = asked.one("clause");
    var verdict = asked.one("verdict");
    if (Stream.of(stage, ended, clause).flatMap(word -> Optional.ofNullable(word).stream()).count()
        > 1) {
      faults.add("/stage", "excludes ended and clause: ask for one of them");
    }
    if (!question.by().isEmpty() || question.period() != null) {
      faults.add("/by", "does not belong to a list: filter by the values of a row instead");
    }
    if (verdict != null && clause == null) {
      faults.add("/verdict", "belongs to a clause");
    }
    if (clause != null) {
      return new Promised(
          clause,
          verdict == null ? null : faults.oneOf(VERDICTS, one -> one, verdict, "/verdict"),
          answers.now());
    }
    if (ended != null) {
      var word = faults.oneOf(ENDINGS, one -> one, ended, "/ended");
      return new Ended(
          Stream.of(Ending.values())
              .filter(ending -> ending.word().equals(word))
              .findFirst()
              .orElse(null));
    }
    var reached =
        stage == null ? Stage.CAPTURED : faults.oneOf(Stage.values(), Stage::word, stage, "/stage");
    return new Reached(reached == null ? Stage.CAPTURED : reached);
  }

  private static ObjectNode json(Found found) {
    var page = ReportJson.JSON.objectNode();
    var items = page.putArray("items");
    found.leads().forEach(lead -> items.addObject().put("leadId", lead.toString()));
    page.put("next", found.next() == null ? null : Cursor.of(found.next()));
    return page;
  }
}
