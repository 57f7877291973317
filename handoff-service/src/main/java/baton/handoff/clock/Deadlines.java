package baton.handoff.clock;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What becomes of open deadlines when time zone rules or the code that judges are others. */
public interface Deadlines {

  /**
   * Computes some open deadlines anew if the time zone rules are others than they were computed by;
   * {@code after} is the last one of before.
   */
  Uni<Optional<Promise>> recompute(SqlConnection tx, @Nullable Promise after, int atMost);

  /** How many clocks and periods can't be judged. */
  Uni<Long> stuck(SqlConnection tx);

  /** What couldn't be judged is judged again. */
  Uni<Void> retry(SqlConnection tx);
}
