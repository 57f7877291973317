package baton.charter.time;

import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.Period;
import java.time.ZoneId;
import java.time.zone.ZoneRules;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * When a side works: open at an instant if the clock on the wall in {@code zone} then shows open
 * hours of a day that is neither a holiday nor closed. Hours are half-open, their end is closed.
 * That one sentence decides every change of the clocks: time that the wall clock skips is not
 * counted, time that it shows twice counts twice, and what is counted is what elapsed.
 *
 * <p>It counts to the millisecond and drops finer parts. It is safe for concurrent use; the first
 * use of a year reads that year's holidays.
 */
public final class Calendar {
  private static final long DAY = Duration.ofDays(1).toMillis();
  private static final long MINUTE = Duration.ofMinutes(1).toMillis();
  private static final int LONGEST_CLOSED_DAYS = 3 * 366;
  private static final int REACH_DAYS = 100 * 366;
  private static final int BLOCK_BITS = 6;
  private static final int BLOCK_DAYS = 1 << BLOCK_BITS;
  private static final long[] NEVER = {};

  private final ZoneId zone;
  private final ZoneRules rules;
  private final Map<DayOfWeek, List<Hours>> week;
  private final @Nullable Holidays holidays;
  private final Set<LocalDate> closed;

  /** By day of week less one: opening, closing, opening, closing …, in milliseconds of the day. */
  private final long[][] edges = new long[7][];

  private final Map<Long, long[][]> blocks = new ConcurrentHashMap<>();

  public Calendar(
      ZoneId zone,
      Map<DayOfWeek, List<Hours>> week,
      @Nullable Holidays holidays,
      Set<LocalDate> closed) {
    this.zone = zone;
    this.rules = zone.getRules();
    this.week = new EnumMap<>(DayOfWeek.class);
    this.holidays = holidays;
    this.closed = Set.copyOf(closed);
    for (var day : DayOfWeek.values()) {
      var hours = week.getOrDefault(day, List.of());
      if (!hours.isEmpty()) {
        this.week.put(day, List.copyOf(hours));
      }
      edges[day.ordinal()] = edges(hours);
    }
    if (this.week.isEmpty()) {
      throw new IllegalArgumentException("a calendar has at least one open minute in its week");
    }
  }

  /** Open always, so that business time is the time that passes. */
  public static Calendar always(ZoneId zone) {
    var week = new EnumMap<DayOfWeek, List<Hours>>(DayOfWeek.class);
    for (var day : DayOfWeek.values()) {
      week.put(day, List.of(new Hours(0, 24 * 60)));
    }
    return new Calendar(zone, week, null, Set.of());
  }

  private static long[] edges(List<Hours> hours) {
    var edges = new long[hours.size() * 2];
    var size = 0;
    for (var open : hours.stream().sorted((a, b) -> Integer.compare(a.from(), b.from())).toList()) {
      if (size > 0 && open.from() * MINUTE <= edges[size - 1]) {
        edges[size - 1] = Math.max(edges[size - 1], open.until() * MINUTE);
      } else {
        edges[size++] = open.from() * MINUTE;
        edges[size++] = open.until() * MINUTE;
      }
    }
    return Arrays.copyOf(edges, size);
  }

  public ZoneId zone() {
    return zone;
  }

  public Map<DayOfWeek, List<Hours>> week() {
    return new EnumMap<>(week);
  }

  public Set<LocalDate> closed() {
    return new TreeSet<>(closed);
  }

  public boolean isOpen(Instant instant) {
    return isOpen(instant.toEpochMilli());
  }

  /** The first instant at or after this one at which it is open. */
  public Instant nextOpening(Instant instant) {
    return Instant.ofEpochMilli(nextOpening(instant.toEpochMilli()));
  }

  /**
   * When {@code business} has been open since {@code start}; a start in closed hours waits for the
   * opening. The answer lies in open hours or at their very end: eight hours that fill a day end at
   * its closing, not at the next opening.
   */
  public Instant add(Instant start, Duration business) {
    if (business.isNegative()) {
      throw new IllegalArgumentException("business time is added, not taken away");
    }
    var remaining = business.toMillis();
    var from = start.toEpochMilli();
    if (remaining == 0) {
      return Instant.ofEpochMilli(settled(from));
    }
    var walk = new Walk(from, from + REACH_DAYS * DAY, true);
    walk.next();
    while (remaining > walk.to - walk.from) {
      remaining -= walk.to - walk.from;
      walk.next();
    }
    return Instant.ofEpochMilli(walk.from + remaining);
  }

