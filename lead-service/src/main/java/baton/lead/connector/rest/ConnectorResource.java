package baton.lead.connector.rest;

import baton.chassis.access.Role;
import baton.chassis.command.CommandReader;
import baton.chassis.command.PathId;
import baton.chassis.hearing.Masked;
import baton.chassis.mapping.MappingBody;
import baton.chassis.mapping.MappingReader;
import baton.chassis.mapping.Target;
import baton.chassis.paging.Cursor;
import baton.chassis.paging.Page;
import baton.chassis.problem.Fault;
import baton.chassis.problem.Faults;
import baton.chassis.problem.Problem;
import baton.chassis.webhook.Secrets;
import baton.chassis.webhook.Setups;
import baton.contracts.Company;
import baton.contracts.ExternalId;
import baton.contracts.Utm;
import baton.lead.connector.Connector;
import baton.lead.connector.Connectors;
import baton.lead.connector.DefaultMappings;
import baton.lead.connector.Deliveries;
import baton.lead.connector.Delivery;
import baton.lead.connector.Mail;
import baton.lead.connector.Reading;
import baton.lead.connector.Reading.Meant;
import baton.lead.connector.Reading.Received;
import baton.lead.dossier.Capture;
import baton.lead.dossier.Evidence;
import baton.lead.tool.Into;
import baton.lead.tool.Kind;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.JsonNode;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.jboss.resteasy.reactive.RestPath;
import org.jspecify.annotations.Nullable;

@Path("/connectors")
@Produces(MediaType.APPLICATION_JSON)
@RolesAllowed({Role.Name.MARKETING, Role.Name.ADMIN})
class ConnectorResource {
  /**
   * How a tool is set up.
   *
   * @param secrets one or two; left out, those before stay, as do the tokens
   * @param token of the tool's vendor, with which whom it only announces is fetched
   * @param mapping left out, the one of its kind holds
   */
  record Wanted(
      @Nullable String kind,
      @Nullable List<@Nullable String> secrets,
      @Nullable String verifyToken,
      @Nullable String token,
      @Nullable MappingBody mapping,
      @Nullable Map<String, JsonNode> defaults) {}

  /** A connector as it is shown: its secrets are only counted. */
  record Shown(
      String connectorId,
      String kind,
      int version,
      int secrets,
      boolean hasVerifyToken,
      boolean hasToken,
      String address,
      MappingBody mapping,
      boolean ownMapping,
      Map<String, JsonNode> defaults,
      Instant setUpAt) {
    static Shown of(Connector connector) {
      var own = connector.mapping();
      return new Shown(
          connector.connectorId(),
          connector.kind().word(),
          connector.version(),
          connector.secrets().size(),
          connector.verifyToken() != null,
          connector.token() != null,
          connector.address(),
          own == null ? DefaultMappings.body(connector.kind()) : own,
          own != null,
          connector.defaults(),
          connector.setUpAt());
    }
  }

  /**
   * What an element of a delivery would become.
   *
   * @param fields as the mapping makes them
   * @param stored as they would be kept, and matched; null where nothing would
   */
  record Dry(
      @Nullable String into,
      JsonNode fields,
      @Nullable Stored stored,
      boolean test,
      List<Fault> errors,
      List<String> unmapped) {}

  record DryRun(List<Dry> elements) {}

  /** A capture as it would be kept. */
  @JsonInclude(JsonInclude.Include.NON_EMPTY)
  record Stored(
      @Nullable String email,
      @Nullable String name,
      @Nullable String firstName,
      @Nullable String lastName,
      @Nullable String phone,
      @Nullable String jobTitle,
      @Nullable String companyName,
      @Nullable Company company,
      @Nullable String country,
      @Nullable String source,
      @Nullable String medium,
      String channel,
      @Nullable String campaign,
      @Nullable Utm utm,
      @Nullable String landingPage,
      Map<String, String> clickIds,
      @Nullable String form,
      List<ExternalId> externalIds,
      List<Evidence> consents,
      Map<String, JsonNode> attributes,
      String kind,
      @Nullable String asset,
      Instant occurredAt) {
    static Stored of(Capture capture) {
      var contact = capture.contact();
      var facts = capture.facts();
      return new Stored(
          contact.email() == null ? null : contact.email().normalized(),
          contact.name(),
          contact.firstName(),
          contact.lastName(),
          contact.phone() == null ? null : contact.phone().normalized(),
          facts.jobTitle(),
          contact.companyName(),
          facts.company(),
          facts.country(),
          facts.source(),
          facts.medium(),
          facts.channel(),
          facts.campaignId(),
          facts.utm(),
          facts.landingPage(),
          facts.clickIds(),
          facts.form(),
          facts.externalIds(),
          capture.consents(),
          contact.attributes().isEmpty() ? capture.touchAttributes() : contact.attributes(),
          capture.kind(),
          capture.asset(),
          capture.at());
    }
  }

