package baton.lead.campaign.rest;

import static baton.chassis.access.Role.Name.ADMIN;
import static baton.chassis.access.Role.Name.MARKETING;
import static baton.chassis.access.Role.Name.SALES;
import static baton.chassis.access.Role.Name.SALES_MANAGER;

import baton.chassis.access.CurrentCaller;
import baton.chassis.audit.Audit;
import baton.chassis.charter.Charters;
import baton.chassis.command.CommandReader;
import baton.chassis.command.MergePatch;
import baton.chassis.command.OccurredAt;
import baton.chassis.command.Sum;
import baton.chassis.database.Transactions;
import baton.chassis.idempotency.Answer;
import baton.chassis.idempotency.Idempotency;
import baton.chassis.json.AnswerJson;
import baton.chassis.json.ContentType;
import baton.chassis.lines.WholeBody;
import baton.chassis.paging.Cursor;
import baton.chassis.paging.ETags;
import baton.chassis.paging.Page;
import baton.chassis.problem.Faults;
import baton.chassis.problem.Problem;
import baton.chassis.table.Csv;
import baton.contracts.Json;
import baton.contracts.Money;
import baton.contracts.ReviewVerdict;
import baton.contracts.SpendKind;
import baton.lead.campaign.Campaigns;
import baton.lead.campaign.Campaigns.Entry;
import baton.lead.campaign.Campaigns.Listed;
import baton.lead.campaign.Campaigns.Search;
import baton.lead.campaign.DaySpend;
import baton.lead.campaign.Described;
import baton.lead.campaign.Plan;
import baton.lead.campaign.Review;
import baton.lead.campaign.State;
import baton.lead.campaign.rest.WrittenAmount.DecimalSign;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.github.f4b6a3.uuid.UuidCreator;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.infrastructure.Infrastructure;
import io.vertx.core.http.HttpServerRequest;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.PATCH;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.math.BigDecimal;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.jspecify.annotations.Nullable;

/** The calendar of campaigns: marketing plans, sales reviews. */
@Path("/campaigns")
@Produces(MediaType.APPLICATION_JSON)
class CampaignResource {
  private static final String MERGE_PATCH = "application/merge-patch+json";
  private static final int LARGEST_FILE = 8 * 1024 * 1024;
  private static final int COMMENT = 2000;
  private static final String UNDATED = "";

  /** What sales says of a campaign. */
  record ReviewBody(
      @Nullable ReviewVerdict verdict, @Nullable String comment, @Nullable Instant occurredAt) {}

  /** What a campaign cost on a day; media unless another kind is said. */
  record SpendBody(@Nullable Sum amount, @Nullable SpendKind kind) {}

  /** What a file of spend said, and of which campaigns it changed something. */
  record FileTaken(int lines, int amounts, List<String> changed, List<String> stubs) {}

  private final Campaigns campaigns;
  private final CommandReader commands;
  private final Transactions transactions;
  private final Idempotency idempotency;
  private final Audit audit;
  private final CurrentCaller callers;
  private final Charters charters;
  private final InstantSource clock;

  CampaignResource(
      Campaigns campaigns,
      CommandReader commands,
      Transactions transactions,
      Idempotency idempotency,
      Audit audit,
      CurrentCaller callers,
      Charters charters,
      InstantSource clock) {
    this.campaigns = campaigns;
    this.commands = commands;
    this.transactions = transactions;
    this.idempotency = idempotency;
    this.audit = audit;
    this.callers = callers;
    this.charters = charters;
    this.clock = clock;
  }

  @GET
  @RolesAllowed({MARKETING, SALES, SALES_MANAGER, ADMIN})
  @Operation(
      summary = "The calendar",
      description = "By first day; campaigns without one come last. from and to: those that run.")
  public Uni<Page<CampaignView>> calendar(
      @QueryParam("state") @Nullable String state,
      @QueryParam("owner") @Nullable String owner,
      @QueryParam("channel") @Nullable String channel,
      @QueryParam("from") @Nullable LocalDate from,
      @QueryParam("to") @Nullable LocalDate to,
      @QueryParam("q") @Nullable String q,
      @QueryParam("limit") @Nullable Integer limit,
      @QueryParam("cursor") @Nullable String cursor) {
    var faults = new Faults();
    var wanted = faults.oneOfIfGiven(State.values(), State::word, state, "/state");
    if (from != null && to != null && !from.isBefore(to)) {
      faults.add("/to", "must be after from: it is the day after the last");
    }
    faults.throwIfAny();
    int most = Cursor.limit(limit);
    var today = today();
    var search =
        new Search(
            wanted,
            owner,
            channel,
            from,
            to,
            q == null || q.isBlank() ? null : q.strip(),
            after(cursor),
            most + 1);
    return transactions
        .run(tx -> campaigns.list(tx, search, today))
        .map(
            found ->
                Page.of(
                    found,
                    most,
                    listed -> CampaignView.of(listed, today),
                    CampaignResource::cursor));
  }

