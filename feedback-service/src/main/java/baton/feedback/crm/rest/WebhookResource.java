package baton.feedback.crm.rest;

import baton.chassis.problem.Problem;
import baton.chassis.webhook.Door;
import baton.feedback.crm.Connector;
import baton.feedback.crm.Connectors;
import baton.feedback.crm.Deliveries;
import baton.feedback.crm.Kind;
import baton.feedback.crm.OutboundMessage;
import baton.feedback.crm.Post;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.infrastructure.Infrastructure;
import io.vertx.core.http.HttpServerRequest;
import jakarta.annotation.security.PermitAll;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.jboss.resteasy.reactive.RestPath;
import org.jspecify.annotations.Nullable;

/** Where CRMs send to. */
@Path("/webhooks/{kind}/{id}")
@PermitAll
class WebhookResource {
  private final Connectors connectors;
  private final Deliveries deliveries;
  private final Post post;
  private final Door door;

  WebhookResource(Connectors connectors, Deliveries deliveries, Post post, Door door) {
    this.connectors = connectors;
    this.deliveries = deliveries;
    this.post = post;
    this.door = door;
  }

  @POST
  @Operation(
      summary = "What a CRM sends",
      description =
          "In its own form, proven in its own way. 200 as soon as it is kept, for Salesforce with"
              + " its Ack; what became of it stands in the connector's deliveries.")
  public Uni<Response> deliver(
      @RestPath String kind,
      @RestPath String id,
      @Context HttpServerRequest request,
      byte @Nullable [] body) {
    var delivered = door.delivered(request, body);
    return connectors
        .find(id)
        .emitOn(Infrastructure.getDefaultWorkerPool())
        .map(found -> door.admit(found, kind, delivered, request))
        .chain(connector -> keep(connector, delivered.body()).replaceWith(() -> taken(connector)));
  }

  /** What can't be told now is told when it can. */
  private Uni<Void> keep(Connector connector, byte[] body) {
    return deliveries
        .keep(connector.connectorId(), Post.toldAs(body), body)
        .chain(
            kept ->
                kept.isEmpty()
                    ? Uni.createFrom().voidItem()
                    : post.read(connector, kept.get())
                        .replaceWithVoid()
                        .onFailure(Problem.class)
                        .recoverWithNull());
  }

  private static Response taken(Connector connector) {
    return connector.kind() == Kind.SALESFORCE
        ? Response.ok(OutboundMessage.ACK, MediaType.TEXT_XML_TYPE.withCharset("UTF-8")).build()
        : Response.ok().build();
  }
}
