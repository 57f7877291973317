package baton.handoff.charter.rest;

import static java.nio.charset.StandardCharsets.UTF_8;

import baton.charter.Agreement;
import baton.charter.Form;
import baton.charter.change.Change;
import baton.charter.change.Changes;
import baton.charter.print.Pages;
import baton.chassis.access.Caller;
import baton.chassis.access.CurrentCaller;
import baton.chassis.access.Role;
import baton.chassis.audit.Audit;
import baton.chassis.charter.Drafts;
import baton.chassis.command.CommandReader;
import baton.chassis.database.Transactions;
import baton.chassis.idempotency.Answer;
import baton.chassis.idempotency.Idempotency;
import baton.chassis.json.AnswerJson;
import baton.chassis.paging.Cursor;
import baton.chassis.paging.ETags;
import baton.chassis.paging.Page;
import baton.chassis.problem.Problem;
import baton.contracts.Side;
import baton.handoff.charter.Draft;
import baton.handoff.charter.Paper;
import baton.handoff.charter.Verdict;
import baton.handoff.charter.Version;
import baton.handoff.charter.Versions;
import com.fasterxml.jackson.databind.JsonNode;
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
import jakarta.ws.rs.core.Request;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import jakarta.ws.rs.core.Variant;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.jspecify.annotations.Nullable;

/** The agreement: proposed, read, compared, and signed by each side for itself. */
@Path("/charters")
@Produces(MediaType.APPLICATION_JSON)
@RolesAllowed({
  Role.Name.MARKETING,
  Role.Name.SALES,
  Role.Name.SALES_MANAGER,
  Role.Name.REPORT,
  Role.Name.ADMIN
})
class CharterResource {
  static final String YAML = Drafts.YAML;
  static final String OLDER_YAML = Drafts.OLDER_YAML;
  static final String TEXT_YAML = Drafts.TEXT_YAML;
  static final String MARKDOWN = "text/markdown";

  private static final List<Variant> FORMS =
      Variant.mediaTypes(
              MediaType.APPLICATION_JSON_TYPE,
              MediaType.valueOf(YAML),
              MediaType.valueOf(OLDER_YAML),
              MediaType.valueOf(TEXT_YAML),
              MediaType.TEXT_HTML_TYPE,
              MediaType.valueOf(MARKDOWN))
          .build();

  /** {@code contentHash} is that of the charter which the signatory has read. */
  record Signing(@Nullable Side side, @Nullable String contentHash) {}

  /** One of two charters that are compared. */
  record Compared(int version, String contentHash) {}

  record Difference(Compared from, Compared to, List<Change> changes) {}

  private record Sealed(Side side, String contentHash) {}

  private final Versions versions;
  private final Reading reading;
  private final Transactions transactions;
  private final Idempotency idempotency;
  private final Audit audit;
  private final CommandReader commands;
  private final CurrentCaller caller;
  private final InstantSource clock;

  CharterResource(
      Versions versions,
      Reading reading,
      Transactions transactions,
      Idempotency idempotency,
      Audit audit,
      CommandReader commands,
      CurrentCaller caller,
      InstantSource clock) {
    this.versions = versions;
    this.reading = reading;
    this.transactions = transactions;
    this.idempotency = idempotency;
    this.audit = audit;
    this.commands = commands;
    this.caller = caller;
    this.clock = clock;
  }

  @GET
  @Path("templates")
  @Operation(summary = "The names of the charters to start from")
  public Page<String> templates() {
    return new Page<>(Agreement.templates(), null);
  }

  @GET
  @Path("templates/{name}")
  @Produces({YAML, OLDER_YAML, TEXT_YAML})
  @Operation(summary = "A charter to start from, comments and all")
  public Response template(@PathParam("name") String name) {
    var text = Agreement.template(name);
    if (text == null) {
      throw Problem.notFound(
          "There is no such template; there are " + String.join(", ", Agreement.templates()) + ".");
    }
    return Response.ok(text.getBytes(UTF_8)).build();
  }

