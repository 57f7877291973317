package baton.charter.scoring;

import baton.charter.Persona;
import baton.contracts.ScorePart;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a charter makes of a lead at an instant. {@code parts} has every rule, also those that gave
 * nothing, so that a person can follow it; the score is the sum of their points, exactly. {@code
 * tier} is null where the charter defines none.
 */
public record Judgement(
    Instant at,
    @Nullable String tier,
    Persona persona,
    BigDecimal score,
    List<Part> parts,
    @Nullable String excludedBy,
    Readiness readiness) {
  public Judgement {
    parts = List.copyOf(parts);
  }

  public boolean ready() {
    return readiness instanceof Readiness.Ready;
  }

  /** The parts that gave something, as {@code lead-qualified} freezes them. */
  public List<ScorePart> frozen() {
    return parts.stream().filter(part -> part.points().signum() != 0).map(Part::frozen).toList();
  }
}
