package baton.charter.time;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;

/**
 * The open time between two instants, interval by interval, so that a person can add it up. Of many
 * intervals the first ones and the last are told, and the ones between only summed.
 *
 * @param omitted how many intervals between the last two told are only summed
 * @param daysOff dates that the week opens but a holiday or a closed day shut; at most as many as
 *     intervals are told
 */
public record Counted(
    ZoneId zone,
    Instant from,
    Instant to,
    Duration open,
    List<Span> told,
    int omitted,
    Duration omittedOpen,
    List<DayOff> daysOff,
    int moreDaysOff) {

  /** Open from one instant to another without a break. */
  public record Span(Instant from, Instant to) {
    public Duration length() {
      return Duration.between(from, to);
    }
  }

  /** A working day that was none, and why. */
  public record DayOff(LocalDate date, String why) {}

  public Counted {
    told = List.copyOf(told);
    daysOff = List.copyOf(daysOff);
  }

  /** A line for each interval with the sum so far, then the days off, then the total. */
  public List<String> lines() {
    var lines = new ArrayList<String>();
    var sum = Duration.ZERO;
    for (var i = 0; i < told.size(); i++) {
      if (omitted > 0 && i == told.size() - 1) {
        sum = sum.plus(omittedOpen);
        lines.add(
            "%d more intervals: %s (%s so far)"
                .formatted(omitted, Wording.of(omittedOpen), Wording.of(sum)));
      }
      var span = told.get(i);
      sum = sum.plus(span.length());
      lines.add(
          "%s: %s (%s so far)"
              .formatted(
                  Wording.between(span.from(), span.to(), zone),
                  Wording.of(span.length()),
                  Wording.of(sum)));
    }
    for (var day : daysOff) {
      lines.add("%s closed: %s".formatted(Wording.of(day.date()), day.why()));
    }
    if (moreDaysOff > 0) {
      lines.add("%d more days closed".formatted(moreDaysOff));
    }
    lines.add(
        "open between %s and %s: %s"
            .formatted(Wording.of(from, zone), Wording.of(to, zone), Wording.of(open)));
    return List.copyOf(lines);
  }
}