  private static String cursor(Listed last) {
    var startsOn = last.campaign().startsOn();
    return Cursor.of(startsOn == null ? UNDATED : startsOn, last.campaign().campaignId());
  }

  private static Search.@Nullable After after(@Nullable String cursor) {
    var keys = Cursor.read(cursor, 2);
    if (keys.isEmpty()) {
      return null;
    }
    try {
      var startsOn = keys.getFirst();
      return new Search.After(
          startsOn.equals(UNDATED) ? null : LocalDate.parse(startsOn), keys.get(1));
    } catch (DateTimeException anothers) {
      throw Cursor.ofAnotherList();
    }
  }

  @GET
  @Path("{campaignId}")
  @RolesAllowed({MARKETING, SALES, SALES_MANAGER, ADMIN})
  public Uni<Response> campaign(@PathParam("campaignId") String campaignId) {
    return transactions
        .run(tx -> campaigns.find(tx, campaignId))
        .map(found -> answer(found, 200).toResponse());
  }

  @POST
  @Consumes(MediaType.APPLICATION_JSON)
  @RolesAllowed({MARKETING, ADMIN})
  @Operation(
      summary = "Plan a campaign",
      description =
          "201, or 200 where leads had named it before. Its first day is announced with it.")
  @APIResponse(responseCode = "201", description = "Made; Location says where")
  @APIResponse(responseCode = "200", description = "What was there, as it is now")
  public Uni<Response> plan(
      @HeaderParam("Idempotency-Key") @Nullable String key,
      @RequestBody(content = @Content(schema = @Schema(implementation = PlanBody.class)))
          byte[] body) {
    record Wanted(String campaignId, Plan plan, Instant at) {}
    var wanted =
        commands.make(
            body,
            PlanBody.class,
            (said, faults) ->
                new Wanted(
                    String.valueOf(PlanBody.id(said.campaignId(), "/campaignId", faults)),
                    said.plan(faults),
                    at(said.occurredAt(), faults)));
    return idempotency.once(
        key,
        callers.get(),
        "/campaigns",
        body,
        tx -> {
          var isNew = new boolean[1];
          return campaigns
              .describe(
                  tx,
                  wanted.campaignId(),
                  wanted.at(),
                  before -> {
                    isNew[0] = before.isEmpty();
                    if (before.filter(known -> !known.campaign().stub()).isPresent()) {
                      throw Problem.conflict(
                          "There is a campaign with this id: PATCH it, or choose another id.",
                          state(before.orElseThrow()).word());
                    }
                    return described(wanted.plan(), before, wanted.at());
                  })
              .call(() -> audit.note(tx, "campaign.planned", wanted.campaignId()))
              .map(entry -> answer(Optional.of(entry), isNew[0] ? 201 : 200))
              .map(answer -> answer.with("Location", location(wanted.campaignId())));
        });
  }

  @PATCH
  @Path("{campaignId}")
  @Consumes({MERGE_PATCH, MediaType.APPLICATION_JSON})
  @RolesAllowed({MARKETING, ADMIN})
  @Operation(
      summary = "Change a plan",
      description =
          "JSON merge patch. Another first day is announced now; what sales approved has to be"
              + " approved again where more changes than name and owner.")
  public Uni<Response> edit(
      @PathParam("campaignId") String campaignId,
      @HeaderParam(HttpHeaders.IF_MATCH) @Nullable String ifMatch,
      @RequestBody(content = @Content(schema = @Schema(implementation = PlanBody.class)))
          byte[] body) {
    var at =
        commands.make(
            body,
            PlanBody.class,
            (said, faults) -> {
              if (said.campaignId() != null && !said.campaignId().equals(campaignId)) {
                faults.add("/campaignId", "can't be changed: leads name it");
              }
              return at(said.occurredAt(), faults);
            });
    var patch = commands.read(body, ObjectNode.class);
    return transactions
        .run(
            tx ->
                campaigns
                    .describe(
                        tx,
                        campaignId,
                        at,
                        before -> {
                          var known = before.orElseThrow(CampaignResource::unknown);
                          ETags.match(ifMatch, known.campaign().revision());
                          return described(patched(known, patch), before, at);
                        })
                    .call(() -> audit.note(tx, "campaign.changed", campaignId)))
        .map(entry -> answer(Optional.of(entry), 200).toResponse());
  }