  /** A delivery with what stood in it, masked. */
  record Inspected(Delivery delivery, String contentType, @Nullable JsonNode body) {}

  /** Fit to be a header. */
  private static final Pattern TOKEN = Pattern.compile("[!-~]{8,2000}");

  private final Connectors connectors;
  private final Deliveries deliveries;
  private final Reading reading;
  private final Mail mail;
  private final CommandReader commands;
  private final InstantSource clock;

  ConnectorResource(
      Connectors connectors,
      Deliveries deliveries,
      Reading reading,
      Mail mail,
      CommandReader commands,
      InstantSource clock) {
    this.connectors = connectors;
    this.deliveries = deliveries;
    this.reading = reading;
    this.mail = mail;
    this.commands = commands;
    this.clock = clock;
  }

  @PUT
  @Path("{id}")
  @Consumes(MediaType.APPLICATION_JSON)
  @Operation(summary = "Set a tool up, or change how it is; each time is a version")
  public Uni<Shown> setUp(
      @RestPath String id,
      @RequestBody(content = @Content(schema = @Schema(implementation = Wanted.class)))
          byte[] body) {
    var wanted =
        commands.make(body, Wanted.class, (command, faults) -> connector(id, command, faults));
    return connectors
        .find(id)
        .chain(
            before -> {
              var kept = before.map(Connector::secrets).orElse(List.of());
              if (wanted.secrets().isEmpty() && kept.isEmpty()) {
                throw Problem.invalid("/secrets", "is required: what proves a delivery");
              }
              return connectors.setUp(before.map(wanted::keeping).orElse(wanted));
            })
        .map(
            set ->
                set.orElseThrow(
                    () ->
                        Problem.conflict(
                            "It is set up for another tool; choose another id.", "other-kind")))
        .call(set -> wanted.token() == null ? Uni.createFrom().voidItem() : fetchAll(set))
        .map(Shown::of);
  }

  /** With a token, who waited for one is fetched. */
  private Uni<Void> fetchAll(Connector connector) {
    return deliveries.fetchAll(connector.connectorId()).invoke(mail::look);
  }

  private Connector connector(String id, Wanted wanted, Faults faults) {
    Setups.checkId(id, faults);
    faults.require(wanted.kind(), "/kind");
    var kind = faults.oneOfIfGiven(Kind.values(), Kind::word, wanted.kind(), "/kind");
    var secrets = Secrets.read(wanted.secrets(), "/secrets", faults);
    if (wanted.verifyToken() != null && wanted.verifyToken().isBlank()) {
      faults.add("/verifyToken", "must not be blank");
    }
    if (wanted.token() != null && !TOKEN.matcher(wanted.token()).matches()) {
      faults.add("/token", "must be 8 to 2000 printable characters without spaces");
    }
    if (wanted.mapping() != null) {
      MappingReader.read(wanted.mapping(), Into.values(), "/mapping", faults);
    }
    var defaults = wanted.defaults() == null ? Map.<String, JsonNode>of() : wanted.defaults();
    for (var path : defaults.keySet()) {
      if (Target.of(path, Into.LEAD).or(() -> Target.of(path, Into.TOUCH)).isEmpty()) {
        faults.addUnknown("/defaults/" + path, Into.LEAD.paths());
      }
    }
    return new Connector(
        id,
        kind == null ? Kind.GENERIC : kind,
        0,
        secrets,
        wanted.verifyToken(),
        wanted.token(),
        wanted.mapping(),
        defaults,
        clock.instant());
  }

