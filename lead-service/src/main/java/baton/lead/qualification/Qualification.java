package baton.lead.qualification;

import baton.contracts.Vocabulary;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Why and since when a lead is an MQL. */
public record Qualification(String why, Instant at) {

  /**
   * What charter version 0 makes of a touch: a lead is ready when the tool that sent it says so, or
   * when it raised its hand.
   */
  public static @Nullable Qualification of(
      String touchKind, Instant touchedAt, boolean saidQualified, @Nullable Instant qualifiedAt) {
    if (saidQualified) {
      return new Qualification(
          "qualified by its source", qualifiedAt == null ? touchedAt : qualifiedAt);
    }
    return Vocabulary.HAND_RAISING.contains(touchKind)
        ? new Qualification("raised its hand: " + touchKind, touchedAt)
        : null;
  }
}
