package baton.reporting.goal;

import baton.charter.Goal;
import baton.charter.clause.Stretch;
import baton.charter.time.Calendar;
import baton.reporting.money.Rates;
import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Currency;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * How a goal stands. What grows with the days is paced by the business days of its period; a share
 * is as it is.
 *
 * @param gone the share of the period's business days that is over, 0 to 1
 */
public record Progress(Goal goal, Actual actual, BigDecimal gone) {
  private static final Set<String> SHARES =
      Set.of("acceptance", "rejection-rate", "win-rate", "sla-attainment", "lead-to-customer-rate");
  private static final Set<String> BETTER_LOWER = Set.of("rejection-rate");

  /** What is to be expected of a goal, or what became of it. */
  public enum Outlook {
    REACHED,
    MISSED,
    ON_TRACK,
    AT_RISK,
    TOO_EARLY;

    public String word() {
      return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
  }

  public static Progress of(Goal goal, Actual actual, Calendar calendar, ZoneId zone, Instant now) {
    return new Progress(
        goal, actual, new Stretch(goal.from(), goal.to(), zone).gone(calendar, now));
  }

  /** Actual ÷ target; null without an actual. */
  public @Nullable BigDecimal attained() {
    var value = actual.value();
    return value == null ? null : value.divide(goal.target(), MathContext.DECIMAL64);
  }

  /** What is due by now: the target by the business days gone; of a share the target itself. */
  public BigDecimal plan() {
    return isShare() ? goal.target() : goal.target().multiply(gone);
  }

  /** Delivered ÷ (committed × business days gone ÷ business days in the period). */
  public @Nullable BigDecimal pacing() {
    var value = actual.value();
    return value == null || isShare() || gone.signum() == 0
        ? null
        : value.divide(plan(), MathContext.DECIMAL64);
  }

  /** What it comes to at the end if it goes on so; null where it is too early to say. */
  public @Nullable BigDecimal forecast() {
    var value = actual.value();
    if (value == null || isShare()) {
      return value;
    }
    if (gone.signum() == 0) {
      return null;
    }
    var end = value.divide(gone, MathContext.DECIMAL128);
    return goal.currency() instanceof Currency currency
        ? Rates.rounded(end, currency.getCurrencyCode())
        : end.setScale(0, RoundingMode.HALF_EVEN);
  }

  public Outlook outlook() {
    boolean over = gone.compareTo(BigDecimal.ONE) >= 0;
    var value = actual.value();
    if (value != null && reaches(value) && (over || !isShare())) {
      return Outlook.REACHED;
    }
    if (over) {
      return Outlook.MISSED;
    }
    var forecast = forecast();
    if (forecast == null) {
      return Outlook.TOO_EARLY;
    }
    return reaches(forecast) ? Outlook.ON_TRACK : Outlook.AT_RISK;
  }

  public boolean isShare() {
    return SHARES.contains(goal.metric());
  }

  private boolean reaches(BigDecimal value) {
    int difference = value.compareTo(goal.target());
    return BETTER_LOWER.contains(goal.metric()) ? difference <= 0 : difference >= 0;
  }
}
