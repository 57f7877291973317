package baton.chassis.problem;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.quarkus.security.AuthenticationFailedException;
import io.quarkus.security.ForbiddenException;
import io.quarkus.security.UnauthorizedException;
import io.vertx.core.VertxException;
import io.vertx.core.http.ConnectionPoolTooBusyException;
import io.vertx.core.impl.NoStackTraceThrowable;
import io.vertx.pgclient.PgException;
import io.vertx.sqlclient.ClosedConnectionException;
import jakarta.ws.rs.NotAllowedException;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.Response;
import java.net.ConnectException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.TimeoutException;
import org.jboss.logging.Logger;
import org.jboss.resteasy.reactive.server.ServerExceptionMapper;

/** Whatever goes wrong in a request is answered as a problem document; nothing else gets out. */
class Refusals {
  private static final Logger LOG = Logger.getLogger(Refusals.class);
  private static final Duration SOON = Duration.ofSeconds(2);

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
    return answer(Problem.forbidden("The key's role may not do this."), Map.of());
  }

  @ServerExceptionMapper
  public Response notRead(JsonProcessingException unreadable) {
    return answer(Problem.malformed("The body is not JSON in the form expected."), Map.of());
  }

  @ServerExceptionMapper
  public Response web(WebApplicationException refused) {
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
              allow(refused));
      case 406 ->
          answer(
              Problem.of(
                  ProblemType.NOT_ACCEPTABLE, "Send an Accept header with application/json."),
              Map.of());
      case 413 -> answer(Problem.tooLarge("Send less in one request."), Map.of());
      case 415 ->
          answer(Problem.unsupported("Send a Content-Type that this path takes."), Map.of());
      default ->
          status < 500
              ? answer(Problem.malformed("The request can't be read."), Map.of())
              : failed(refused);
    };
  }

  @ServerExceptionMapper
  public Response failed(Throwable failure) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof Problem problem) {
        return answer(problem, Map.of());
      }
      if (cause instanceof PgException database && storedMeanwhile(database)) {
        return answer(
            Problem.conflict(
                "Somebody else changed the same thing at this moment: read it, then try again.",
                "changed"),
            Map.of());
      }
      if (cause instanceof PgException database && isUnfit(database)) {
        LOG.warn("the database can't keep what a request says", Unworded.of(failure));
        return answer(
            Problem.malformed("It holds a character, a number or a time that can't be kept."),
            Map.of());
      }
      if (cause.getClass() == VertxException.class) {
        LOG.debug("a connection was closed, the caller's or the database's");
        return answer(Problem.unavailable(SOON), Map.of());
      }
      if (isOutage(cause)) {
        LOG.warnf("the database can't take a request: %s", cause.getClass().getSimpleName());
        return answer(Problem.unavailable(SOON), Map.of());
      }
    }
    LOG.error("a request failed", Unworded.of(failure));
    return answer(Problem.internal(), Map.of());
  }

  private static boolean storedMeanwhile(PgException database) {
    return String.valueOf(database.getSqlState()).startsWith("23");
  }

  private static boolean isUnfit(PgException database) {
    return String.valueOf(database.getSqlState()).startsWith("22");
  }

  /** The database or its pool, not what was asked of it. */
  private static boolean isOutage(Throwable failure) {
    return switch (failure) {
      case PgException database -> isOutage(String.valueOf(database.getSqlState()));
      case ClosedConnectionException _,
          ConnectException _,
          ConnectionPoolTooBusyException _,
          TimeoutException _,
          NoStackTraceThrowable _, // how the pool says that nobody gave a connection back in time
          java.nio.channels.ClosedChannelException _ ->
          true;
      default -> false;
    };
  }

  /** Connections, resources, shutdowns, locks, time-outs, and lost races that didn't end. */
  private static boolean isOutage(String sqlState) {
    return switch (sqlState.substring(0, 2)) {
      case "08", "53", "57", "55", "40" -> true;
      default -> false;
    };
  }

  private static Map<String, Object> allow(WebApplicationException refused) {
    return refused instanceof NotAllowedException
            && refused.getResponse().getAllowedMethods() != null
        ? Map.of("Allow", String.join(", ", refused.getResponse().getAllowedMethods()))
        : Map.of();
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
