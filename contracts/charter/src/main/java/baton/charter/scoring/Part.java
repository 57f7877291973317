package baton.charter.scoring;

import baton.contracts.ScorePart;
import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/**
 * What one rule gives. {@code why} says which touches and how old, that a cap held, or which fact
 * was missing where it gives nothing.
 */
public record Part(String rule, BigDecimal points, @Nullable String why) {
  ScorePart frozen() {
    return new ScorePart(rule, points, why);
  }
}
