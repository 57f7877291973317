package baton.charter;

import baton.contracts.Side;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.Currency;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What both want to reach in {@code [from, to)}, and what it is made of. A child has its parent's
 * dates and owners unless it says its own. {@code currency} is there where the metric is money.
 */
public record Goal(
    String id,
    String metric,
    BigDecimal target,
    @Nullable Currency currency,
    LocalDate from,
    LocalDate to,
    Set<Side> owners,
    List<Goal> children) {
  public Goal {
    owners = java.util.Collections.unmodifiableSet(new java.util.TreeSet<>(owners));
    children = List.copyOf(children);
  }
}
