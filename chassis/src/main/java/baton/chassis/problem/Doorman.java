package baton.chassis.problem;

import baton.chassis.json.ContentType;
import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.impl.RoutingContextInternal;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Looks at a request before anything else does: too large, compressed or in an unknown format is
 * refused unread. Lines (NDJSON, CSV) stream past; each line's size is its reader's affair. A
 * webhook may be larger, and in whatever format its tool has.
 */
@ApplicationScoped
public class Doorman {
  /** Before CORS, authentication and whatever else Quarkus puts on the way. */
  private static final int FIRST = 1000;

  /** After it was seen who sends it: strangers hear nothing of what a body must be. */
  private static final int KNOWN = 850;

  static final long LINGER_MILLIS = 500;
  private static final int MAX_COMMAND_BYTES = 64 * 1024;
  private static final int MAX_WEBHOOK_BYTES = 1024 * 1024;
  private static final String WEBHOOKS = "/webhooks/";
  private static final String CONNECTORS = "/connectors/";
  private static final String DRY_RUN = "/dry-run";
  private static final int MAX_ADDRESS_BYTES = 8 * 1024;
  private static final int MAX_HEADERS_BYTES = 16 * 1024;
  private static final Set<HttpMethod> WITH_BODY =
      Set.of(HttpMethod.POST, HttpMethod.PUT, HttpMethod.PATCH, HttpMethod.DELETE);
  private static final Set<String> STREAMS =
      Set.of(
          ContentType.LINES, ContentType.CSV, ContentType.CSV_OF_EXCEL, ContentType.CSV_OF_TOOLS);
  private static final Set<String> YAML =
      Set.of("application/yaml", "application/x-yaml", "text/yaml");

  private final Paths paths;

  Doorman(Paths paths) {
    this.paths = paths;
  }

  void guard(@Observes Filters filters) {
    filters.register(Doorman::lookAtAddress, FIRST);
    filters.register(this::lookAtBody, KNOWN);
  }

  private static void lookAtAddress(RoutingContext context) {
    var request = context.request();
    if (request.uri().contains("%00")) {
      answer(context, Problem.malformed("The address holds a NUL character."));
      return;
    }
    var oversize = oversize(request);
    if (oversize != null) {
      answer(context, oversize);
      return;
    }
    context.next();
  }

  private void lookAtBody(RoutingContext context) {
    var request = context.request();
    if (!WITH_BODY.contains(request.method()) || request.isEnded() || !hasBody(request)) {
      context.next();
      return;
    }
    var refusal = refusal(context);
    if (refusal != null) {
      answer(context, refusal);
      return;
    }
    if (!isWebhook(context) && STREAMS.contains(mediaType(request))) {
      context.next();
      return;
    }
    Patience.awaits(context);
    if (isChunked(request)) {
      read(context);
    } else {
      context.next();
    }
  }

  /**
   * Vert.x has no words for what is too long: its limits, well beyond these, end the connection.
   */
  private static @Nullable Problem oversize(HttpServerRequest request) {
    if (request.uri().length() > MAX_ADDRESS_BYTES) {
      return Problem.of(
          ProblemType.ADDRESS_TOO_LONG,
          "An address has at most %d KiB, with its query.".formatted(MAX_ADDRESS_BYTES / 1024));
    }
    long size = 0;
    for (var header : request.headers()) {
      size += header.getKey().length() + header.getValue().length();
    }
    return size > MAX_HEADERS_BYTES
        ? Problem.of(
            ProblemType.HEADERS_TOO_LARGE,
            "All headers together have at most %d KiB.".formatted(MAX_HEADERS_BYTES / 1024))
        : null;
  }

  private @Nullable Problem refusal(RoutingContext context) {
    var request = context.request();
    var encoding = request.getHeader("Content-Encoding");
    if (encoding != null && !encoding.equalsIgnoreCase("identity")) {
      return Problem.unsupported("Send the body as it is, without Content-Encoding.");
    }
    var type = mediaType(request);
    if (isWebhook(context)) {
      return contentLength(request) > MAX_WEBHOOK_BYTES ? tooLarge(context) : null;
    }
    if (STREAMS.contains(type)) {
      return null;
    }
    if (!type.equals("application/json") && !type.endsWith("+json") && !YAML.contains(type)) {
      return Formats.refused(paths.types(request.method().name(), context.normalizedPath()));
    }
    return contentLength(request) > MAX_COMMAND_BYTES ? tooLarge(context) : null;
  }

  /**
   * A body that doesn't say its length is handed on when it is there, or refused as soon as it is
   * too long. A sender who goes away meanwhile is forgotten.
   */
  private static void read(RoutingContext context) {
    var body = Buffer.buffer();
    int most = isWebhook(context) ? MAX_WEBHOOK_BYTES : MAX_COMMAND_BYTES;
    context
        .request()
        .exceptionHandler(gone -> {})
        .handler(
            part -> {
              if (body.length() + part.length() <= most) {
                body.appendBuffer(part);
              } else {
                answer(context, tooLarge(context));
              }
            })
        .endHandler(
            end -> {
              ((RoutingContextInternal) context).setBody(body);
              context.next();
            })
        .resume();
  }

  /** By the path that is routed: the one that was sent may say it in other words. */
  private static boolean isWebhook(RoutingContext context) {
    var path = context.normalizedPath();
    return path.startsWith(WEBHOOKS) || path.startsWith(CONNECTORS) && path.endsWith(DRY_RUN);
  }

  private static Problem tooLarge(RoutingContext context) {
    if (isWebhook(context)) {
      return Problem.tooLarge("A delivery has at most %d KiB.".formatted(MAX_WEBHOOK_BYTES / 1024));
    }
    return Problem.tooLarge(
        "A command has at most %d KiB; many of them go to …/batch as NDJSON."
            .formatted(MAX_COMMAND_BYTES / 1024));
  }

  private static boolean hasBody(HttpServerRequest request) {
    return contentLength(request) > 0 || isChunked(request);
  }

  private static boolean isChunked(HttpServerRequest request) {
    return request.getHeader("Transfer-Encoding") != null;
  }

  private static long contentLength(HttpServerRequest request) {
    var length = request.getHeader("Content-Length");
    try {
      return length == null ? 0 : Long.parseLong(length);
    } catch (NumberFormatException absurd) {
      return Long.MAX_VALUE;
    }
  }

  private static String mediaType(HttpServerRequest request) {
    return ContentType.of(request.getHeader("Content-Type"));
  }

  /** Answers, and hangs up on whoever is still sending. */
  public static void answer(RoutingContext context, Problem problem) {
    var response = context.response();
    if (response.headWritten() || response.closed()) {
      return;
    }
    problem.headers().forEach(response::putHeader);
    if (!context.request().isEnded()) {
      response.putHeader("Connection", "close");
      hangUp(context);
    }
    response
        .setStatusCode(problem.status())
        .putHeader("Content-Type", Problem.MEDIA_TYPE)
        .end(Buffer.buffer(problem.body()));
  }

  /** Lets the sender read the answer before the rest of the body is cut off. */
  private static void hangUp(RoutingContext context) {
    var request = context.request();
    request.handler(rest -> {}).endHandler(end -> {}).exceptionHandler(gone -> {}).resume();
    context.vertx().setTimer(LINGER_MILLIS, timer -> request.connection().close());
  }
}
