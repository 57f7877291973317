package baton.feedback.content.rest;

import static baton.chassis.access.Role.Name.ADMIN;
import static baton.chassis.access.Role.Name.MARKETING;
import static baton.chassis.access.Role.Name.SALES;
import static baton.chassis.access.Role.Name.SALES_MANAGER;

import baton.charter.Persona;
import baton.chassis.access.Caller;
import baton.chassis.access.CurrentCaller;
import baton.chassis.charter.Charters;
import baton.chassis.command.CommandReader;
import baton.chassis.command.OccurredAt;
import baton.chassis.command.PathId;
import baton.chassis.database.Transactions;
import baton.chassis.idempotency.Answer;
import baton.chassis.idempotency.Idempotency;
import baton.chassis.paging.Cursor;
import baton.chassis.paging.ETags;
import baton.chassis.paging.Page;
import baton.chassis.problem.Faults;
import baton.chassis.problem.Problem;
import baton.contracts.RequestStep;
import baton.contracts.Side;
import baton.feedback.content.Request;
import baton.feedback.content.Request.Verdict;
import baton.feedback.content.Requests;
import baton.feedback.content.Requests.Wanted;
import com.github.f4b6a3.uuid.UuidCreator;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.PATCH;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collection;
import java.util.EnumSet;
import java.util.List;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.jspecify.annotations.Nullable;

/** Sales asks for material, marketing answers. */
@Path("/content-requests")
@Produces(MediaType.APPLICATION_JSON)
@RolesAllowed({MARKETING, SALES, SALES_MANAGER, ADMIN})
class ContentRequestResource {
  private static final int LONGEST_TEXT = 4000;

  /** What is missing, in words of the charter or in one's own. */
  record Wish(
      @Nullable String objection,
      @Nullable String painPoint,
      @Nullable String persona,
      @Nullable String note,
      @Nullable Instant occurredAt) {}

  /** How far it is now; {@code reply} says where the material is, or why there will be none. */
  record Reply(@Nullable String state, @Nullable String reply, @Nullable Instant occurredAt) {}

  record RequestAnswer(
      UUID requestId,
      long revision,
      String state,
      Instant since,
      Instant requestedAt,
      @Nullable String objection,
      @Nullable String painPoint,
      @Nullable String persona,
      @Nullable String note,
      @Nullable String reply,
      @Nullable String seller,
      int charterVersion) {
    static RequestAnswer of(Request request) {
      return new RequestAnswer(
          request.requestId(),
          request.revision(),
          request.state().word(),
          request.since(),
          request.requestedAt(),
          request.objection(),
          request.painPoint(),
          request.persona(),
          request.note(),
          request.reply(),
          request.sellerId(),
          request.charterVersion());
    }
  }

  private final CommandReader commands;
  private final Requests requests;
  private final Charters charters;
  private final Idempotency idempotency;
  private final Transactions transactions;
  private final CurrentCaller callers;
  private final InstantSource clock;

  ContentRequestResource(
      CommandReader commands,
      Requests requests,
      Charters charters,
      Idempotency idempotency,
      Transactions transactions,
      CurrentCaller callers,
      InstantSource clock) {
    this.commands = commands;
    this.requests = requests;
    this.charters = charters;
    this.idempotency = idempotency;
    this.transactions = transactions;
    this.callers = callers;
    this.clock = clock;
  }

  @POST
  @Consumes(MediaType.APPLICATION_JSON)
  @RolesAllowed({SALES, SALES_MANAGER, ADMIN})
  @Operation(summary = "Ask for material against an objection or about a pain point")
  @APIResponse(responseCode = "201", description = "Made; Location says where")
  public Uni<Response> ask(
      @HeaderParam("Idempotency-Key") @Nullable String key,
      @RequestBody(content = @Content(schema = @Schema(implementation = Wish.class))) byte[] body) {
    var caller = callers.get();
    var now = clock.instant();
    var request =
        commands.make(body, Wish.class, (wish, faults) -> asked(wish, caller, now, faults));
    return idempotency.once(
        key,
        caller,
        "/content-requests",
        body,
        tx -> requests.open(tx, request).replaceWith(() -> answer(201, request)));
  }

  @GET
  public Uni<Page<RequestAnswer>> list(
      @QueryParam("state") List<String> states,
      @QueryParam("objection") @Nullable String objection,
      @QueryParam("painPoint") @Nullable String painPoint,
      @QueryParam("persona") @Nullable String persona,
      @QueryParam("limit") @Nullable Integer limit,
      @QueryParam("cursor") @Nullable String cursor) {
    var faults = new Faults();
    var wanted = EnumSet.noneOf(RequestStep.class);
    for (var word : states) {
      var state = faults.oneOf(RequestStep.values(), RequestStep::word, word, "/state");
      if (state != null) {
        wanted.add(state);
      }
    }
    faults.throwIfAny();
    return requests
        .list(
            new Wanted(
                wanted,
                objection,
                painPoint,
                persona,
                callers.get().sellerId(),
                Cursor.id(cursor),
                Cursor.limit(limit)))
        .map(
            page -> new Page<>(page.items().stream().map(RequestAnswer::of).toList(), page.next()));
  }

