package baton.chassis.problem;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.quarkus.security.AuthenticationFailedException;
import io.quarkus.security.ForbiddenException;
import io.quarkus.security.UnauthorizedException;
import jakarta.inject.Inject;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.Request;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jboss.resteasy.reactive.server.ServerExceptionMapper;

/** Whatever goes wrong in a request is answered as a problem document; nothing else gets out. */
class Refusals {
  private final Paths paths;

  @Inject
  Refusals(Paths paths) {
    this.paths = paths;
  }

  @ServerExceptionMapper
  public Response refused(Problem problem) {
    return answer(problem, Map.of());
  }

  @ServerExceptionMapper({UnauthorizedException.class, AuthenticationFailedException.class})
  public Response unauthenticated() {
    return answer(Problem.unauthenticated(), Map.of());
  }

  @ServerExceptionMapper
  public Response forbidden(ForbiddenException notTheirs) {
    return answer(Problem.otherRole(), Map.of());
  }

  @ServerExceptionMapper
  public Response notRead(JsonProcessingException unreadable) {
    return answer(Problem.malformed("The body is not JSON in the form expected."), Map.of());
  }

  @ServerExceptionMapper
  public Response web(WebApplicationException refused, UriInfo uri, Request request) {
    for (Throwable cause = refused.getCause(); cause != null; cause = cause.getCause()) {
      if (cause instanceof Problem problem) {
        return answer(problem, Map.of());
      }
    }
    int status = refused.getResponse().getStatus();
    if (status < 400) {
      return refused.getResponse();
    }
    return switch (status) {
      case 404 -> answer(Problem.notFound("Nothing stands under this path."), Map.of());
      case 405 ->
          answer(
              Problem.of(
                  ProblemType.METHOD_NOT_ALLOWED, "This path doesn't take that method; see Allow."),
              Map.of("Allow", paths.methods(uri.getPath())));
      case 406 ->
          answer(
              Problem.of(
                  ProblemType.NOT_ACCEPTABLE, "Send an Accept header with application/json."),
              Map.of());
      case 413 -> answer(Problem.tooLarge("Send less in one request."), Map.of());
      case 415 ->
          answer(Formats.refused(paths.types(request.getMethod(), uri.getPath())), Map.of());
      default ->
          status < 500
              ? answer(Problem.malformed("The request can't be read."), Map.of())
              : failed(refused);
    };
  }

  @ServerExceptionMapper
  public Response failed(Throwable failure) {
    return answer(Failures.told(failure), Map.of());
  }

  private static Response answer(Problem problem, Map<String, Object> more) {
    var headers = new LinkedHashMap<String, Object>(more);
    headers.putAll(problem.headers());
    var response =
        Response.status(problem.status()).type(Problem.MEDIA_TYPE).entity(problem.body());
    headers.forEach(response::header);
    return response.build();
  }
}
