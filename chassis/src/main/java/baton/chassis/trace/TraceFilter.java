package baton.chassis.trace;

import jakarta.inject.Inject;
import jakarta.ws.rs.container.ContainerRequestContext;
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
    var traceparent = Trace.begun(request.getHeaderString("traceparent"));
    trace.follow(traceparent);
    MDC.put("traceId", Trace.id(traceparent));
  }
}
