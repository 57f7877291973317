package baton.reporting.meeting;

import io.smallrye.mutiny.Uni;
import java.time.LocalDate;
import java.time.ZoneId;

/** What reports say of some days: the very answers of their calls, in JSON. */
public interface Papers {
  /** From the first to the one before {@code to}. */
  record Days(LocalDate from, LocalDate to, ZoneId zone) {}

  Uni<String> scorecard(Days days);

  /** Clause by clause. */
  Uni<String> promises(Days days);

  /** By campaign. */
  Uni<String> quality(Days days);

  Uni<String> goals();
}