  /**
   * The same time of day, {@code days} business days later. A business day is a date that is open
   * for a moment at least. The clock starts at the first open moment: what arrives on Saturday
   * counts from Monday's opening. Where that time of day is closed on the day it falls on (a lunch
   * break, Friday's early end, a skipped hour), the answer is the next opening, unless it is the
   * very end of open hours.
   *
   * <p>A start in the second run of a repeated hour counts from that hour's end, and of a repeated
   * hour on the day it falls on the first run is meant: so a later start never has the earlier end.
   */
  public Instant addBusinessDays(Instant start, int days) {
    if (days < 0) {
      throw new IllegalArgumentException("business days are added, not taken away");
    }
    var from = start.toEpochMilli();
    if (days == 0) {
      return Instant.ofEpochMilli(settled(from));
    }
    for (var moved = once(nextOpening(from)); moved != from; ) {
      from = moved;
      moved = once(nextOpening(from));
    }
    var local = local(from);
    var date = local.toLocalDate().toEpochDay();
    for (var left = days; left > 0; left--) {
      date = businessDayAfter(date);
    }
    return Instant.ofEpochMilli(
        settled(first(LocalDate.ofEpochDay(date).atTime(local.toLocalTime()))));
  }

  /** The same time of day a number of dates later, open or not. */
  public Instant addDays(Instant start, Period days) {
    if (days.isNegative()) {
      throw new IllegalArgumentException("days are added, not taken away");
    }
    return days.isZero()
        ? start
        : Instant.ofEpochMilli(first(local(once(start.toEpochMilli())).plus(days)));
  }

  /** How long it is open between two instants; nothing if the second is not after the first. */
  public Duration between(Instant start, Instant end) {
    var open = 0L;
    var walk = new Walk(start.toEpochMilli(), end.toEpochMilli(), false);
    while (walk.next()) {
      open += walk.to - walk.from;
    }
    return Duration.ofMillis(open);
  }

  /** What {@link #between} adds up, with at most {@code atMost} intervals told one by one. */
  public Counted counted(Instant start, Instant end, int atMost) {
    if (atMost < 2) {
      throw new IllegalArgumentException("at least the first and the last interval are told");
    }
    var told = new ArrayList<Counted.Span>();
    var omitted = 0;
    var omittedOpen = 0L;
    var open = 0L;
    var walk = new Walk(start.toEpochMilli(), end.toEpochMilli(), false);
    for (var more = walk.next(); more; ) {
      var from = walk.from;
      var to = walk.to;
      while ((more = walk.next()) && walk.from == to) {
        to = walk.to;
      }
      open += to - from;
      if (told.size() == atMost) {
        omitted++;
        omittedOpen += told.removeLast().length().toMillis();
      }
      told.add(new Counted.Span(Instant.ofEpochMilli(from), Instant.ofEpochMilli(to)));
    }
    var daysOff = daysOff(start, end);
    return new Counted(
        zone,
        start,
        end,
        Duration.ofMillis(open),
        told,
        omitted,
        Duration.ofMillis(omittedOpen),
        daysOff.subList(0, Math.min(atMost, daysOff.size())),
        Math.max(0, daysOff.size() - atMost));
  }

  /** Whether it is open for a moment at least on this date. */
  public boolean isBusinessDay(LocalDate date) {
    return isBusinessDay(date.toEpochDay());
  }

  /** How many business days lie from one date to before the other. */
  public int businessDays(LocalDate from, LocalDate before) {
    var days = 0;
    for (var day = from.toEpochDay(); day < before.toEpochDay(); day++) {
      if (isBusinessDay(day)) {
        days++;
      }
    }
    return days;
  }

  private List<Counted.DayOff> daysOff(Instant start, Instant end) {
    if (!start.isBefore(end)) {
      return List.of();
    }
    return start
        .atZone(zone)
        .toLocalDate()
        .datesUntil(end.atZone(zone).toLocalDate().plusDays(1))
        .filter(date -> week.containsKey(date.getDayOfWeek()))
        .flatMap(date -> Stream.ofNullable(whyClosed(date)))
        .toList();
  }

  private Counted.@Nullable DayOff whyClosed(LocalDate date) {
    var holiday = holidays == null ? null : holidays.in(date.getYear()).get(date);
    if (holiday != null) {
      return new Counted.DayOff(date, "%s (holiday, %s)".formatted(holiday, holidays));
    }
    return closed.contains(date) ? new Counted.DayOff(date, "by the charter") : null;
  }

  private boolean isOpen(long instant) {
    var local = instant + offset(instant);
    var day = Math.floorDiv(local, DAY);
    var time = local - day * DAY;
    var open = edgesOf(day);
    for (var i = 0; i < open.length; i += 2) {
      if (time < open[i + 1]) {
        return time >= open[i];
      }
    }
    return false;
  }

  private long nextOpening(long instant) {
    var walk = new Walk(instant, instant + REACH_DAYS * DAY, true);
    walk.next();
    return walk.from;
  }

  /** Itself in open hours and at their end, else the next opening. */
  private long settled(long instant) {
    return isOpen(instant) || isOpen(instant - 1) ? instant : nextOpening(instant);
  }

