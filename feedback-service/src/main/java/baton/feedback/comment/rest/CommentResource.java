package baton.feedback.comment.rest;

import static baton.chassis.access.Role.Name.ADMIN;
import static baton.chassis.access.Role.Name.MARKETING;
import static baton.chassis.access.Role.Name.SALES;
import static baton.chassis.access.Role.Name.SALES_MANAGER;

import baton.chassis.access.Caller;
import baton.chassis.access.CurrentCaller;
import baton.chassis.command.CommandReader;
import baton.chassis.command.OccurredAt;
import baton.chassis.idempotency.Answer;
import baton.chassis.idempotency.Idempotency;
import baton.chassis.paging.Cursor;
import baton.chassis.paging.Page;
import baton.chassis.problem.Faults;
import baton.chassis.problem.Problem;
import baton.feedback.comment.Comment;
import baton.feedback.comment.Comments;
import com.github.f4b6a3.uuid.UuidCreator;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.time.Instant;
import java.time.InstantSource;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.jspecify.annotations.Nullable;

/** The thread both sides write in about a lead. */
@Path("/comments")
@Produces(MediaType.APPLICATION_JSON)
@RolesAllowed({MARKETING, SALES, SALES_MANAGER, ADMIN})
class CommentResource {
  private static final int LONGEST = 4000;

  /** A comment as it is sent. */
  record Writing(@Nullable UUID leadId, @Nullable String text, @Nullable Instant occurredAt) {}

  /** Who wrote it: the key, its role, and the seller it speaks for. */
  record Author(String role, String keyId, @Nullable String seller) {}

  record CommentAnswer(
      UUID commentId, UUID leadId, Author author, String text, Instant occurredAt) {
    static CommentAnswer of(Comment comment) {
      return new CommentAnswer(
          comment.commentId(),
          comment.leadId(),
          new Author(comment.role(), comment.keyId(), comment.sellerId()),
          comment.text(),
          comment.occurredAt());
    }
  }

  private final CommandReader commands;
  private final Comments comments;
  private final Idempotency idempotency;
  private final CurrentCaller callers;
  private final InstantSource clock;

  CommentResource(
      CommandReader commands,
      Comments comments,
      Idempotency idempotency,
      CurrentCaller callers,
      InstantSource clock) {
    this.commands = commands;
    this.comments = comments;
    this.idempotency = idempotency;
    this.callers = callers;
    this.clock = clock;
  }

  @POST
  @Consumes(MediaType.APPLICATION_JSON)
  @Operation(summary = "Write about a lead, for both sides to read")
  @APIResponse(responseCode = "201", description = "Written")
  public Uni<Response> write(
      @HeaderParam("Idempotency-Key") @Nullable String key,
      @RequestBody(content = @Content(schema = @Schema(implementation = Writing.class)))
          byte[] body) {
    var caller = callers.get();
    var now = clock.instant();
    var comment =
        commands.make(
            body, Writing.class, (writing, faults) -> comment(writing, caller, now, faults));
    return known(comment.leadId(), caller)
        .chain(
            () ->
                idempotency.once(
                    key,
                    caller,
                    "/comments",
                    body,
                    tx ->
                        comments
                            .write(tx, comment)
                            .replaceWith(() -> Answer.json(201, CommentAnswer.of(comment)))));
  }

  private static @Nullable Comment comment(
      Writing writing, Caller caller, Instant now, Faults faults) {
    faults.require(writing.leadId(), "/leadId");
    faults.require(writing.text(), "/text");
    faults.fits(writing.text(), LONGEST, "/text");
    var at = OccurredAt.check(writing.occurredAt(), now, "/occurredAt", faults);
    return writing.leadId() == null || writing.text() == null
        ? null
        : new Comment(
            UuidCreator.getTimeOrderedEpochPlus1(),
            writing.leadId(),
            caller.role().word(),
            caller.keyId(),
            caller.sellerId(),
            writing.text(),
            at);
  }

  @GET
  @Operation(summary = "What was written about a lead, in the order it was written")
  public Uni<Page<CommentAnswer>> list(
      @QueryParam("leadId") @Nullable UUID leadId,
      @QueryParam("cursor") @Nullable String cursor,
      @QueryParam("limit") @Nullable Integer limit) {
    if (leadId == null) {
      throw Problem.invalid("/leadId", "is required");
    }
    var after = Cursor.id(cursor);
    int most = Cursor.limit(limit);
    return known(leadId, callers.get())
        .chain(() -> comments.about(leadId, after, most))
        .map(
            page -> new Page<>(page.items().stream().map(CommentAnswer::of).toList(), page.next()));
  }

  private Uni<Void> known(UUID leadId, Caller caller) {
    return comments
        .isKnown(leadId, caller.sellerId())
        .invoke(
            known -> {
              if (!known) {
                throw Problem.notFound("There is no such lead among yours.");
              }
            })
        .replaceWithVoid();
  }
}