  @GET
  @Path("{id}")
  public Uni<Response> one(@PathParam("id") String id) {
    var caller = callers.get();
    return requests
        .find(PathId.of(id, ContentRequestResource::unknown))
        .map(
            found ->
                found
                    .filter(request -> knows(caller, request))
                    .map(request -> answer(200, request).toResponse())
                    .orElseThrow(ContentRequestResource::unknown));
  }

  @PATCH
  @Path("{id}")
  @Consumes({"application/merge-patch+json", MediaType.APPLICATION_JSON})
  @Operation(
      summary = "Take the next step",
      description =
          "Marketing accepts, delivers or declines; sales confirms what was delivered. 409 with the"
              + " state where the step isn't possible.")
  public Uni<Response> answer(
      @PathParam("id") String id,
      @HeaderParam("If-Match") @Nullable String ifMatch,
      @RequestBody(content = @Content(schema = @Schema(implementation = Reply.class)))
          byte[] body) {
    var requestId = PathId.of(id, ContentRequestResource::unknown);
    var now = clock.instant();
    var answer = commands.make(body, Reply.class, (reply, faults) -> answered(reply, now, faults));
    var caller = callers.get();
    checkSide(caller, answer.step());
    return transactions
        .run(
            tx ->
                requests.decide(
                    tx,
                    requestId,
                    request -> {
                      if (!knows(caller, request)) {
                        throw unknown();
                      }
                      ETags.match(ifMatch, request.revision());
                      return request.answered(answer);
                    }))
        .map(
            verdict ->
                switch (verdict.orElseThrow(ContentRequestResource::unknown)) {
                  case Verdict.Moved(var request) -> answer(200, request).toResponse();
                  case Verdict.Refused(var why, var state) ->
                      throw Problem.conflict(why, state.word());
                  case Verdict.TooEarly(var since) ->
                      throw Problem.invalid(
                          "/occurredAt", "must not be before %s, its last step".formatted(since));
                });
  }

  private @Nullable Request asked(Wish wish, Caller caller, Instant now, Faults faults) {
    var at = OccurredAt.check(wish.occurredAt(), now, "/occurredAt", faults);
    var version = charters.versionAt(at);
    var vocabulary = charters.vocabulary(version);
    var personas =
        charters.agreement(version).terms().personas().stream().map(Persona::id).toList();
    word(wish.objection(), vocabulary.objections(), "/objection", faults);
    word(wish.painPoint(), vocabulary.painPoints(), "/painPoint", faults);
    word(wish.persona(), personas, "/persona", faults);
    faults.fits(wish.note(), LONGEST_TEXT, "/note");
    if (!faults.any()
        && wish.objection() == null
        && wish.painPoint() == null
        && (wish.note() == null || wish.note().isBlank())) {
      faults.add("", "must say what is missing: objection, painPoint or note");
    }
    return new Request(
        UuidCreator.getTimeOrderedEpochPlus1(),
        1,
        RequestStep.REQUESTED,
        at,
        version,
        at,
        wish.objection(),
        wish.painPoint(),
        wish.persona(),
        wish.note(),
        null,
        caller.sellerId());
  }

  private Request.@Nullable Answer answered(Reply reply, Instant now, Faults faults) {
    faults.require(reply.state(), "/state");
    faults.fits(reply.reply(), LONGEST_TEXT, "/reply");
    var at = OccurredAt.check(reply.occurredAt(), now, "/occurredAt", faults);
    var step =
        faults.oneOfIfGiven(RequestStep.values(), RequestStep::word, reply.state(), "/state");
    return step == null
        ? null
        : new Request.Answer(
            step, reply.reply(), at, reply.occurredAt() != null, charters.versionAt(at));
  }

  private static void word(
      @Nullable String word, Collection<String> allowed, String pointer, Faults faults) {
    if (word != null && !allowed.contains(word)) {
      if (allowed.isEmpty()) {
        faults.add(pointer, "must be left out: the charter names none");
      } else {
        faults.addUnknown(pointer, allowed);
      }
    }
  }

  /** A seller's own key sees what that seller asked for. */
  private static boolean knows(Caller who, Request request) {
    return who.sellerId() == null || who.sellerId().equals(request.sellerId());
  }

  private static void checkSide(Caller who, RequestStep step) {
    var side = Request.takenBy(step);
    var may =
        switch (who.role()) {
          case ADMIN -> true;
          case MARKETING -> side == Side.MARKETING;
          case SALES, SALES_MANAGER -> side == Side.SALES;
          case CAPTURE, REPORT -> false;
        };
    if (!may) {
      throw Problem.forbidden(
          "A request is %s by %s; this key is of the role %s."
              .formatted(step.word(), side.word(), who.role().word()));
    }
  }

  private static Answer answer(int status, Request request) {
    return Answer.json(status, RequestAnswer.of(request))
        .with("Location", "/content-requests/" + request.requestId())
        .with("ETag", ETags.of(request.revision()));
  }

  private static Problem unknown() {
    return Problem.notFound("There is no content request of this id.");
  }
}
