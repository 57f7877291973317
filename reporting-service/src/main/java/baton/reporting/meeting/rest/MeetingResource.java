package baton.reporting.meeting.rest;

import static java.nio.charset.StandardCharsets.UTF_8;

import baton.charter.print.Pages;
import baton.chassis.access.CurrentCaller;
import baton.chassis.access.Role;
import baton.chassis.charter.Charters;
import baton.chassis.command.CommandReader;
import baton.chassis.command.PathId;
import baton.chassis.idempotency.Answer;
import baton.chassis.idempotency.Idempotency;
import baton.chassis.problem.Faults;
import baton.chassis.problem.Problem;
import baton.reporting.meeting.Attendance;
import baton.reporting.meeting.Decision;
import baton.reporting.meeting.Minutes;
import baton.reporting.meeting.Week;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.github.f4b6a3.uuid.UuidCreator;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Request;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import jakarta.ws.rs.core.Variant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.jspecify.annotations.Nullable;

/** The meeting of both sides about a week. */
@Path("/meetings/{week}")
@Produces(MediaType.APPLICATION_JSON)
class MeetingResource {
  static final String MARKDOWN = "text/markdown";

  private static final List<Variant> FORMS =
      Variant.mediaTypes(
              MediaType.APPLICATION_JSON_TYPE,
              MediaType.TEXT_HTML_TYPE,
              MediaType.valueOf(MARKDOWN))
          .build();
  private static final int LONGEST_TEXT = 1_000;
  private static final int LONGEST_NAME = 100;
  private static final int MOST_PEOPLE = 50;

  /** What was decided; {@code owner} is an id or a short name. */
  record Deciding(@Nullable String text, @Nullable String owner, @Nullable LocalDate due) {}

  /** Who was there, by id or short name. */
  record Attending(
      @Nullable List<@Nullable String> marketing, @Nullable List<@Nullable String> sales) {}

  private final Agendas agendas;
  private final Minutes minutes;
  private final Charters charters;
  private final CommandReader commands;
  private final Idempotency idempotency;
  private final CurrentCaller callers;
  private final InstantSource clock;

  MeetingResource(
      Agendas agendas,
      Minutes minutes,
      Charters charters,
      CommandReader commands,
      Idempotency idempotency,
      CurrentCaller callers,
      InstantSource clock) {
    this.agendas = agendas;
    this.minutes = minutes;
    this.charters = charters;
    this.commands = commands;
    this.idempotency = idempotency;
    this.callers = callers;
    this.clock = clock;
  }

  @GET
  @Produces({MediaType.APPLICATION_JSON, MediaType.TEXT_HTML, MARKDOWN})
  @RolesAllowed({Role.Name.REPORT, Role.Name.MARKETING, Role.Name.SALES_MANAGER, Role.Name.ADMIN})
  @Operation(
      summary = "The agenda of a week's meeting",
      description =
          "An ISO week in the charter's zone, as 2026-W09: as JSON, as Markdown, or as HTML fit to"
              + " print.")
  @APIResponse(responseCode = "404", description = "No week is called so")
  public Uni<Response> agenda(@PathParam("week") String name, @Context Request request) {
    var week = week(name);
    var variant = request.selectVariant(FORMS);
    var type = variant == null ? MediaType.APPLICATION_JSON_TYPE : variant.getMediaType();
    return agendas
        .of(week)
        .map(
            agenda ->
                switch (type.getSubtype()) {
                  case "html" -> Pages.html(Sheet.title(agenda), Sheet.of(agenda)).getBytes(UTF_8);
                  case "markdown" -> Pages.markdown(Sheet.of(agenda)).getBytes(UTF_8);
                  default -> agenda;
                })
        .map(
            said ->
                Response.ok(said)
                    .type(type.withCharset("UTF-8"))
                    .header("Vary", "Accept")
                    .header(
                        "Content-Security-Policy", "default-src 'none'; style-src 'unsafe-inline'")
                    .build());
  }

