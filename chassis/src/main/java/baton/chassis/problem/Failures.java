package baton.chassis.problem;

import io.vertx.core.VertxException;
import io.vertx.core.http.ConnectionPoolTooBusyException;
import io.vertx.core.impl.NoStackTraceThrowable;
import io.vertx.pgclient.PgException;
import io.vertx.sqlclient.ClosedConnectionException;
import java.net.ConnectException;
import java.time.Duration;
import java.util.concurrent.TimeoutException;
import org.jboss.logging.Logger;
import org.jboss.logging.MDC;

/** Whatever fails while a request is answered, as the problem that its sender is told. */
public final class Failures {
  private static final Logger LOG = Logger.getLogger(Failures.class);
  private static final Duration SOON = Duration.ofSeconds(2);

  private Failures() {}

  /** As {@link #told(Throwable)}, where nothing has said yet which trace log lines belong to. */
  public static Problem told(Throwable failure, String traceId) {
    MDC.put("traceId", traceId);
    try {
      return told(failure);
    } finally {
      MDC.remove("traceId");
    }
  }

  /** What is said of a failure; what nobody expected is logged. */
  static Problem told(Throwable failure) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof Problem problem) {
        return problem;
      }
      if (cause instanceof PgException database && storedMeanwhile(database)) {
        return Problem.conflict(
            "Somebody else changed the same thing at this moment: read it, then try again.",
            "changed");
      }
      if (cause instanceof PgException database && isUnfit(database)) {
        LOG.warn("the database can't keep what a request says", Unworded.of(failure));
        return Problem.malformed("It holds a character, a number or a time that can't be kept.");
      }
      if (cause.getClass() == VertxException.class) {
        LOG.debug("a connection was closed, the caller's or the database's");
        return Problem.unavailable(SOON);
      }
      if (isOutage(cause)) {
        LOG.warnf("the database can't take a request: %s", cause.getClass().getSimpleName());
        return Problem.unavailable(SOON);
      }
    }
    LOG.error("a request failed", Unworded.of(failure));
    return Problem.internal();
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
}
