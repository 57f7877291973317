package baton.local.demo;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.time.temporal.IsoFields;

/** A calendar quarter, half-open. */
public record Quarter(LocalDate from, LocalDate to) {
  /** So that the deals of its last leads have had time to end. */
  private static final int SETTLED_DAYS = 30;

  /** The latest quarter that has ended long enough ago. */
  public static Quarter settledBy(Instant now) {
    var day = now.atZone(ZoneOffset.UTC).toLocalDate().minusDays(SETTLED_DAYS);
    var to = day.with(IsoFields.DAY_OF_QUARTER, 1);
    return new Quarter(to.minusMonths(3), to);
  }

  Instant begin() {
    return from.atStartOfDay(ZoneOffset.UTC).toInstant();
  }

  long days() {
    return ChronoUnit.DAYS.between(from, to);
  }
}
