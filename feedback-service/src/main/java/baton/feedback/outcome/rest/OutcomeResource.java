package baton.feedback.outcome.rest;

import static baton.chassis.access.Role.Name.ADMIN;
import static baton.chassis.access.Role.Name.MARKETING;
import static baton.chassis.access.Role.Name.SALES;
import static baton.chassis.access.Role.Name.SALES_MANAGER;

import baton.chassis.access.Caller;
import baton.chassis.access.CurrentCaller;
import baton.chassis.command.PathId;
import baton.chassis.database.Transactions;
import baton.chassis.idempotency.Answer;
import baton.chassis.idempotency.Idempotency;
import baton.chassis.json.AnswerJson;
import baton.chassis.lines.Lines;
import baton.chassis.lines.Together;
import baton.chassis.paging.Cursor;
import baton.chassis.paging.ETags;
import baton.chassis.paging.Page;
import baton.chassis.problem.Problem;
import baton.feedback.outcome.Outcome;
import baton.feedback.outcome.Outcomes;
import baton.feedback.outcome.Teller;
import baton.feedback.outcome.Tellings;
import baton.feedback.outcome.Verdict;
import baton.feedback.outcome.Wanted;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.vertx.core.http.HttpServerRequest;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.List;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.jspecify.annotations.Nullable;

/** What became of leads. */
@Path("/outcomes")
@Produces(MediaType.APPLICATION_JSON)
class OutcomeResource {
  private final Tellings tellings;
  private final Outcomes outcomes;
  private final Idempotency idempotency;
  private final Transactions transactions;
  private final CurrentCaller callers;

  OutcomeResource(
      Tellings tellings,
      Outcomes outcomes,
      Idempotency idempotency,
      Transactions transactions,
      CurrentCaller callers) {
    this.tellings = tellings;
    this.outcomes = outcomes;
    this.idempotency = idempotency;
    this.transactions = transactions;
    this.callers = callers;
  }

  @POST
  @Consumes(MediaType.APPLICATION_JSON)
  @RolesAllowed({SALES, SALES_MANAGER, ADMIN})
  @APIResponse(responseCode = "201", description = "Made; Location says where")
  @APIResponse(responseCode = "200", description = "What was there, as it is now")
  public Uni<Response> tell(
      @HeaderParam("Idempotency-Key") @Nullable String key,
      @RequestBody(content = @Content(schema = @Schema(implementation = OutcomeTold.class)))
          byte[] body) {
    var caller = callers.get();
    var teller = teller(caller);
    var told = tellings.read(body, teller);
    return idempotency.once(
        key,
        caller,
        "/outcomes",
        body,
        tx -> outcomes.tell(tx, List.of(told), teller).map(verdicts -> reply(verdicts.getFirst())));
  }

  @POST
  @Path("batch")
  @Consumes("application/x-ndjson")
  @Produces("application/x-ndjson")
  @RolesAllowed({SALES, SALES_MANAGER, ADMIN})
  public Multi<byte[]> tellMany(@Context HttpServerRequest request) {
    var teller = teller(callers.get());
    return Lines.answers(
        request,
        new Together<>(
            line -> tellings.read(line, teller),
            tellings -> transactions.run(tx -> outcomes.tell(tx, tellings, teller)),
            OutcomeResource::reply));
  }

  private record LineAnswer(long line, int status, @JsonUnwrapped OutcomeAnswer outcome) {}

  private static byte[] reply(long number, Verdict verdict) {
    return switch (verdict) {
      case Verdict.Kept kept -> reply(number, kept.isNew() ? 201 : 200, kept.outcome());
      case Verdict.Unchanged(var outcome) -> reply(number, 200, outcome);
      case Verdict.NotYours() -> throw notYours();
    };
  }

  private static byte[] reply(long number, int status, Outcome outcome) {
    return AnswerJson.bytes(new LineAnswer(number, status, OutcomeAnswer.of(outcome)));
  }

  private static Teller teller(Caller caller) {
    return new Teller(caller.sellerId());
  }

  private static Answer reply(Verdict verdict) {
    return switch (verdict) {
      case Verdict.Kept kept -> reply(kept.isNew() ? 201 : 200, kept.outcome());
      case Verdict.Unchanged(var outcome) -> reply(200, outcome);
      case Verdict.NotYours() -> throw notYours();
    };
  }

  private static Answer reply(int status, Outcome outcome) {
    return Answer.json(status, OutcomeAnswer.of(outcome))
        .with("Location", "/outcomes/" + outcome.outcomeId())
        .with("ETag", ETags.of(outcome.revision()));
  }

  @GET
  @Path("{id}")
  @RolesAllowed({MARKETING, SALES, SALES_MANAGER, ADMIN})
  public Uni<Response> one(@PathParam("id") String id) {
    var teller = teller(callers.get());
    return outcomes
        .find(PathId.of(id, OutcomeResource::unknown))
        .map(
            found ->
                found
                    .filter(outcome -> teller.knows(outcome.told()))
                    .map(outcome -> reply(200, outcome).toResponse())
                    .orElseThrow(OutcomeResource::unknown));
  }

  @GET
  @RolesAllowed({MARKETING, SALES, SALES_MANAGER, ADMIN})
  public Uni<Page<OutcomeAnswer>> list(
      @QueryParam("state") @Nullable String state,
      @QueryParam("leadId") @Nullable UUID leadId,
      @QueryParam("seller") @Nullable String seller,
      @QueryParam("cursor") @Nullable String cursor,
      @QueryParam("limit") @Nullable Integer limit) {
    var own = callers.get().sellerId();
    return outcomes
        .list(
            new Wanted(
                matched(state),
                leadId,
                own == null ? seller : own,
                Cursor.id(cursor),
                Cursor.limit(limit)))
        .map(
            page -> new Page<>(page.items().stream().map(OutcomeAnswer::of).toList(), page.next()));
  }

  private static @Nullable Boolean matched(@Nullable String state) {
    return switch (state) {
      case null -> null;
      case OutcomeAnswer.MATCHED -> true;
      case OutcomeAnswer.UNMATCHED -> false;
      default -> throw Problem.invalid("/state", "must be one of matched, unmatched");
    };
  }

  private static Problem unknown() {
    return Problem.notFound("There is no outcome of this id.");
  }

  private static Problem notYours() {
    return Problem.notFound("There is no outcome of this externalId among yours.");
  }
}
