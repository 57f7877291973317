package baton.charter.expression;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a rule says of a lead. A rule that reads a fact the lead doesn't have doesn't hold, and the
 * facts are named; {@code failed} says why a rule couldn't be worked out for another reason.
 */
public record Answer(boolean holds, List<String> missing, @Nullable String failed) {
  static final Answer YES = new Answer(true, List.of(), null);
  static final Answer NO = new Answer(false, List.of(), null);

  public Answer {
    missing = List.copyOf(missing);
  }

  /** Why it doesn't hold, beyond that the facts are otherwise; null where there is nothing more. */
  public @Nullable String why() {
    if (!missing.isEmpty()) {
      return String.join(", ", missing) + " isn't known";
    }
    return failed;
  }
}