  private Plan patched(Entry known, ObjectNode patch) {
    var whole = AnswerJson.mapper().<ObjectNode>valueToTree(PlanBody.of(Plan.of(known.campaign())));
    MergePatch.merge(whole, patch);
    return commands.make(Json.bytes(whole), PlanBody.class, (said, faults) -> said.plan(faults));
  }

  private Described described(Plan plan, Optional<Entry> before, Instant at) {
    return Described.as(plan, before.map(Entry::campaign).orElse(null), at, charters.versionAt(at));
  }

  @POST
  @Path("{campaignId}/reviews")
  @Consumes(MediaType.APPLICATION_JSON)
  @RolesAllowed({SALES, SALES_MANAGER, ADMIN})
  @Operation(
      summary = "Say what sales thinks of it",
      description =
          "approved, rejected, or commented. Marketing may not review its own. 409 once it is live."
              + " With If-Match only what was read is reviewed.")
  @APIResponse(responseCode = "201", description = "Made; Location says where")
  public Uni<Response> review(
      @PathParam("campaignId") String campaignId,
      @HeaderParam("Idempotency-Key") @Nullable String key,
      @HeaderParam(HttpHeaders.IF_MATCH) @Nullable String ifMatch,
      @RequestBody(content = @Content(schema = @Schema(implementation = ReviewBody.class)))
          byte[] body) {
    var caller = callers.get();
    var review =
        commands.make(
            body,
            ReviewBody.class,
            (said, faults) -> {
              faults.require(said.verdict(), "/verdict");
              var comment = PlanBody.text(said.comment(), COMMENT, "/comment", faults);
              if (said.verdict() != ReviewVerdict.APPROVED) {
                faults.require(said.comment(), "/comment");
              }
              return new Review(
                  UuidCreator.getTimeOrderedEpoch(),
                  at(said.occurredAt(), faults),
                  said.verdict() == null ? ReviewVerdict.COMMENTED : said.verdict(),
                  comment,
                  caller.keyId(),
                  caller.role().word(),
                  true);
            });
    return idempotency.once(
        key,
        caller,
        location(campaignId) + "/reviews",
        body,
        tx ->
            campaigns
                .review(
                    tx,
                    campaignId,
                    review,
                    known -> {
                      same(ifMatch).accept(known);
                      var state = state(known);
                      if (review.verdict() != ReviewVerdict.COMMENTED && !state.isBeforeLaunch()) {
                        throw Problem.conflict(
                            "It has begun: it can only be commented on now.", state.word());
                      }
                    })
                .call(
                    () ->
                        audit.note(
                            tx,
                            "campaign.reviewed",
                            campaignId,
                            Map.of("verdict", review.verdict().word())))
                .map(found -> answer(found, 201)));
  }

  @PUT
  @Path("{campaignId}/spend/{date}")
  @Consumes(MediaType.APPLICATION_JSON)
  @RolesAllowed({MARKETING, ADMIN})
  @Operation(
      summary = "Say what it cost on a day",
      description = "In all, for that kind: the same again changes nothing, 0 takes it back.")
  public Uni<Response> spend(
      @PathParam("campaignId") String campaignId,
      @PathParam("date") String date,
      @HeaderParam(HttpHeaders.IF_MATCH) @Nullable String ifMatch,
      @RequestBody(content = @Content(schema = @Schema(implementation = SpendBody.class)))
          byte[] body) {
    var spend =
        commands.make(
            body,
            SpendBody.class,
            (said, faults) -> {
              faults.require(said.amount(), "/amount");
              if (said.amount() != null) {
                said.amount().check("/amount", faults);
              }
              var day = SpendFile.day(day(date, faults), latest(), "/date", faults);
              return new DaySpend(
                  campaignId,
                  day == null ? latest() : day,
                  said.kind() == null ? SpendKind.MEDIA : said.kind(),
                  said.amount() == null || faults.any()
                      ? new Money(BigDecimal.ZERO, "")
                      : said.amount().money());
            });
    var now = at(null, new Faults());
    return transactions
        .run(
            tx ->
                campaigns
                    .spend(tx, spend, now, same(ifMatch))
                    .call(
                        found ->
                            found.isEmpty()
                                ? Uni.createFrom().voidItem()
                                : audit.note(
                                    tx,
                                    "campaign.spend",
                                    campaignId,
                                    Map.of("day", spend.day().toString()))))
        .map(found -> answer(found, 200).toResponse());
  }

