package baton.chassis.charter;

import baton.charter.Agreement;
import baton.contracts.Charter;
import java.time.Instant;

/** A version that both sides signed, and from when it governs. Version 0 always did. */
public record Signed(int version, Instant effectiveFrom, Agreement agreement) {
  static final Signed DEFAULTS = new Signed(0, Instant.MIN, Agreement.versionZero());

  static Signed of(Charter charter, Agreement agreement) {
    return new Signed(charter.version(), charter.effectiveFrom(), agreement);
  }
}
