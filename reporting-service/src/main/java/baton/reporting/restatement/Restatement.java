package baton.reporting.restatement;

import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A number that was told and is another now.
 *
 * @param id in the order in which they came about
 * @param origin source, medium, channel and campaign; null where the figure isn't told by these
 * @param amount by how much it changed
 * @param later by how much it changed since
 */
public record Restatement(
    long id,
    Instant heardAt,
    LocalDate day,
    Figure figure,
    @Nullable List<@Nullable String> origin,
    BigDecimal amount,
    BigDecimal later,
    int leads,
    @Nullable By by) {

  /** What it came to. */
  public BigDecimal to(BigDecimal now) {
    return now.subtract(later);
  }

  /** What had been told. */
  public BigDecimal from(BigDecimal now) {
    return to(now).subtract(amount);
  }
}
