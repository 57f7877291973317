package baton.feedback.rating.rest;

import static baton.chassis.access.Role.Name.ADMIN;
import static baton.chassis.access.Role.Name.SALES;
import static baton.chassis.access.Role.Name.SALES_MANAGER;

import baton.chassis.access.Caller;
import baton.chassis.access.CurrentCaller;
import baton.chassis.charter.Charters;
import baton.chassis.command.CommandReader;
import baton.chassis.command.OccurredAt;
import baton.chassis.idempotency.Answer;
import baton.chassis.idempotency.Idempotency;
import baton.chassis.problem.Faults;
import baton.chassis.problem.Problem;
import baton.contracts.Vocabulary;
import baton.feedback.lead.LeadName;
import baton.feedback.rating.Feedback;
import baton.feedback.rating.Feedbacks;
import com.github.f4b6a3.uuid.UuidCreator;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.stream.Stream;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.jspecify.annotations.Nullable;

/** What sales thinks of a lead. */
@Path("/feedback")
@Produces(MediaType.APPLICATION_JSON)
class FeedbackResource {
  private static final int LONGEST_NOTE = 4000;
  private static final int LONGEST_NAME = 200;

  /** Feedback as it is sent. Under the {@code feedbackId} of an earlier one it corrects that. */
  record FeedbackGiven(
      @Nullable UUID feedbackId,
      @Nullable UUID leadId,
      @Nullable UUID handoffId,
      @Nullable Integer rating,
      @Nullable List<String> reasons,
      @Nullable List<String> objections,
      @Nullable List<String> painPoints,
      @Nullable String note,
      @Nullable String seller,
      @Nullable Instant occurredAt) {}

  /** Feedback as it is answered. */
  record FeedbackAnswer(
      UUID feedbackId,
      long revision,
      String state,
      @Nullable UUID leadId,
      @Nullable UUID passId,
      @Nullable UUID handoffId,
      @Nullable Integer rating,
      List<String> reasons,
      List<String> objections,
      List<String> painPoints,
      @Nullable String note,
      @Nullable String seller,
      Instant occurredAt,
      int charterVersion) {}

  private final CommandReader commands;
  private final Feedbacks feedbacks;
  private final Charters charters;
  private final Idempotency idempotency;
  private final CurrentCaller callers;
  private final InstantSource clock;

  FeedbackResource(
      CommandReader commands,
      Feedbacks feedbacks,
      Charters charters,
      Idempotency idempotency,
      CurrentCaller callers,
      InstantSource clock) {
    this.commands = commands;
    this.feedbacks = feedbacks;
    this.charters = charters;
    this.idempotency = idempotency;
    this.callers = callers;
    this.clock = clock;
  }

  @POST
  @Consumes(MediaType.APPLICATION_JSON)
  @RolesAllowed({SALES, SALES_MANAGER, ADMIN})
  @APIResponse(responseCode = "201", description = "Made; Location says where")
  @APIResponse(responseCode = "200", description = "What was there, as it is now")
  public Uni<Response> give(
      @HeaderParam("Idempotency-Key") @Nullable String key,
      @RequestBody(content = @Content(schema = @Schema(implementation = FeedbackGiven.class)))
          byte[] body) {
    var caller = callers.get();
    var now = clock.instant();
    var given =
        commands.read(body, FeedbackGiven.class, (command, faults) -> check(command, now, faults));
    var feedback = feedback(given, Caller.speaker(caller.sellerId(), given.seller()), now);
    return idempotency.once(
        key,
        caller,
        "/feedback",
        body,
        tx ->
            feedbacks
                .keep(tx, feedback, given.occurredAt() != null, caller.sellerId())
                .map(kept -> reply(kept.orElseThrow(() -> notYours(given)))));
  }

  private void check(FeedbackGiven given, Instant now, Faults faults) {
    if (given.leadId() == null && given.handoffId() == null) {
      faults.require(null, "/leadId");
    }
    if (given.leadId() != null && given.handoffId() != null) {
      faults.add("/handoffId", "must not be given beside leadId");
    }
    if (given.rating() != null && (given.rating() < 1 || given.rating() > 5)) {
      faults.add("/rating", "must be between 1 (useless) and 5 (ideal)");
    }
    var at = OccurredAt.check(given.occurredAt(), now, "/occurredAt", faults);
    var vocabulary = charters.vocabulary(charters.versionAt(at));
    words(given.reasons(), reasons(vocabulary), "/reasons", faults);
    words(given.objections(), vocabulary.objections(), "/objections", faults);
    words(given.painPoints(), vocabulary.painPoints(), "/painPoints", faults);
    faults.fits(given.note(), LONGEST_NOTE, "/note");
    faults.fits(given.seller(), LONGEST_NAME, "/seller");
    if (!faults.any() && saysNothing(given)) {
      faults.add("", "must say something: rating, reasons, objections, painPoints or note");
    }
  }

  private static List<String> reasons(Vocabulary vocabulary) {
    return Stream.of(
            vocabulary.rejectionReasons(), vocabulary.returnReasons(), vocabulary.lossReasons())
        .flatMap(List::stream)
        .distinct()
        .toList();
  }

  private static void words(
      @Nullable List<String> given, List<String> allowed, String pointer, Faults faults) {
    for (int i = 0; given != null && i < given.size(); i++) {
      var word = given.get(i);
      if (word != null && !allowed.contains(word)) {
        faults.addUnknown(pointer + "/" + i, allowed);
      }
    }
  }

  private static boolean saysNothing(FeedbackGiven given) {
    return given.rating() == null
        && said(given.reasons()).isEmpty()
        && said(given.objections()).isEmpty()
        && said(given.painPoints()).isEmpty()
        && (given.note() == null || given.note().isBlank());
  }

  private Feedback feedback(FeedbackGiven given, @Nullable String seller, Instant now) {
    var at = OccurredAt.check(given.occurredAt(), now, "/occurredAt", new Faults());
    return new Feedback(
        given.feedbackId() == null ? UuidCreator.getTimeOrderedEpochPlus1() : given.feedbackId(),
        1,
        given.leadId() != null
            ? LeadName.lead(given.leadId())
            : LeadName.handoff(Objects.requireNonNull(given.handoffId())),
        given.rating(),
        said(given.reasons()),
        said(given.objections()),
        said(given.painPoints()),
        given.note(),
        seller,
        at,
        charters.versionAt(at));
  }

  private static List<String> said(@Nullable List<String> words) {
    return words == null ? List.of() : words.stream().distinct().toList();
  }

  private static Answer reply(Feedbacks.Kept kept) {
    var feedback = kept.feedback();
    var fact = kept.fact();
    return Answer.json(
        kept.isNew() ? 201 : 200,
        new FeedbackAnswer(
            feedback.feedbackId(),
            feedback.revision(),
            fact == null ? "unmatched" : "matched",
            fact == null ? feedback.aboutLead() : fact.leadId(),
            fact == null ? null : fact.passId(),
            feedback.aboutHandoff(),
            feedback.rating(),
            feedback.reasons(),
            feedback.objections(),
            feedback.painPoints(),
            feedback.note(),
            fact == null ? feedback.sellerId() : fact.sellerId(),
            feedback.occurredAt(),
            feedback.charterVersion()));
  }

  private static Problem notYours(FeedbackGiven given) {
    return Problem.notFound(
        "There is no such %s%s among yours."
            .formatted(
                given.leadId() != null ? "lead" : "handoff",
                given.feedbackId() != null ? ", or no such feedback about it," : ""));
  }
}
