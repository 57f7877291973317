package baton.lead.campaign;

import java.time.LocalDate;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Where a campaign stands on a day, by its dates and its reviews.
 *
 * <pre>
 * planned ──▶ in-review ──▶ approved ──▶ live ──▶ ended
 *                 ▲   └───▶ rejected      by its dates, whether reviewed or not,
 *                 └── another plan        unless rejected
 * </pre>
 */
public enum State {
  PLANNED,
  IN_REVIEW,
  APPROVED,
  REJECTED,
  LIVE,
  ENDED;

  public String word() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /**
   * @param review where the reviews that still hold leave it; null if nobody reviewed it
   */
  public static State on(
      LocalDate day,
      @Nullable LocalDate startsOn,
      @Nullable LocalDate endsOn,
      @Nullable State review) {
    if (review == REJECTED) {
      return REJECTED;
    }
    if (endsOn != null && endsOn.isBefore(day)) {
      return ENDED;
    }
    if (startsOn != null && !startsOn.isAfter(day)) {
      return LIVE;
    }
    return review == null ? PLANNED : review;
  }

  /** Whether sales can still say yes or no. */
  public boolean isBeforeLaunch() {
    return this != LIVE && this != ENDED;
  }
}
