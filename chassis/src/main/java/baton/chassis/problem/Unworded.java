package baton.chassis.problem;

import io.vertx.pgclient.PgException;
import org.jspecify.annotations.Nullable;

/** A failure as it may be logged: its own message could name a person. */
final class Unworded extends RuntimeException {
  private static final long serialVersionUID = 1;

  private Unworded(Throwable failure, @Nullable Throwable cause) {
    super(described(failure), cause);
    setStackTrace(failure.getStackTrace());
  }

  static Unworded of(Throwable failure) {
    var cause = failure.getCause();
    return new Unworded(failure, cause == null || cause == failure ? null : of(cause));
  }

  private static String described(Throwable failure) {
    return failure instanceof PgException database
        ? "PgException, SQLSTATE " + database.getSqlState()
        : failure.getClass().getName();
  }
}
