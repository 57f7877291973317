package baton.chassis.database;

import baton.chassis.problem.Problem;
import io.vertx.core.VertxException;
import io.vertx.core.impl.NoStackTraceThrowable;
import io.vertx.pgclient.PgException;
import java.io.IOException;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/** Whose fault a failure is: the infrastructure's, which passes, or the data's, which stays. */
public final class Trouble {
  private static final Set<String> TRY_AGAIN = Set.of("40001", "40P01");

  private Trouble() {}

  /** Whether a transaction came to nothing only because of another one. */
  static boolean isContention(Throwable failure) {
    if (failure instanceof Contended) {
      return true;
    }
    var state = sqlState(failure);
    return state != null && TRY_AGAIN.contains(state);
  }

  /** Whether the same work may succeed later, with nothing about its data changed. */
  public static boolean passes(Throwable failure) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof Problem problem) {
        return Problem.isUnavailable(problem);
      }
      if (cause instanceof PgException database) {
        return passes(database.getSqlState());
      }
      if (cause instanceof IOException
          || cause instanceof TimeoutException
          || cause instanceof VertxException
          || cause instanceof NoStackTraceThrowable
          || cause instanceof Contended
          || cause instanceof Error) {
        return true;
      }
    }
    return false;
  }

  /** What a caller is told of a failure that passes. */
  static Problem unavailable() {
    return Problem.unavailable(Duration.ofSeconds(ThreadLocalRandom.current().nextLong(1, 4)));
  }

  /** 22 is bad data, 23 a broken constraint, P0 raised on purpose; all else isn't the data's. */
  private static boolean passes(String sqlState) {
    return !(sqlState.startsWith("22") || sqlState.startsWith("23") || sqlState.startsWith("P0"));
  }

  private static @Nullable String sqlState(Throwable failure) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof PgException database) {
        return database.getSqlState();
      }
    }
    return null;
  }
}
