package baton.handoff.seller;

import java.time.Instant;
import java.time.LocalDate;

/** Whether a seller is at work. */
public sealed interface Presence {
  Presence HERE = new Here();

  record Here() implements Presence {}

  /** Out of shift until {@code opensAt}. */
  record Off(Instant opensAt) implements Presence {}

  /** Out of office through the day {@code until}. */
  record Away(LocalDate until) implements Presence {}
}
