package baton.handoff.pass;

import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * The states' names, as people and scripts know them; what each state is and may do is {@link
 * Handoff}.
 */
public enum State {
  UNASSIGNED,
  OFFERED,
  ACCEPTED,
  QUALIFIED,
  REJECTED,
  RETURNED,
  CLOSED;

  /** The states in which a handoff takes up a part of its seller's capacity. */
  public static final Set<State> HELD = Set.of(OFFERED, ACCEPTED);

  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  public static Optional<State> named(String word) {
    for (var state : values()) {
      if (state.word().equals(word)) {
        return Optional.of(state);
      }
    }
    return Optional.empty();
  }
}
