package baton.feedback.objection;

import io.smallrye.mutiny.Uni;
import java.time.Instant;
import java.time.YearMonth;
import java.time.ZoneId;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What leads object to. */
public interface Objections {

  /**
   * Which mentions; null is any.
   *
   * @param zone in which a month begins
   */
  record Wanted(
      Instant from,
      Instant to,
      @Nullable String persona,
      @Nullable String campaign,
      @Nullable String stage,
      YearMonth month,
      ZoneId zone,
      List<String> vocabulary) {
    public Instant begins(YearMonth of) {
      return of.atDay(1).atStartOfDay(zone).toInstant();
    }
  }

  Uni<Register> register(Wanted wanted);
}
