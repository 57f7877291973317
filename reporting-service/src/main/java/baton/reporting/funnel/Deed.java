package baton.reporting.funnel;

import baton.reporting.journey.Ending;
import baton.reporting.journey.Stage;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** What a lead did, or what became of it, that counts. */
public sealed interface Deed {

  record Reached(Stage stage) implements Deed {}

  /**
   * Where it stands.
   *
   * @param ending null while it is open
   */
  record Ended(@Nullable Ending ending) implements Deed {}

  /**
   * What was promised for it.
   *
   * @param verdict {@code met}, {@code breached}, {@code excused} or {@code open}; null for any
   * @param now an open promise that was due until then is breached
   */
  record Promised(String clause, @Nullable String verdict, Instant now) implements Deed {}
}
