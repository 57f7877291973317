package baton.reporting.funnel;

import baton.reporting.journey.Stage;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The leads of a row, as old as the last of them can be. It is immature until that one has had as
 * long as is asked about ({@code withinDays}), or else as nine of ten took who got there.
 *
 * @param end when the last of them was captured, at the latest; null where nobody knows
 */
public record Cohort(Report report, @Nullable Instant end) {

  /**
   * @param period of the row; null for all that was asked about
   */
  public static Cohort of(Report report, @Nullable String period) {
    var question = report.question();
    var last = report.maturity().last();
    var end = last == null ? report.completeTo() : Quarter.start(last).plus(Duration.ofDays(1));
    if (question.to() != null) {
      end = earlier(end, question.to().atStartOfDay(question.zone()).toInstant());
    }
    if (question.period() != null && period != null) {
      end = earlier(end, question.period().end(period).atStartOfDay(question.zone()).toInstant());
    }
    return new Cohort(report, end);
  }

  private static Instant earlier(@Nullable Instant one, Instant other) {
    return one == null || other.isBefore(one) ? other : one;
  }

  /** Whether more of them may still get anywhere. */
  public boolean immature() {
    return immature(report.maturity().longest());
  }

  /** Whether more of them may still reach this. */
  public boolean immature(Stage stage) {
    return immature(report.maturity().days().get(stage));
  }

  private boolean immature(@Nullable Integer usual) {
    var within = report.question().withinDays();
    var days = within == null ? usual : within;
    return days == null || !isOver(days);
  }

  /** Whether so many days are over for all of them. */
  public boolean isOver(int days) {
    var completeTo = report.completeTo();
    return end != null
        && completeTo != null
        && !end.plus(Duration.ofDays(days)).isAfter(completeTo);
  }
}
