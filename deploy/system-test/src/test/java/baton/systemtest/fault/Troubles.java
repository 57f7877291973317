package baton.systemtest.fault;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** When something was down: from a kill until all was ready again. */
final class Troubles {
  private record Trouble(Instant from, Instant until) {
    boolean meets(Instant one, Instant other) {
      return from.isBefore(other) && one.isBefore(until);
    }
  }

  private final List<Trouble> over = new ArrayList<>();
  private @Nullable Instant since;

  void begin() {
    if (since == null) {
      since = Instant.now();
    }
  }

  void end() {
    if (since != null) {
      over.add(new Trouble(since, Instant.now()));
      since = null;
    }
  }

  /** Whether nothing was down from then on for so long. */
  boolean spare(Instant from, Duration length) {
    return over.stream().noneMatch(trouble -> trouble.meets(from, from.plus(length)));
  }

  /** When what was due then could be judged: at once, or when all was ready again. */
  Instant judgeableFrom(Instant due, Duration within) {
    return over.stream()
        .filter(trouble -> trouble.meets(due, due.plus(within)))
        .map(Trouble::until)
        .reduce(due, (one, other) -> one.isAfter(other) ? one : other);
  }
}