  /** Itself, or the end of the repeated hour where it lies in its second run. */
  private long once(long instant) {
    var transition = rules.previousTransition(Instant.ofEpochMilli(instant + 1));
    if (transition == null || !transition.isOverlap()) {
      return instant;
    }
    var end = transition.getInstant().toEpochMilli() - transition.getDuration().toMillis();
    return Math.max(instant, end);
  }

  /** The first instant at which the wall clock shows this, or past it where it never does. */
  private long first(LocalDateTime local) {
    var transition = rules.getTransition(local);
    return transition != null && transition.isGap()
        ? transition.getInstant().toEpochMilli()
        : local.toInstant(rules.getValidOffsets(local).getFirst()).toEpochMilli();
  }

  private LocalDateTime local(long instant) {
    return LocalDateTime.ofInstant(Instant.ofEpochMilli(instant), zone);
  }

  private long offset(long instant) {
    return rules.getOffset(Instant.ofEpochMilli(instant)).getTotalSeconds() * 1000L;
  }

  private long businessDayAfter(long day) {
    for (var next = day + 1; next <= day + LONGEST_CLOSED_DAYS; next++) {
      if (isBusinessDay(next)) {
        return next;
      }
    }
    throw closedFrom(LocalDate.ofEpochDay(day + 1));
  }

  private boolean isBusinessDay(long day) {
    return edgesOf(day).length > 0;
  }

  private NoOpening closedFrom(LocalDate date) {
    return new NoOpening(
        "the calendar of %s is closed from %s on for more than %d days"
            .formatted(zone, date, LONGEST_CLOSED_DAYS));
  }

  private long[] edgesOf(long day) {
    return block(day >> BLOCK_BITS)[(int) (day & (BLOCK_DAYS - 1))];
  }

  private long[][] block(long number) {
    var block = blocks.get(number);
    return block != null ? block : blocks.computeIfAbsent(number, this::readBlock);
  }

  private long[][] readBlock(long number) {
    var block = new long[BLOCK_DAYS][];
    for (var i = 0; i < BLOCK_DAYS; i++) {
      var date = LocalDate.ofEpochDay((number << BLOCK_BITS) + i);
      var hours = edges[date.getDayOfWeek().ordinal()];
      block[i] = whyClosed(date) == null && !skipped(date, hours) ? hours : NEVER;
    }
    return block;
  }

  /** Whether the wall clock skips these hours of a date in full. */
  private boolean skipped(LocalDate date, long[] hours) {
    for (var i = 0; i < hours.length; i += 2) {
      var opening = date.atStartOfDay().plus(Duration.ofMillis(hours[i]));
      var closing = date.atStartOfDay().plus(Duration.ofMillis(hours[i + 1]));
      var transition = rules.getTransition(opening);
      if (transition == null
          || !transition.isGap()
          || transition.getDateTimeAfter().isBefore(closing)) {
        return false;
      }
    }
    return true;
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof Calendar that
        && zone.equals(that.zone)
        && week.equals(that.week)
        && Objects.equals(holidays, that.holidays)
        && closed.equals(that.closed);
  }

  @Override
  public int hashCode() {
    return Objects.hash(zone, week, holidays, closed);
  }

  /**
   * Goes through open time forwards, in pieces that end at midnight and at changes of the clocks.
   */
  private final class Walk {
    private final long end;
    private final boolean mustOpen;
    private long now;
    private long offset;
    private long offsetUntil = Long.MIN_VALUE;
    private long closedSince;
    long from;
    long to;

    Walk(long start, long end, boolean mustOpen) {
      this.now = start;
      this.closedSince = start;
      this.end = end;
      this.mustOpen = mustOpen;
    }

    boolean next() {
      while (now < end) {
        if (now >= offsetUntil) {
          readOffset();
        }
        var day = Math.floorDiv(now + offset, DAY);
        var midnight = day * DAY - offset;
        var limit = Math.min(midnight + DAY, Math.min(offsetUntil, end));
        var hours = edgesOf(day);
        for (var i = 0; i < hours.length; i += 2) {
          from = Math.max(now, midnight + hours[i]);
          to = Math.min(limit, midnight + hours[i + 1]);
          if (from < to) {
            now = to;
            closedSince = to;
            return true;
          }
        }
        now = limit;
        if (mustOpen && now - closedSince > LONGEST_CLOSED_DAYS * DAY) {
          throw closedFrom(local(closedSince).toLocalDate());
        }
      }
      if (mustOpen) {
        throw new NoOpening(
            "the calendar of %s is not open for as long within %d days"
                .formatted(zone, REACH_DAYS));
      }
      return false;
    }

    private void readOffset() {
      var at = Instant.ofEpochMilli(now);
      offset = rules.getOffset(at).getTotalSeconds() * 1000L;
      var transition = rules.nextTransition(at);
      offsetUntil = transition == null ? Long.MAX_VALUE : transition.getInstant().toEpochMilli();
    }
  }
}