  @POST
  @Consumes({MediaType.APPLICATION_JSON, YAML, OLDER_YAML, TEXT_YAML})
  @RolesAllowed({Role.Name.MARKETING, Role.Name.SALES_MANAGER, Role.Name.ADMIN})
  @Operation(
      summary = "Propose a version",
      description =
          "Checked whole: all that is wrong is answered at once, with JSON Pointers. The same"
              + " content while it is still open is the same version.")
  @APIResponse(responseCode = "201", description = "Made; Location says where")
  @APIResponse(responseCode = "200", description = "What was there, as it is now")
  public Uni<Response> propose(
      @HeaderParam("Content-Type") @Nullable String contentType,
      @HeaderParam("Idempotency-Key") @Nullable String key,
      @Context UriInfo uri,
      @RequestBody(
              content = {
                @Content(
                    mediaType = MediaType.APPLICATION_JSON,
                    schema = @Schema(implementation = Object.class)),
                @Content(mediaType = YAML, schema = @Schema(implementation = Object.class))
              })
          byte @Nullable [] body) {
    var who = caller.get();
    var bytes = body == null ? new byte[0] : body;
    var form = Drafts.form(contentType);
    var path = uri.getPath();
    return reading
        .proposed(bytes, form)
        .map(agreement -> draft(agreement, form, bytes, who))
        .chain(
            draft ->
                idempotency.once(
                    key,
                    who,
                    path,
                    bytes,
                    tx ->
                        versions
                            .propose(tx, draft)
                            .call(kept -> noted(tx, "charter.proposed", kept.version()))
                            .map(
                                kept ->
                                    answer(kept.isNew() ? 201 : 200, kept.version())
                                        .with(
                                            "Location", "/charters/" + kept.version().number()))));
  }

  @GET
  public Uni<Page<CharterBody>> list(
      @QueryParam("limit") @Nullable Integer limit, @QueryParam("cursor") @Nullable String cursor) {
    var size = Cursor.limit(limit);
    var before = before(cursor);
    return transactions
        .run(tx -> versions.list(tx, before, size + 1))
        .map(found -> Page.of(found, size, CharterBody::of, last -> Cursor.of(last.number())));
  }

  @GET
  @Path("{version}")
  @Produces({
    MediaType.APPLICATION_JSON,
    YAML,
    OLDER_YAML,
    TEXT_YAML,
    MediaType.TEXT_HTML,
    MARKDOWN
  })
  @Operation(
      summary = "Read a version",
      description =
          "As JSON with its signatures, as YAML as it was proposed, or as HTML or Markdown fit to"
              + " print. Version 0 is what holds before any is signed.")
  public Uni<Response> read(@PathParam("version") String version, @Context Request request) {
    var number = number(version);
    var variant = request.selectVariant(FORMS);
    var type = variant == null ? MediaType.APPLICATION_JSON_TYPE : variant.getMediaType();
    var shown =
        switch (type.getSubtype()) {
          case "html" -> page(number, Pages::html);
          case "markdown" -> page(number, Pages::markdown);
          case "json" -> json(number);
          default -> yaml(number);
        };
    return shown.map(
        answer ->
            answer
                .type(type.withCharset("UTF-8"))
                .header("Vary", "Accept")
                .header("Content-Security-Policy", "default-src 'none'; style-src 'unsafe-inline'")
                .build());
  }

  @GET
  @Path("{version}/diff/{other}")
  @Operation(summary = "What the other version means that this one doesn't")
  public Uni<Difference> diff(
      @PathParam("version") String version, @PathParam("other") String other) {
    var from = number(version);
    var to = number(other);
    return transactions
        .run(
            tx ->
                document(tx, from)
                    .chain(before -> document(tx, to).map(after -> List.of(before, after))))
        .chain(both -> reading.aside(() -> difference(from, to, both)));
  }

  @POST
  @Path("{version}/signatures")
  @Consumes(MediaType.APPLICATION_JSON)
  @RolesAllowed({Role.Name.MARKETING, Role.Name.SALES_MANAGER})
  @Operation(
      summary = "Sign for your side",
      description =
          "marketing signs for marketing, sales-manager for sales, nobody for both. In force from"
              + " its effectiveFrom, or from the second signature if that is later.")
  @APIResponse(responseCode = "201", description = "Made; Location says where")
  @APIResponse(responseCode = "200", description = "What was there, as it is now")
  public Uni<Response> sign(
      @PathParam("version") String version,
      @HeaderParam("Idempotency-Key") @Nullable String key,
      @Context UriInfo uri,
      @RequestBody(content = @Content(schema = @Schema(implementation = Signing.class)))
          byte @Nullable [] body) {
    var who = caller.get();
    var bytes = body == null ? new byte[0] : body;
    var sealed =
        commands.make(
            bytes,
            Signing.class,
            (signing, faults) -> {
              faults.require(signing.side(), "/side");
              faults.require(signing.contentHash(), "/contentHash");
              return signing.side() == null
                  ? null
                  : new Sealed(signing.side(), String.valueOf(signing.contentHash()));
            });
    checkSide(who, sealed.side());
    var number = number(version);
    var path = uri.getPath();
    return transactions
        .run(tx -> paper(tx, number))
        .chain(paper -> reading.kept(number, paper.document()))
        .chain(
            agreement ->
                idempotency.once(
                    key,
                    who,
                    path,
                    bytes,
                    tx ->
                        versions
                            .sign(
                                tx,
                                number,
                                agreement,
                                charter ->
                                    charter.signed(
                                        agreement,
                                        sealed.side(),
                                        who.getName(),
                                        sealed.contentHash(),
                                        now()))
                            .call(
                                verdict ->
                                    verdict instanceof Verdict.Signed(var signed, _)
                                        ? noted(tx, "charter.signed", signed)
                                        : Uni.createFrom().voidItem())
                            .map(CharterResource::told)));
  }

