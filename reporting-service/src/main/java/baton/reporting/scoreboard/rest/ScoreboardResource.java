package baton.reporting.scoreboard.rest;

import baton.chassis.access.Entrance;
import baton.chassis.access.Role;
import baton.chassis.problem.Problem;
import baton.reporting.scoreboard.Scoreboard;
import io.vertx.ext.web.RoutingContext;
import jakarta.annotation.security.PermitAll;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.Set;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;

/**
 * Who may not read reports is refused here as everywhere. A browser, which can send no key before
 * it has a page to ask for one, gets the page with the refusal: there is no number on it.
 */
@Path("/")
@PermitAll
class ScoreboardResource {
  private static final Set<Role> READERS =
      Set.of(Role.REPORT, Role.MARKETING, Role.SALES_MANAGER, Role.ADMIN);

  private final Entrance entrance;
  private final Scoreboard scoreboard = Scoreboard.read();

  ScoreboardResource(Entrance entrance) {
    this.entrance = entrance;
  }

  @GET
  @Produces(MediaType.TEXT_HTML)
  @Operation(
      summary = "The scoreboard page",
      description =
          "This month's funnel, speed, promises, goals and restatements, looked up every half"
              + " minute. A page without data: it asks for a key and sends it with GET"
              + " /charters/current, /funnel, /velocity, /sla, /goals and /restatements.")
  @APIResponse(responseCode = "200", content = @Content(mediaType = MediaType.TEXT_HTML))
  @APIResponse(
      responseCode = "401",
      description = "The same page, for who asks for HTML; else a problem",
      content = {
        @Content(mediaType = MediaType.TEXT_HTML),
        @Content(mediaType = Problem.MEDIA_TYPE)
      })
  public Response page(@Context RoutingContext context, @Context HttpHeaders headers) {
    try {
      entrance.admit(context, READERS);
      return page(Response.Status.OK.getStatusCode()).build();
    } catch (Problem refused) {
      if (!asksForPage(headers)) {
        throw refused;
      }
      var page = page(refused.status());
      return refused.status() == Response.Status.UNAUTHORIZED.getStatusCode()
          ? page.header(HttpHeaders.WWW_AUTHENTICATE, "Bearer realm=\"baton\"").build()
          : page.build();
    }
  }

  private Response.ResponseBuilder page(int status) {
    return Response.status(status)
        .entity(scoreboard.page())
        .type(MediaType.TEXT_HTML_TYPE.withCharset("utf-8"))
        .header("Content-Security-Policy", scoreboard.contentSecurityPolicy())
        .header("Cache-Control", "no-store")
        .header("Referrer-Policy", "no-referrer")
        .header("X-Content-Type-Options", "nosniff");
  }

  private static boolean asksForPage(HttpHeaders headers) {
    return headers.getAcceptableMediaTypes().stream()
        .anyMatch(type -> type.isCompatible(MediaType.TEXT_HTML_TYPE) && !type.isWildcardType());
  }
}