  @GET
  public Uni<Page<Shown>> list(
      @QueryParam("limit") @Nullable Integer limit, @QueryParam("cursor") @Nullable String cursor) {
    int most = Cursor.limit(limit);
    var keys = Cursor.read(cursor);
    return connectors
        .list(keys.isEmpty() ? null : keys.getFirst(), most + 1)
        .map(found -> Page.of(found, most, Shown::of, last -> Cursor.of(last.connectorId())));
  }

  @GET
  @Path("{id}")
  public Uni<Shown> read(@RestPath String id) {
    return find(id).map(Shown::of);
  }

  @POST
  @Path("{id}/dry-run")
  @Operation(
      summary = "What a body of this tool's would become",
      description =
          "Nothing is kept. fields are what the mapping makes of it, stored what would be kept of"
              + " them; fields that nothing was made of are named as unmapped.")
  public Uni<DryRun> dryRun(
      @RestPath String id,
      @HeaderParam("Content-Type") @Nullable String type,
      byte @Nullable [] body) {
    var now = clock.instant();
    return find(id)
        .map(
            connector ->
                new DryRun(
                    meant(connector, type, body, now).stream()
                        .map(ConnectorResource::dry)
                        .toList()));
  }

  private List<Meant> meant(
      Connector connector, @Nullable String type, byte @Nullable [] body, Instant now) {
    return reading
        .of(
            connector,
            type == null ? "" : type,
            body == null ? new byte[0] : body,
            new Received(0, now))
        .filter(all -> all.isEmpty() || !all.stream().allMatch(each -> each.mapped().isUnread()))
        .orElseThrow(() -> Problem.malformed("The body isn't what this tool sends."));
  }

  private static Dry dry(Meant meant) {
    var into = meant.mapped().into();
    return new Dry(
        into == null ? null : into.word(),
        meant.mapped().fields(),
        meant.command() == null ? null : Stored.of(meant.command()),
        meant.mapped().test(),
        meant.errors(),
        meant.mapped().unmapped());
  }

  @GET
  @Path("{id}/deliveries")
  public Uni<Page<Delivery>> deliveries(
      @RestPath String id,
      @QueryParam("state") @Nullable String state,
      @QueryParam("limit") @Nullable Integer limit,
      @QueryParam("cursor") @Nullable String cursor) {
    int most = Cursor.limit(limit);
    var faults = new Faults();
    var wanted = faults.oneOfIfGiven(Delivery.State.values(), Delivery.State::word, state, "state");
    faults.throwIfAny();
    var before = Cursor.number(cursor);
    return find(id)
        .chain(connector -> deliveries.list(connector.connectorId(), wanted, before, most + 1))
        .map(found -> Page.of(found, most, last -> Cursor.of(last.number())));
  }

  @GET
  @Path("{id}/deliveries/{number}")
  public Uni<Inspected> delivery(@RestPath String id, @RestPath String number) {
    return deliveries
        .find(id, PathId.number(number, ConnectorResource::unknown))
        .map(found -> found.orElseThrow(ConnectorResource::unknown))
        .chain(
            kept ->
                find(id)
                    .map(
                        connector ->
                            new Inspected(
                                kept.delivery(),
                                kept.contentType(),
                                Reading.shown(connector, kept.contentType(), kept.body())
                                    .map(Masked::all)
                                    .orElse(null))));
  }

  @POST
  @Path("{id}/deliveries/{number}/replay")
  @Operation(
      summary = "Read a delivery again",
      description = "By the connector as it is now. What it captured before is the same fact.")
  @APIResponse(responseCode = "202", description = "Begun")
  public Uni<Response> replay(@RestPath String id, @RestPath String number) {
    return deliveries
        .replay(id, PathId.number(number, ConnectorResource::unknown))
        .map(
            there -> {
              if (!there) {
                throw Problem.notFound(
                    "There is no such delivery, or nothing is left of what it said.");
              }
              mail.look();
              return Response.accepted().build();
            });
  }

  private Uni<Connector> find(String id) {
    return connectors.find(id).map(found -> found.orElseThrow(ConnectorResource::unknown));
  }

  private static Problem unknown() {
    return Problem.notFound("There is no such connector or delivery.");
  }
}
