package baton.reporting.whatif;

import baton.charter.Agreement;
import java.time.Instant;

/** Which charter governs when. */
public interface Law {
  Version at(Instant instant);

  /** What a version says. */
  Agreement version(int number);

  record Version(int number, Agreement agreement) {}

  /** One charter for all times. */
  static Law of(Agreement agreement) {
    var always = new Version(0, agreement);
    return new Law() {
      @Override
      public Version at(Instant instant) {
        return always;
      }

      @Override
      public Agreement version(int number) {
        return agreement;
      }
    };
  }
}
