package baton.reporting.journey;

import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * One trip of a lead from MQL to an end.
 *
 * @param number the rank by (qualifiedAt, id), from 1
 * @param id null if it is inferred as a whole: facts without a pass, and no pass to give them to
 * @param opportunity when a deal was opened, or won without having been told as open
 * @param end null while open
 */
public record Pass(
    int number,
    @Nullable UUID id,
    Instant qualifiedAt,
    Reached mql,
    @Nullable Reached sal,
    @Nullable Reached sql,
    @Nullable Reached opportunity,
    @Nullable Reached won,
    @Nullable End end,
    List<Sale> sales) {

  /** When this stage was reached, by a fact or because a later one was. */
  public @Nullable Reached reached(Stage stage) {
    return switch (stage) {
      case CAPTURED, MQL -> mql;
      case SAL -> sal;
      case SQL -> sql;
      case WON -> won;
    };
  }
}
