package baton.charter;

import baton.charter.expression.Expression;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What makes points, and who is never scored. */
public record Scoring(List<Fit> fit, List<Engagement> engagement, List<Exclusion> exclude) {
  public static final Scoring NONE = new Scoring(List.of(), List.of(), List.of());

  /** Points for who the lead is. */
  public record Fit(String id, Expression when, BigDecimal points) {}

  /**
   * Points for what the lead did: for each touch of the kind, halved every half-life, at most so
   * many in all.
   */
  public record Engagement(
      String id,
      String touch,
      BigDecimal points,
      @Nullable Duration halfLife,
      @Nullable BigDecimal atMost) {}

  /** Who never becomes an MQL, whatever the score. */
  public record Exclusion(String id, Expression when) {}

  public Scoring {
    fit = List.copyOf(fit);
    engagement = List.copyOf(engagement);
    exclude = List.copyOf(exclude);
  }
}
