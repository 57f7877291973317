package baton.charter.clause;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** What a clause comes to. */
public sealed interface Verdict {

  /** Kept at {@code at}, no later than due. */
  record Met(Instant at) implements Verdict {}

  /**
   * Not kept when due. {@code keptAt} is when it was kept after all, {@code overrun} how long after
   * in the clause's own time, so far if it still isn't. {@code accepts}: the charter takes the
   * silence for acceptance.
   */
  record Broken(Instant dueAt, @Nullable Instant keptAt, Duration overrun, boolean accepts)
      implements Verdict {}

  /** Neither kept nor due; {@code dueAt} is null while the clock is paused. */
  record Open(@Nullable Instant dueAt) implements Verdict {}

  /** It came to nothing that could be judged. */
  record NotJudged(String why) implements Verdict {}
}
