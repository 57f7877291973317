package baton.handoff.breach.rest;

import baton.chassis.access.Caller;
import baton.chassis.access.CurrentCaller;
import baton.chassis.access.Role;
import baton.chassis.audit.Audit;
import baton.chassis.command.CommandReader;
import baton.chassis.command.PathId;
import baton.chassis.database.Transactions;
import baton.chassis.idempotency.Answer;
import baton.chassis.idempotency.Idempotency;
import baton.chassis.paging.Cursor;
import baton.chassis.paging.ETags;
import baton.chassis.paging.Page;
import baton.chassis.problem.Faults;
import baton.chassis.problem.Problem;
import baton.contracts.BreachStep;
import baton.contracts.Side;
import baton.handoff.breach.Breach;
import baton.handoff.breach.Breach.Ruling;
import baton.handoff.breach.Breaches;
import baton.handoff.breach.Breaches.Filter;
import baton.handoff.breach.Breaches.Step;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
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
import jakarta.ws.rs.core.UriInfo;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.jspecify.annotations.Nullable;

/** Broken promises of both sides, with their evidence, and what the sides say to them. */
@Path("/breaches")
@Produces(MediaType.APPLICATION_JSON)
@RolesAllowed({Role.Name.MARKETING, Role.Name.SALES, Role.Name.SALES_MANAGER, Role.Name.ADMIN})
class BreachResource {
  private static final int REASON_LENGTH = 500;
  private static final byte[] NOTHING_SAID = "{}".getBytes(StandardCharsets.UTF_8);

  /** Why it is disputed; a dispute says so. */
  record Dispute(@Nullable String reason) {}

  /** Why the other side rules as it does, if it says so. */
  record Decision(@Nullable String reason) {}

  /** A breach as it is read; what was said of it only where one is read alone. */
  record BreachBody(
      UUID breachId,
      long revision,
      String state,
      String clauseId,
      String owedBy,
      @Nullable UUID handoffId,
      @Nullable UUID leadId,
      @Nullable UUID passId,
      @Nullable String sellerId,
      @Nullable String team,
      int charterVersion,
      Instant startedAt,
      Instant dueAt,
      Instant judgedAt,
      String tzdbVersion,
      @Nullable String reason,
      List<String> evidence,
      @Nullable List<StepBody> steps) {
    static BreachBody of(Breach breach, @Nullable List<StepBody> steps) {
      return new BreachBody(
          breach.breachId(),
          breach.revision(),
          breach.state().word(),
          breach.clauseId(),
          breach.owedBy().word(),
          breach.handoffId(),
          breach.leadId(),
          breach.passId(),
          breach.sellerId(),
          breach.team(),
          breach.charterVersion(),
          breach.startedAt(),
          breach.dueAt(),
          breach.judgedAt(),
          breach.tzdbVersion(),
          breach.reason(),
          breach.evidence(),
          steps);
    }
  }

  record StepBody(long revision, String step, Instant occurredAt, @Nullable String reason) {
    static StepBody of(Step step) {
      return new StepBody(step.revision(), step.step().word(), step.at(), step.reason());
    }
  }

  private final Breaches breaches;
  private final Transactions transactions;
  private final Idempotency idempotency;
  private final Audit audit;
  private final CommandReader commands;
  private final CurrentCaller caller;
  private final InstantSource clock;

  BreachResource(
      Breaches breaches,
      Transactions transactions,
      Idempotency idempotency,
      Audit audit,
      CommandReader commands,
      CurrentCaller caller,
      InstantSource clock) {
    this.breaches = breaches;
    this.transactions = transactions;
    this.idempotency = idempotency;
    this.audit = audit;
    this.commands = commands;
    this.caller = caller;
    this.clock = clock;
  }

  @GET
  public Uni<Page<BreachBody>> list(
      @QueryParam("owedBy") @Nullable String owedBy,
      @QueryParam("seller") @Nullable String seller,
      @QueryParam("clause") @Nullable String clause,
      @QueryParam("handoff") @Nullable UUID handoff,
      @QueryParam("state") List<String> states,
      @QueryParam("from") @Nullable Instant from,
      @QueryParam("to") @Nullable Instant to,
      @QueryParam("limit") @Nullable Integer limit,
      @QueryParam("cursor") @Nullable String cursor) {
    var faults = new Faults();
    var filter =
        new Filter(side(owedBy, faults), seller, clause, handoff, steps(states, faults), from, to);
    faults.throwIfAny();
    var own = caller.get().sellerId();
    if (own != null && seller != null && !own.equals(seller)) {
      return Uni.createFrom().item(new Page<>(List.of(), null));
    }
    var visible = own == null ? filter : filter.of(own);
    var size = Cursor.limit(limit);
    var after = Cursor.id(cursor);
    return transactions
        .run(tx -> breaches.list(tx, visible, after, size + 1))
        .map(
            found ->
                Page.of(
                    found,
                    size,
                    breach -> BreachBody.of(breach, null),
                    last -> Cursor.of(last.breachId())));
  }

  @GET
  @Path("{id}")
  public Uni<Response> read(@PathParam("id") String id) {
    var who = caller.get();
    var breachId = PathId.of(id, BreachResource::unknown);
    return transactions
        .run(
            tx ->
                breaches
                    .find(tx, breachId)
                    .map(found -> visible(found, who))
                    .chain(breach -> told(tx, breach)))
        .map(Answer::toResponse);
  }

