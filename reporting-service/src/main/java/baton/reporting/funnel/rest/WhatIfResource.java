package baton.reporting.funnel.rest;

import baton.charter.Agreement;
import baton.chassis.access.Role;
import baton.chassis.charter.Charters;
import baton.chassis.charter.Drafts;
import baton.chassis.charter.Signed;
import baton.reporting.funnel.Basis;
import baton.reporting.funnel.Numbers;
import baton.reporting.funnel.Question;
import baton.reporting.funnel.rest.Replays.Done;
import baton.reporting.funnel.rest.Replays.Progress;
import baton.reporting.funnel.rest.Replays.Said;
import baton.reporting.whatif.Limits;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.smallrye.common.annotation.Blocking;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.UriInfo;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Set;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.jspecify.annotations.Nullable;

/** A draft charter, replayed over what happened. */
@Path("/what-if")
@Consumes({MediaType.APPLICATION_JSON, Drafts.YAML, Drafts.OLDER_YAML, Drafts.TEXT_YAML})
@RolesAllowed({Role.Name.REPORT, Role.Name.MARKETING, Role.Name.SALES_MANAGER, Role.Name.ADMIN})
@Blocking
class WhatIfResource {
  private static final String LINES = "application/x-ndjson";

  private final Answers answers;
  private final Replays replays;
  private final Charters charters;

  WhatIfResource(Answers answers, Replays replays, Charters charters) {
    this.answers = answers;
    this.replays = replays;
    this.charters = charters;
  }

  @POST
  @Produces(MediaType.APPLICATION_JSON)
  @Operation(
      summary = "Replay a draft charter",
      description =
          "Takes what POST /charters takes, and from, to, zone, basis and filters as every report."
              + " One at a time: 429 while another is under way. As application/x-ndjson it says"
              + " {\"progress\": {\"read\", \"of\"}} on the way and {\"result\"} at the end.")
  @APIResponse(responseCode = "200", description = "What happened beside what would have")
  @APIResponse(
      responseCode = "422",
      description = "The draft or the question is wrong: every fault")
  @APIResponse(responseCode = "429", description = "Another is under way: Retry-After")
  public Uni<ObjectNode> whatIf(
      @HeaderParam("Content-Type") @Nullable String contentType,
      @Context UriInfo uri,
      @RequestBody(
              content = {
                @Content(
                    mediaType = MediaType.APPLICATION_JSON,
                    schema = @Schema(implementation = Object.class)),
                @Content(mediaType = Drafts.YAML, schema = @Schema(implementation = Object.class))
              })
          byte @Nullable [] body) {
    var begun = begin(contentType, uri, body);
    return begun
        .said()
        .select()
        .where(Done.class::isInstance)
        .toUni()
        .chain(said -> answer(begun, (Done) said));
  }

  @POST
  @Produces(LINES)
  @APIResponse(responseCode = "200", description = "How far it is, and then what came of it")
  @APIResponse(
      responseCode = "422",
      description = "The draft or the question is wrong: every fault")
  @APIResponse(responseCode = "429", description = "Another is under way: Retry-After")
  public Multi<byte[]> whatIfLines(
      @HeaderParam("Content-Type") @Nullable String contentType,
      @Context UriInfo uri,
      byte @Nullable [] body) {
    var begun = begin(contentType, uri, body);
    return begun.said().onItem().transformToUniAndConcatenate(said -> line(begun, said));
  }

  private record Begun(Question asked, Agreement draft, Multi<Said> said) {}

  private Begun begin(@Nullable String contentType, UriInfo uri, byte @Nullable [] body) {
    var asked = asked(uri);
    var turn = replays.turn();
    try {
      var draft = Drafts.read(body == null ? new byte[0] : body, Drafts.form(contentType));
      return new Begun(asked, draft, turn.replay(asked, draft));
    } catch (RuntimeException refused) {
      turn.close();
      throw refused;
    }
  }

  private Question asked(UriInfo uri) {
    var asked = new Asked(uri.getQueryParameters());
    asked.refuse("passes", "is not asked here: leads and passes are both told");
    asked.refuse("withinDays", "is not asked here");
    asked.refuse("by", "is not asked here: personas, tiers, clauses, sellers and teams are told");
    var question = asked.question(answers.zone(), Set.of());
    asked.throwIfWrong();
    return question;
  }

  private Uni<ObjectNode> answer(Begun begun, Done done) {
    var limits =
        new ArrayList<>(
            Limits.of(
                begun.draft(), charters.known().values().stream().map(Signed::agreement).toList()));
    if (begun.asked().basis() != Basis.PERIOD) {
      limits.add("What the draft promises of periods is told with basis=period.");
    }
    limits.addAll(Limits.of(done.compared().notReproduced(), done.compared().approximated()));
    return answers
        .report(begun.asked(), Numbers.counted())
        .map(report -> WhatIfJson.of(report, begun.draft(), done, limits, answers::owes));
  }

  private Uni<byte[]> line(Begun begun, Said said) {
    return switch (said) {
      case Progress(long read, long of) -> {
        var line = ReportJson.JSON.objectNode();
        line.putObject("progress").put("read", read).put("of", of);
        yield Uni.createFrom().item(bytes(line));
      }
      case Done done ->
          answer(begun, done)
              .map(result -> bytes(ReportJson.JSON.objectNode().set("result", result)));
    };
  }

  private static byte[] bytes(ObjectNode line) {
    return line.toString().getBytes(StandardCharsets.UTF_8);
  }
}
