package baton.feedback.step.rest;

import static baton.chassis.access.Role.Name.ADMIN;
import static baton.chassis.access.Role.Name.MARKETING;
import static baton.chassis.access.Role.Name.SALES;
import static baton.chassis.access.Role.Name.SALES_MANAGER;

import baton.chassis.access.CurrentCaller;
import baton.chassis.database.Transactions;
import baton.chassis.idempotency.Answer;
import baton.chassis.idempotency.Idempotency;
import baton.chassis.json.AnswerJson;
import baton.chassis.lines.Lines;
import baton.chassis.lines.Together;
import baton.chassis.paging.Cursor;
import baton.chassis.paging.ETags;
import baton.chassis.paging.Page;
import baton.chassis.problem.Faults;
import baton.chassis.problem.Problem;
import baton.contracts.ExternalId;
import baton.contracts.SellerStep;
import baton.feedback.lead.LeadName;
import baton.feedback.step.Deeds;
import baton.feedback.step.Step;
import baton.feedback.step.Step.Verdict;
import baton.feedback.step.Steps;
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
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.jspecify.annotations.Nullable;

/** What sellers do in their CRM. */
@Path("/sales-steps")
@Produces(MediaType.APPLICATION_JSON)
class StepResource {
  private static final String MATCHED = "matched";
  private static final String UNMATCHED = "unmatched";

  /** A sales step as it is answered. */
  record StepAnswer(
      UUID stepId,
      String state,
      long revision,
      @Nullable UUID leadId,
      @Nullable ExternalId leadExternalId,
      SellerStep step,
      @Nullable String channel,
      @Nullable String seller,
      @Nullable String reason,
      @Nullable ExternalId externalId,
      Instant occurredAt,
      int charterVersion) {
    static StepAnswer of(Step step) {
      var deed = step.deed();
      var name = deed.lead();
      var told = name.kind() == LeadName.Kind.LEAD ? UUID.fromString(name.id()) : null;
      return new StepAnswer(
          step.stepId(),
          step.leadId() == null ? UNMATCHED : MATCHED,
          step.revision(),
          step.leadId() == null ? told : step.leadId(),
          told == null ? new ExternalId(name.system(), name.id()) : null,
          deed.step(),
          deed.channel(),
          deed.sellerId(),
          deed.reason(),
          deed.externalId(),
          deed.occurredAt(),
          deed.charterVersion());
    }
  }

  private record LineAnswer(long line, int status, @JsonUnwrapped StepAnswer step) {}

  private final Deeds deeds;
  private final Steps steps;
  private final Idempotency idempotency;
  private final Transactions transactions;
  private final CurrentCaller callers;

  StepResource(
      Deeds deeds,
      Steps steps,
      Idempotency idempotency,
      Transactions transactions,
      CurrentCaller callers) {
    this.deeds = deeds;
    this.steps = steps;
    this.idempotency = idempotency;
    this.transactions = transactions;
    this.callers = callers;
  }

  @POST
  @Consumes(MediaType.APPLICATION_JSON)
  @RolesAllowed({SALES, SALES_MANAGER, ADMIN})
  @Operation(
      summary = "Tell what a seller did in the CRM",
      description =
          "The step's own externalId again corrects it. It is published once its lead is known, and"
              + " moves the lead's handoff as if it had been posted there.")
  @APIResponse(responseCode = "201", description = "Made; Location says where")
  @APIResponse(responseCode = "200", description = "What was there, as it is now")
  public Uni<Response> tell(
      @HeaderParam("Idempotency-Key") @Nullable String key,
      @RequestBody(content = @Content(schema = @Schema(implementation = StepTold.class)))
          byte[] body) {
    var caller = callers.get();
    var deed = deeds.read(body, caller.sellerId());
    return idempotency.once(
        key,
        caller,
        "/sales-steps",
        body,
        tx ->
            steps
                .tell(tx, List.of(deed), caller.sellerId())
                .map(
                    verdicts -> {
                      var taken = taken(verdicts.getFirst());
                      return Answer.json(taken.status(), taken.step())
                          .with("ETag", ETags.of(taken.step().revision()));
                    }));
  }

  @POST
  @Path("batch")
  @Consumes("application/x-ndjson")
  @Produces("application/x-ndjson")
  @RolesAllowed({SALES, SALES_MANAGER, ADMIN})
  public Multi<byte[]> tellMany(@Context HttpServerRequest request) {
    var seller = callers.get().sellerId();
    return Lines.answers(
        request,
        new Together<>(
            line -> deeds.read(line, seller),
            told -> transactions.run(tx -> steps.tell(tx, told, seller)),
            (number, verdict) -> {
              var taken = taken(verdict);
              return AnswerJson.bytes(new LineAnswer(number, taken.status(), taken.step()));
            }));
  }

  private record Taken(int status, StepAnswer step) {}

  private static Taken taken(Verdict verdict) {
    return switch (verdict) {
      case Verdict.Kept(var step, var isNew) -> new Taken(isNew ? 201 : 200, StepAnswer.of(step));
      case Verdict.Unchanged(var step) -> new Taken(200, StepAnswer.of(step));
      case Verdict.NotYours() ->
          throw Problem.notFound("There is no sales step of this externalId among yours.");
      case Verdict.OfAnotherLead() ->
          throw Problem.conflict("The step of this externalId is another lead's.", "told");
    };
  }

  @GET
  @RolesAllowed({MARKETING, SALES, SALES_MANAGER, ADMIN})
  public Uni<Page<StepAnswer>> list(
      @QueryParam("state") @Nullable String state,
      @QueryParam("leadId") @Nullable UUID leadId,
      @QueryParam("seller") @Nullable String seller,
      @QueryParam("step") @Nullable String step,
      @QueryParam("cursor") @Nullable String cursor,
      @QueryParam("limit") @Nullable Integer limit) {
    var faults = new Faults();
    var matched =
        faults.oneOfIfGiven(new String[] {MATCHED, UNMATCHED}, word -> word, state, "/state");
    var wanted = faults.oneOfIfGiven(SellerStep.values(), SellerStep::word, step, "/step");
    faults.throwIfAny();
    var own = callers.get().sellerId();
    return steps
        .list(
            new Steps.Wanted(
                matched == null ? null : matched.equals(MATCHED),
                leadId,
                own == null ? seller : own,
                wanted,
                Cursor.id(cursor),
                Cursor.limit(limit)))
        .map(page -> new Page<>(page.items().stream().map(StepAnswer::of).toList(), page.next()));
  }
}