  @POST
  @Path("{id}/dispute")
  @Consumes(MediaType.APPLICATION_JSON)
  @RolesAllowed({Role.Name.MARKETING, Role.Name.SALES_MANAGER, Role.Name.ADMIN})
  public Uni<Response> dispute(
      @PathParam("id") String id,
      @HeaderParam("Idempotency-Key") @Nullable String key,
      @Context UriInfo uri,
      @RequestBody(content = @Content(schema = @Schema(implementation = Dispute.class)))
          byte @Nullable [] body) {
    var said = said(body);
    var reason =
        commands.make(
            said,
            Dispute.class,
            (dispute, faults) -> {
              faults.require(dispute.reason(), "/reason");
              return checked(dispute.reason(), faults);
            });
    return ruled(id, key, uri, said, BreachStep.DISPUTED, reason.orElse(null));
  }

  @POST
  @Path("{id}/excuse")
  @Consumes(MediaType.APPLICATION_JSON)
  @RolesAllowed({Role.Name.MARKETING, Role.Name.SALES_MANAGER, Role.Name.ADMIN})
  public Uni<Response> excuse(
      @PathParam("id") String id,
      @HeaderParam("Idempotency-Key") @Nullable String key,
      @Context UriInfo uri,
      @RequestBody(content = @Content(schema = @Schema(implementation = Decision.class)))
          byte @Nullable [] body) {
    return ruled(id, key, uri, body, BreachStep.EXCUSED);
  }

  @POST
  @Path("{id}/uphold")
  @Consumes(MediaType.APPLICATION_JSON)
  @RolesAllowed({Role.Name.MARKETING, Role.Name.SALES_MANAGER, Role.Name.ADMIN})
  public Uni<Response> uphold(
      @PathParam("id") String id,
      @HeaderParam("Idempotency-Key") @Nullable String key,
      @Context UriInfo uri,
      @RequestBody(content = @Content(schema = @Schema(implementation = Decision.class)))
          byte @Nullable [] body) {
    return ruled(id, key, uri, body, BreachStep.UPHELD);
  }

  private Uni<Response> ruled(
      String id, @Nullable String key, UriInfo uri, byte @Nullable [] body, BreachStep step) {
    var said = said(body);
    var reason =
        commands.make(
            said, Decision.class, (decision, faults) -> checked(decision.reason(), faults));
    return ruled(id, key, uri, said, step, reason.orElse(null));
  }

  private Uni<Response> ruled(
      String id,
      @Nullable String key,
      UriInfo uri,
      byte[] said,
      BreachStep step,
      @Nullable String reason) {
    var who = caller.get();
    var breachId = PathId.of(id, BreachResource::unknown);
    var now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
    return idempotency.once(
        key,
        who,
        uri.getPath(),
        said,
        tx ->
            breaches
                .decide(tx, breachId, now, found -> ruled(visible(found, who), who, step, reason))
                .chain(breach -> told(tx, breach))
                .call(() -> audit.note(tx, "breach." + step.word(), breachId.toString())));
  }

  private static Breach ruled(Breach breach, Caller who, BreachStep step, @Nullable String reason) {
    var side = side(who);
    if (side != null && (side == breach.owedBy()) != (step == BreachStep.DISPUTED)) {
      throw Problem.forbidden(
          step == BreachStep.DISPUTED
              ? "Only the side that owes it, " + breach.owedBy().word() + ", disputes a breach."
              : "A breach of " + breach.owedBy().word() + "'s is for the other side to settle.");
    }
    return switch (breach.ruled(step, reason)) {
      case Ruling.Moved(var moved) -> moved;
      case Ruling.Refused(var why) ->
          throw Problem.conflict(
              "Not possible while the breach is " + breach.state().word() + ": " + why + ".",
              breach.state().word());
    };
  }

  /** For which side somebody speaks; null for who keeps the house for both. */
  private static @Nullable Side side(Caller who) {
    return switch (who.role()) {
      case MARKETING -> Side.MARKETING;
      case SALES, SALES_MANAGER -> Side.SALES;
      case ADMIN, CAPTURE, REPORT -> null;
    };
  }

  private Uni<Answer> told(SqlConnection tx, Breach breach) {
    return breaches
        .steps(tx, breach.breachId())
        .map(
            steps ->
                Answer.json(200, BreachBody.of(breach, steps.stream().map(StepBody::of).toList()))
                    .with("ETag", ETags.of(breach.revision())));
  }

  /** Another seller's breach isn't there, as far as a seller can tell. */
  private static Breach visible(Optional<Breach> found, Caller who) {
    return found
        .filter(breach -> who.sellerId() == null || who.sellerId().equals(breach.sellerId()))
        .orElseThrow(BreachResource::unknown);
  }

  private static Problem unknown() {
    return Problem.notFound("There is no such breach.");
  }

  private static Optional<String> checked(@Nullable String reason, Faults faults) {
    if (reason != null && (reason.isBlank() || reason.length() > REASON_LENGTH)) {
      faults.add("/reason", "must be 1 to " + REASON_LENGTH + " characters");
    }
    return Optional.ofNullable(reason);
  }

  private static byte[] said(byte @Nullable [] body) {
    return body == null || body.length == 0 ? NOTHING_SAID : body;
  }

  private static @Nullable Side side(@Nullable String word, Faults faults) {
    return word == null ? null : faults.oneOf(Side.values(), Side::word, word, "/owedBy");
  }

  private static EnumSet<BreachStep> steps(List<String> words, Faults faults) {
    var named = EnumSet.noneOf(BreachStep.class);
    for (var word : words) {
      var step = faults.oneOf(BreachStep.values(), BreachStep::word, word, "/state");
      if (step != null) {
        named.add(step);
      }
    }
    return named;
  }
}
