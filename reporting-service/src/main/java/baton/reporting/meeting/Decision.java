package baton.reporting.meeting;

import java.time.Instant;
import java.time.LocalDate;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What was decided, and who does it by when. It stands on every agenda until it is done.
 *
 * @param week on whose agenda it was decided
 * @param owner an id or a short name
 * @param doneAt null while it is to be done
 */
public record Decision(
    UUID id,
    Week week,
    String text,
    String owner,
    LocalDate due,
    Instant decidedAt,
    @Nullable Instant doneAt) {

  /** Not done by the end of its day. */
  public boolean isOverdue(LocalDate today) {
    return doneAt == null && due.isBefore(today);
  }
}
