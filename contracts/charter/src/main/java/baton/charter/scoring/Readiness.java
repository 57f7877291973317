package baton.charter.scoring;

import java.util.List;

/** Whether a lead is an MQL by its persona's line, in a sentence. */
public sealed interface Readiness {
  String why();

  record Ready(String why) implements Readiness {}

  /** {@code missing} names the required fields that aren't there. */
  record NotYet(String why, List<String> missing) implements Readiness {
    public NotYet {
      missing = List.copyOf(missing);
    }
  }
}