  @POST
  @Path("spend")
  @Consumes({ContentType.CSV, ContentType.CSV_OF_EXCEL, ContentType.CSV_OF_TOOLS})
  @RolesAllowed({MARKETING, ADMIN})
  @Operation(
      summary = "Import what ads cost",
      description =
          "Columns date, campaign, amount, currency and perhaps kind (media, other), in any CSV that"
              + " spreadsheets and ad tools write. An amount may have a currency beside it, in its"
              + " cell or heading, and its thousands apart; one that may be thousands or a fraction"
              + " (1,234) is read as the file's others are. All of it or nothing: every bad line is"
              + " named. Lines of one day, campaign, kind and currency are added up, and take the"
              + " place of what was said of them before.")
  @RequestBody(
      content = {
        @Content(mediaType = ContentType.CSV, schema = @Schema(implementation = String.class)),
        @Content(
            mediaType = ContentType.CSV_OF_EXCEL,
            schema = @Schema(implementation = String.class)),
        @Content(
            mediaType = ContentType.CSV_OF_TOOLS,
            schema = @Schema(implementation = String.class))
      })
  public Uni<FileTaken> spend(
      @Parameter(description = "Of UTF-8 or UTF-16 with its mark nothing needs to be said")
          @QueryParam("charset")
          @Nullable String charset,
      @Parameter(description = "point or comma, where the file alone doesn't tell")
          @QueryParam("decimal")
          @Nullable String decimal,
      @Parameter(description = "Of amounts beside which none stands, as EUR")
          @QueryParam("currency")
          @Nullable String currency,
      @HeaderParam(HttpHeaders.CONTENT_TYPE) @Nullable String type,
      @Context HttpServerRequest request) {
    var faults = new Faults();
    var said =
        new SpendFile.Said(
            Csv.charset(charset, type, faults),
            faults.oneOfIfGiven(DecimalSign.values(), DecimalSign::word, decimal, "/decimal"),
            currency);
    if (currency != null) {
      new Sum(BigDecimal.ZERO, currency).check("", faults);
    }
    faults.throwIfAny();
    var latest = latest();
    var now = at(null, new Faults());
    return WholeBody.of(request, LARGEST_FILE)
        .emitOn(Infrastructure.getDefaultExecutor())
        .map(file -> SpendFile.read(file, said, latest))
        .chain(
            told ->
                transactions
                    .run(
                        tx ->
                            campaigns
                                .spend(tx, told.spend(), now)
                                .call(
                                    () ->
                                        audit.note(
                                            tx,
                                            "campaign.spend-file",
                                            "",
                                            Map.of("lines", told.lines()))))
                    .map(
                        spent ->
                            new FileTaken(
                                told.lines(),
                                told.spend().size(),
                                spent.changed(),
                                spent.stubs())));
  }

  private static @Nullable LocalDate day(String text, Faults faults) {
    try {
      return LocalDate.parse(text);
    } catch (DateTimeException no) {
      faults.add("/date", "must be a date, as 2026-11-22");
      return null;
    }
  }

  /** Who sends no tag changes it as it is. */
  private static Consumer<Entry> same(@Nullable String ifMatch) {
    return known -> {
      if (ifMatch != null) {
        ETags.match(ifMatch, known.campaign().revision());
      }
    };
  }

  private Answer answer(Optional<Entry> found, int status) {
    var entry = found.orElseThrow(CampaignResource::unknown);
    return Answer.json(status, CampaignView.of(entry, today()))
        .with(HttpHeaders.ETAG, ETags.of(entry.campaign().revision()));
  }

  private State state(Entry entry) {
    var campaign = entry.campaign();
    return State.on(today(), campaign.startsOn(), campaign.endsOn(), entry.review());
  }

  private Instant at(@Nullable Instant occurredAt, Faults faults) {
    return OccurredAt.check(occurredAt, clock.instant(), "/occurredAt", faults);
  }

  /** The charter's day. */
  private LocalDate today() {
    var now = clock.instant();
    return now.atZone(ZoneId.of(charters.zone(charters.versionAt(now)))).toLocalDate();
  }

  /** Somewhere on earth it is tomorrow. */
  private LocalDate latest() {
    return today().plusDays(1);
  }

  private static String location(String campaignId) {
    return "/campaigns/"
        + URLEncoder.encode(campaignId, StandardCharsets.UTF_8).replace("+", "%20");
  }

  private static Problem unknown() {
    return Problem.notFound("There is no such campaign.");
  }
}
