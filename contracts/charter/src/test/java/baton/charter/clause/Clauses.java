package baton.charter.clause;

import baton.charter.Clause;
import baton.charter.time.Calendar;
import baton.charter.time.Hours;
import baton.charter.time.Window;
import java.math.BigDecimal;
import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.EnumMap;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The clauses of the example charter and the week they run in. */
final class Clauses {
  static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");
  static final Calendar OFFICE = office(BERLIN);

  static final Clause.Decision DECIDE = new Clause.Decision("decide", within("P1D", true), true);
  static final Clause.FirstAttempt HAND_RAISER =
      new Clause.FirstAttempt(
          "hand-raiser",
          new Clause.Limit(
              Window.of("PT1H", true),
              "default",
              null,
              new BigDecimal("0.75"),
              List.of(
                  new Clause.Escalation.Notify(null, "seller"),
                  new Clause.Escalation.Reassign(Window.of("PT2H", true))),
              new Clause.Relax(40, Window.of("PT4H", true))),
          Set.of());
  static final Clause.Attempts PERSISTENCE =
      new Clause.Attempts(
          "persistence",
          within("P14D", false),
          5,
          3,
          true,
          Set.of("call", "personal-email", "social", "sms"));
  static final Clause.Disposition DISPOSITION =
      new Clause.Disposition("disposition", within("P30D", false));
  static final Clause.Feedback FEEDBACK = new Clause.Feedback("feedback", within("P2D", true));
  static final Clause.ContentReply CONTENT_REPLY =
      new Clause.ContentReply("content-reply", within("P5D", true));

  private Clauses() {}

  static Clause.Limit within(String window, boolean business) {
    return limit(window, business, null);
  }

  static Clause.Limit limit(String window, boolean business, @Nullable BigDecimal warnAt) {
    return new Clause.Limit(Window.of(window, business), "default", null, warnAt, List.of(), null);
  }

  /** Nine to six with lunch from half past twelve to half past one, Monday to Friday. */
  static Calendar office(ZoneId zone) {
    var week = new EnumMap<DayOfWeek, List<Hours>>(DayOfWeek.class);
    for (var day = DayOfWeek.MONDAY; day != DayOfWeek.SATURDAY; day = day.plus(1)) {
      week.put(day, List.of(Hours.of("09:00-12:30"), Hours.of("13:30-18:00")));
    }
    return new Calendar(zone, week, null, Set.of());
  }

  static Instant berlin(String local) {
    return LocalDateTime.parse(local).atZone(BERLIN).toInstant();
  }

  static Clock offered(Clause.Timed clause, String at) {
    return Clock.start(clause, 3, OFFICE, berlin(at), "offered to grace");
  }
}
