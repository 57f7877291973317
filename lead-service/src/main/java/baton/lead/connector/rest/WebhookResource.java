package baton.lead.connector.rest;

import baton.chassis.problem.Problem;
import baton.chassis.webhook.Delivered;
import baton.chassis.webhook.Digests;
import baton.chassis.webhook.Door;
import baton.chassis.webhook.Proof;
import baton.lead.connector.Connector;
import baton.lead.connector.Connectors;
import baton.lead.connector.Deliveries;
import baton.lead.connector.Mail;
import baton.lead.identity.Identity;
import baton.lead.tool.Kind;
import io.smallrye.mutiny.Uni;
import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpServerRequest;
import jakarta.annotation.security.PermitAll;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.Map;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.jboss.resteasy.reactive.RestPath;
import org.jspecify.annotations.Nullable;

/** Where tools send to. */
@Path("/webhooks/{kind}/{id}")
@PermitAll
class WebhookResource {
  private final Connectors connectors;
  private final Deliveries deliveries;
  private final Mail mail;
  private final Door door;

  WebhookResource(Connectors connectors, Deliveries deliveries, Mail mail, Door door) {
    this.connectors = connectors;
    this.deliveries = deliveries;
    this.mail = mail;
    this.door = door;
  }

  @POST
  @Operation(
      summary = "What a tool sends",
      description =
          "In its own form, proven in its own way. 200 as soon as it is kept; what becomes of it"
              + " stands in the connector's deliveries.")
  public Uni<Response> deliver(
      @RestPath String kind,
      @RestPath String id,
      @Context HttpServerRequest request,
      byte @Nullable [] body) {
    return deliver(kind, id, null, request, body);
  }

  @POST
  @Path("v1/{call: batch|identify|track|page|group|screen|alias}")
  @Operation(summary = "What Segment or RudderStack sends: batch, identify, track or page")
  public Uni<Response> segment(
      @RestPath String kind,
      @RestPath String id,
      @RestPath String call,
      @Context HttpServerRequest request,
      byte @Nullable [] body) {
    return deliver(kind, id, call, request, body);
  }

  private Uni<Response> deliver(
      String kind,
      String id,
      @Nullable String call,
      HttpServerRequest request,
      byte @Nullable [] body) {
    var delivered = door.delivered(request, body);
    var type = Optional.ofNullable(request.getHeader("Content-Type")).orElse("application/json");
    return connectors
        .find(id)
        .map(found -> door.admit(found, kind, delivered, request))
        .chain(
            connector ->
                deliveries.keep(
                    connector.connectorId(),
                    Identity.key(
                        "delivery " + call + message(connector, delivered), delivered.body()),
                    call == null || call.equals("batch") ? type : type + "; call=" + call,
                    delivered.body()))
        .invoke(mail::look)
        .map(_ -> Response.ok().build());
  }

  /** The id that a Standard Webhook's signature covers: another message with the same words. */
  private static String message(Connector connector, Delivered delivered) {
    return connector.kind() == Kind.GENERIC && delivered.header("webhook-signature").isPresent()
        ? " " + delivered.header("webhook-id").orElse("")
        : "";
  }

  @GET
  @Produces({MediaType.TEXT_PLAIN, MediaType.APPLICATION_JSON})
  @Operation(
      summary = "A tool asks whether this address is ours",
      description =
          "Meta by hub.challenge and the token agreed on, LinkedIn by challengeCode; others hear"
              + " 200.")
  public Uni<Response> challenge(
      @RestPath String kind, @RestPath String id, @Context HttpServerRequest request) {
    return connectors.find(id).map(found -> answer(Door.named(found, kind), request.params()));
  }

  private static Response answer(Connector connector, MultiMap asked) {
    return switch (connector.kind()) {
      case META_LEADGEN -> {
        var token = connector.verifyToken();
        var given = asked.get("hub.verify_token");
        var challenge = asked.get("hub.challenge");
        if (token == null || given == null || challenge == null || !Digests.same(token, given)) {
          throw Problem.unauthenticated();
        }
        yield Response.ok(challenge, MediaType.TEXT_PLAIN_TYPE)
            .header("X-Content-Type-Options", "nosniff")
            .build();
      }
      case LINKEDIN -> {
        var code = asked.get("challengeCode");
        var response =
            Optional.ofNullable(code)
                .flatMap(asks -> Proof.linkedinResponse(asks, connector.secrets().getFirst()))
                .orElseThrow(Problem::unauthenticated);
        yield Response.ok(
                Map.of("challengeCode", code, "challengeResponse", response),
                MediaType.APPLICATION_JSON_TYPE)
            .build();
      }
      default -> Response.ok().build();
    };
  }
}
