package baton.feedback.crm.rest;

import baton.chassis.access.Role;
import baton.chassis.audit.Audit;
import baton.chassis.command.CommandReader;
import baton.chassis.command.PathId;
import baton.chassis.hearing.Masked;
import baton.chassis.mapping.MappingBody;
import baton.chassis.paging.Cursor;
import baton.chassis.paging.Page;
import baton.chassis.problem.Faults;
import baton.chassis.problem.Problem;
import baton.chassis.webhook.Secrets;
import baton.chassis.webhook.Setups;
import baton.feedback.crm.Connector;
import baton.feedback.crm.Connectors;
import baton.feedback.crm.Deliveries;
import baton.feedback.crm.Deliveries.Kept;
import baton.feedback.crm.Delivery;
import baton.feedback.crm.Kind;
import baton.feedback.crm.Post;
import baton.feedback.crm.Settings;
import com.fasterxml.jackson.databind.JsonNode;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.jboss.resteasy.reactive.RestPath;
import org.jspecify.annotations.Nullable;

/** The CRMs that send here. */
@Path("/connectors")
@Produces(MediaType.APPLICATION_JSON)
@RolesAllowed({Role.Name.SALES_MANAGER, Role.Name.ADMIN})
class ConnectorResource {
  private static final Pattern ORGANIZATION = Pattern.compile("00D[0-9A-Za-z]{12}([0-9A-Z]{3})?");

  /**
   * How a CRM is set up; what is left out is as its kind's, the secrets and the organization as
   * before.
   */
  record Wanted(
      @Nullable String kind,
      @Nullable List<@Nullable String> secrets,
      @Nullable String organizationId,
      @Nullable MappingBody mapping,
      @Nullable Map<String, Map<String, String>> outcomes,
      @Nullable Map<String, Settings.Meaning> steps,
      @Nullable Map<String, String> reasons,
      @Nullable Map<String, JsonNode> defaults) {}

  /** A connector as it is shown, with the settings that hold: its secrets are only counted. */
  record Shown(
      String connectorId,
      String kind,
      int version,
      int secrets,
      @Nullable String organizationId,
      String address,
      Settings settings,
      Instant setUpAt) {
    static Shown of(Connector connector) {
      return new Shown(
          connector.connectorId(),
          connector.kind().word(),
          connector.version(),
          connector.secrets().size(),
          connector.organizationId(),
          connector.address(),
          connector.settings(),
          connector.setUpAt());
    }
  }

  record DryRun(List<Post.Dry> elements) {}

  /** A delivery with what stood in it, masked. */
  record Inspected(Delivery delivery, @Nullable JsonNode body) {}

  private final Connectors connectors;
  private final Deliveries deliveries;
  private final Post post;
  private final CommandReader commands;
  private final Audit audit;
  private final InstantSource clock;

  ConnectorResource(
      Connectors connectors,
      Deliveries deliveries,
      Post post,
      CommandReader commands,
      Audit audit,
      InstantSource clock) {
    this.connectors = connectors;
    this.deliveries = deliveries;
    this.post = post;
    this.commands = commands;
    this.audit = audit;
    this.clock = clock;
  }

  @PUT
  @Path("{id}")
  @Consumes(MediaType.APPLICATION_JSON)
  @Operation(summary = "Set a CRM up, or change how it is; each time is a version")
  public Uni<Shown> setUp(
      @RestPath String id,
      @RequestBody(content = @Content(schema = @Schema(implementation = Wanted.class)))
          byte[] body) {
    var wanted =
        commands.make(body, Wanted.class, (command, faults) -> connector(id, command, faults));
    return connectors
        .find(id)
        .map(before -> before.map(wanted::keeping).orElse(wanted))
        .invoke(ConnectorResource::checkProof)
        .chain(connectors::setUp)
        .map(
            set ->
                Shown.of(
                    set.orElseThrow(
                        () ->
                            Problem.conflict(
                                "It is set up for another CRM; choose another id.",
                                "other-kind"))));
  }

  private static void checkProof(Connector connector) {
    var faults = new Faults();
    if (connector.secrets().isEmpty()) {
      faults.add("/secrets", "is required: what proves a delivery");
    }
    if (connector.kind() == Kind.SALESFORCE && connector.organizationId() == null) {
      faults.add("/organizationId", "is required: which organization may send");
    }
    faults.throwIfAny();
  }

  private Connector connector(String id, Wanted wanted, Faults faults) {
    Setups.checkId(id, faults);
    faults.require(wanted.kind(), "/kind");
    var kind = faults.oneOfIfGiven(Kind.values(), Kind::word, wanted.kind(), "/kind");
    var organization = wanted.organizationId();
    if (organization != null && !ORGANIZATION.matcher(organization).matches()) {
      faults.add("/organizationId", "must be an id of 15 or 18 characters that begins with 00D");
    }
    var own =
        new Settings(
            wanted.mapping(),
            wanted.outcomes(),
            wanted.steps(),
            wanted.reasons(),
            wanted.defaults());
    own.check(faults);
    return new Connector(
        id,
        kind == null ? Kind.GENERIC : kind,
        0,
        Secrets.read(wanted.secrets(), "/secrets", faults),
        organization,
        own,
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
      summary = "What a body of this CRM's would become",
      description = "Nothing is kept. Fields that nothing was made of are named as unmapped.")
  public Uni<DryRun> dryRun(@RestPath String id, byte @Nullable [] body) {
    return find(id)
        .map(connector -> new DryRun(post.dryRun(connector, body == null ? new byte[0] : body)));
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
    var wanted =
        faults.oneOfIfGiven(Delivery.State.values(), Delivery.State::word, state, "/state");
    faults.throwIfAny();
    var before = Cursor.number(cursor);
    return find(id)
        .chain(connector -> deliveries.list(connector.connectorId(), wanted, before, most + 1))
        .map(found -> Page.of(found, most, last -> Cursor.of(last.number())));
  }

  @GET
  @Path("{id}/deliveries/{number}")
  public Uni<Inspected> delivery(@RestPath String id, @RestPath String number) {
    return find(id)
        .chain(
            connector ->
                kept(id, number)
                    .map(
                        kept ->
                            new Inspected(
                                kept.delivery(),
                                Post.shown(connector, kept.body()).map(Masked::all).orElse(null))));
  }

  @POST
  @Path("{id}/deliveries/{number}/replay")
  @Operation(
      summary = "Read a delivery again",
      description = "By the connector as it is now. What it told before is the same told again.")
  public Uni<Delivery> replay(@RestPath String id, @RestPath String number) {
    return find(id)
        .chain(
            connector ->
                kept(id, number)
                    .invoke(
                        kept -> {
                          if (kept.body().length == 0) {
                            throw Problem.notFound("Nothing is left of what this delivery said.");
                          }
                        })
                    .chain(kept -> post.read(connector, kept)))
        .call(() -> audit.note("delivery.replayed", id, Map.of("number", Long.valueOf(number))));
  }

  private Uni<Connector> find(String id) {
    return connectors.find(id).map(found -> found.orElseThrow(ConnectorResource::unknown));
  }

  private Uni<Kept> kept(String id, String number) {
    return deliveries
        .find(id, PathId.number(number, ConnectorResource::unknown))
        .map(found -> found.orElseThrow(ConnectorResource::unknown));
  }

  private static Problem unknown() {
    return Problem.notFound("There is no such connector or delivery.");
  }
}
