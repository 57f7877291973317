package baton.chassis.trace;

import jakarta.inject.Inject;
import jakarta.ws.rs.container.ContainerRequestContext;
import java.util.HexFormat;
import java.util.concurrent.ThreadLocalRandom;
import org.jboss.logging.MDC;
import org.jboss.resteasy.reactive.server.ServerRequestFilter;

/** Takes a request's trace from its header, or begins one; log lines carry its id. */
class TraceFilter {
  private final Trace trace;

  @Inject
  TraceFilter(Trace trace) {
    this.trace = trace;
  }

  @ServerRequestFilter(preMatching = true, nonBlocking = true)
  public void take(ContainerRequestContext request) {
    var given = request.getHeaderString("traceparent");
    var traceparent = given != null && Trace.isValid(given) ? given : begun();
    trace.follow(traceparent);
    MDC.put("traceId", traceparent.substring(3, 35));
  }

  private static String begun() {
    var random = ThreadLocalRandom.current();
    var hex = HexFormat.of();
    return "00-"
        + hex.toHexDigits(random.nextLong())
        + hex.toHexDigits(random.nextLong())
        + "-"
        + hex.toHexDigits(random.nextLong())
        + "-00";
  }
}
