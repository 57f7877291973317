package baton.reporting.goal;

import baton.reporting.money.Purse;
import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/**
 * What was reached so far. A share of nothing has no value.
 *
 * @param apart money that no rate makes the goal's currency of
 * @param immature whether leads it is about have not had their time yet
 */
public record Actual(@Nullable BigDecimal value, Purse apart, boolean immature) {
  public static Actual of(long count) {
    return of(BigDecimal.valueOf(count));
  }

  public static Actual of(@Nullable BigDecimal value, Purse apart) {
    return new Actual(value, apart, false);
  }

  public static Actual of(@Nullable BigDecimal value) {
    return of(value, Purse.EMPTY);
  }
}