  private Uni<Void> noted(SqlConnection tx, String act, Version version) {
    return audit.note(
        tx, act, Integer.toString(version.number()), Map.of("contentHash", version.contentHash()));
  }

  private static Answer told(Verdict verdict) {
    return switch (verdict) {
      case Verdict.Signed(var version, _) -> answer(201, version);
      case Verdict.Standing(var version) -> answer(200, version);
      case Verdict.Forbidden(var why) -> throw Problem.forbidden(why);
      case Verdict.Refused(var why, var state) -> throw Problem.conflict(why, state.word());
    };
  }

  private static Answer answer(int status, Version version) {
    return Answer.json(status, CharterBody.of(version)).with("ETag", ETags.of(version.revision()));
  }

  private Draft draft(Agreement agreement, Form form, byte[] body, Caller who) {
    return new Draft(
        agreement, form, new String(body, UTF_8), who.getName(), who.role().word(), now());
  }

  private Uni<Response.ResponseBuilder> json(int number) {
    return number == 0
        ? Uni.createFrom()
            .item(Response.ok(CharterBody.ofVersionZero()).header("ETag", ETags.of(0)))
        : transactions
            .run(tx -> paper(tx, number))
            .map(
                paper ->
                    Response.ok(CharterBody.of(paper))
                        .header("ETag", ETags.of(paper.version().revision())));
  }

  /** JSON is YAML too: what was proposed in JSON is answered as it was. */
  private Uni<Response.ResponseBuilder> yaml(int number) {
    return number == 0
        ? Uni.createFrom().item(Response.ok(AnswerJson.bytes(Agreement.versionZero().document())))
        : transactions
            .run(tx -> paper(tx, number))
            .map(paper -> Response.ok(paper.written().getBytes(UTF_8)));
  }

  private Uni<Response.ResponseBuilder> page(int number, Function<Agreement, String> print) {
    return transactions
        .run(tx -> document(tx, number))
        .chain(
            document ->
                reading.aside(
                    () ->
                        Response.ok(
                            print.apply(Reading.agreement(number, document)).getBytes(UTF_8))));
  }

  private static Difference difference(int from, int to, List<JsonNode> both) {
    var before = Reading.agreement(from, both.getFirst());
    var after = Reading.agreement(to, both.getLast());
    return new Difference(
        new Compared(from, before.contentHash()),
        new Compared(to, after.contentHash()),
        Changes.between(before, after));
  }

  private Uni<JsonNode> document(SqlConnection tx, int number) {
    return number == 0
        ? Uni.createFrom().item(Agreement.versionZero().document())
        : paper(tx, number).map(Paper::document);
  }

  private Uni<Paper> paper(SqlConnection tx, int number) {
    return versions.find(tx, number).map(found -> found.orElseThrow(CharterResource::unknown));
  }

  private Instant now() {
    return clock.instant().truncatedTo(ChronoUnit.MILLIS);
  }

  private static int number(String version) {
    try {
      return Integer.parseUnsignedInt(version);
    } catch (NumberFormatException noVersion) {
      throw unknown();
    }
  }

  private static @Nullable Integer before(@Nullable String cursor) {
    var keys = Cursor.read(cursor);
    try {
      return keys.isEmpty() ? null : Integer.valueOf(keys.getFirst());
    } catch (NumberFormatException anothers) {
      throw Problem.malformed(
          "The cursor is another list's: send back 'next' as it was, or none for the first page.");
    }
  }

  private static Problem unknown() {
    return Problem.notFound("There is no charter of this version.");
  }

  private static void checkSide(Caller who, Side side) {
    var signs = side == Side.MARKETING ? Role.MARKETING : Role.SALES_MANAGER;
    if (who.role() != signs) {
      throw Problem.forbidden(
          "Only a key of the role %s signs for %s.".formatted(signs.word(), side.word()));
    }
  }
}