  @POST
  @Path("decisions")
  @Consumes(MediaType.APPLICATION_JSON)
  @RolesAllowed({Role.Name.MARKETING, Role.Name.SALES_MANAGER, Role.Name.ADMIN})
  @Operation(
      summary = "Write down what was decided",
      description = "It stands on every agenda from this week's on until it is done.")
  @APIResponse(responseCode = "201", description = "Written down")
  public Uni<Response> decide(
      @PathParam("week") String name,
      @HeaderParam("Idempotency-Key") @Nullable String key,
      @Context UriInfo uri,
      @RequestBody(content = @Content(schema = @Schema(implementation = Deciding.class)))
          byte @Nullable [] body) {
    var week = week(name);
    var bytes = body == null ? new byte[0] : body;
    var decision =
        commands.make(bytes, Deciding.class, (said, faults) -> decision(week, said, faults));
    return idempotency.once(
        key,
        callers.get(),
        uri.getPath(),
        bytes,
        tx -> minutes.decide(tx, decision).replaceWith(() -> Answer.json(201, json(decision))));
  }

  @POST
  @Path("decisions/{id}/done")
  @RolesAllowed({Role.Name.MARKETING, Role.Name.SALES_MANAGER, Role.Name.ADMIN})
  @Operation(
      summary = "Say that it is done",
      description = "It leaves the agendas of the weeks to come. Saying so again changes nothing.")
  public Uni<ObjectNode> done(@PathParam("week") String name, @PathParam("id") String id) {
    return minutes
        .done(week(name), PathId.of(id, MeetingResource::unknown), clock.instant())
        .map(found -> json(found.orElseThrow(MeetingResource::unknown)));
  }

  @PUT
  @Path("attendance")
  @Consumes(MediaType.APPLICATION_JSON)
  @RolesAllowed({Role.Name.MARKETING, Role.Name.SALES_MANAGER, Role.Name.ADMIN})
  @Operation(
      summary = "Write down who was there",
      description =
          "By ids or short names: whole names are personal data, which Baton keeps elsewhere, and"
              + " e-mail addresses are refused.")
  public Uni<ObjectNode> attend(
      @PathParam("week") String name,
      @RequestBody(content = @Content(schema = @Schema(implementation = Attending.class)))
          byte @Nullable [] body) {
    var week = week(name);
    var attendance =
        commands.make(
            body == null ? new byte[0] : body,
            Attending.class,
            (said, faults) ->
                new Attendance(
                    people(said.marketing(), "/marketing", faults),
                    people(said.sales(), "/sales", faults)));
    return minutes
        .attended(week, attendance)
        .map(_ -> Agendas.attendance(attendance, charters.at(clock.instant()).agreement()));
  }

  private @Nullable Decision decision(Week week, Deciding said, Faults faults) {
    faults.require(said.text(), "/text");
    faults.fits(said.text(), LONGEST_TEXT, "/text");
    faults.require(said.owner(), "/owner");
    checkName(said.owner(), "/owner", faults);
    faults.require(said.due(), "/due");
    return said.text() == null || said.owner() == null || said.due() == null
        ? null
        : new Decision(
            UuidCreator.getTimeOrderedEpochPlus1(),
            week,
            said.text().strip(),
            said.owner().strip(),
            said.due(),
            clock.instant(),
            null);
  }

  private static List<String> people(
      @Nullable List<@Nullable String> names, String pointer, Faults faults) {
    if (names == null) {
      return List.of();
    }
    if (names.size() > MOST_PEOPLE) {
      faults.add(pointer, "takes at most " + MOST_PEOPLE + " people");
    }
    for (int i = 0; i < names.size(); i++) {
      faults.require(names.get(i), pointer + "/" + i);
      checkName(names.get(i), pointer + "/" + i, faults);
    }
    return names.stream().map(String::valueOf).map(String::strip).distinct().toList();
  }

  private static void checkName(@Nullable String name, String pointer, Faults faults) {
    faults.fits(name, LONGEST_NAME, pointer);
    if (name != null && name.indexOf('@') >= 0) {
      faults.add(pointer, "must be an id or a short name, not an e-mail address");
    }
  }

  private ObjectNode json(Decision decision) {
    var now = clock.instant();
    return Agendas.decision(
        decision, LocalDate.ofInstant(now, charters.at(now).agreement().calendar().zone()));
  }

  private static Week week(String name) {
    return Week.named(name)
        .orElseThrow(() -> Problem.notFound("There is no such week; one is called 2026-W09."));
  }

  private static Problem unknown() {
    return Problem.notFound("There is no such decision of this week.");
  }
}
