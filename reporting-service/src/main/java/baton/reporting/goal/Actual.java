package baton.reporting.goal;

import baton.reporting.money.Purse;
import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/**
 * What was reached so far. A share of nothing has no value.
 *
 * @param apart money that no rate makes the goal's currency of
 */
public record Actual(@Nullable BigDecimal value, Purse apart) {
  public static Actual of(long count) {
    return new Actual(BigDecimal.valueOf(count), Purse.EMPTY);
  }

  public static Actual of(@Nullable BigDecimal value) {
    return new Actual(value, Purse.EMPTY);
  }
}
