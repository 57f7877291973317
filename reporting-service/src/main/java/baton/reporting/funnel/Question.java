package baton.reporting.funnel;

import baton.reporting.journey.Stage;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a report is asked.
 *
 * @param from first day, in {@code zone}; null for the first there is
 * @param to first day no more; null for all there is
 * @param by what rows are told apart by
 * @param period by which stretch of the calendar as well, if any
 * @param only of each dimension named, the values let through; null stands for none
 */
public record Question(
    Basis basis,
    WhichPasses passes,
    @Nullable LocalDate from,
    @Nullable LocalDate to,
    ZoneId zone,
    @Nullable Integer withinDays,
    List<Dimension> by,
    @Nullable Period period,
    Map<Dimension, Set<@Nullable String>> only) {

  /** No answer has more rows in time than this. */
  public static final int MOST_PERIODS = 4000;

  private static final int EVERY_LAG = Integer.MAX_VALUE;

  /** A stretch of one level's cells, and the period that it belongs to. */
  public record Stretch(Level level, int from, int to, int fewestDays, int mostDays, int period) {}

  /** When to look, in cells. */
  public record Plan(List<String> periods, List<Stretch> stretches) {}

  /** The same about what happened in the time, whatever was asked of a cohort. */
  public Question ofPeriod() {
    return new Question(Basis.PERIOD, passes, from, to, zone, null, by, period, only);
  }

  /** The same about other passes. */
  public Question of(WhichPasses others) {
    return new Question(basis, others, from, to, zone, withinDays, by, period, only);
  }

  /** Whether leads of these keys are asked about. */
  boolean lets(Dimensions keys) {
    for (Map.Entry<Dimension, Set<@Nullable String>> asked : only.entrySet()) {
      if (!asked.getValue().contains(keys.get(asked.getKey()))) {
        return false;
      }
    }
    return true;
  }

  /** Whether what a lead counts for is asked about. The captured enter when they are captured. */
  boolean asks(Part.Entered entered) {
    return asks(entered.passes())
        && asks(
            entered.cohort(),
            entered.stage() == Stage.CAPTURED ? entered.cohort() : entered.at(),
            entered.lag());
  }

  boolean asks(Part.Standing standing) {
    return asks(standing.cohort(), standing.cohort(), 0);
  }

  boolean asks(Part.Noted noted) {
    return asks(noted.passes()) && asks(noted.cohort(), noted.at(), noted.lag());
  }

  private boolean asks(WhichPasses which) {
    return which == WhichPasses.ANY || which == passes;
  }

  /** Whether it is asked about what happened then to a lead that was captured then. */
  boolean asks(int cohort, int at, int lag) {
    int quarter = basis == Basis.COHORT ? cohort : at;
    return quarter >= first() && quarter < end() && (withinDays == null || lag <= withinDays);
  }

  /**
   * Which cells add up to the answer: the coarsest there are, and finer ones at the edges.
   *
   * @param first the first quarter of an hour in which anything was counted
   * @param last the last
   */
  public Plan plan(int first, int last) {
    return plan(first, last, Level.knowing(asked(), withinDays != null));
  }

  /** As {@link #plan}, of notes. */
  public Plan planOfNotes(int first, int last) {
    return plan(first, last, Level.noting(asked(), withinDays != null));
  }

  private Set<Dimension> asked() {
    var asked = EnumSet.noneOf(Dimension.class);
    asked.addAll(by);
    asked.addAll(only.keySet());
    return asked;
  }

  private Plan plan(int first, int last, List<Level> levels) {
    var stretches = new ArrayList<Stretch>();
    if (period == null) {
      split(first(), end(), levels, 0, stretches);
      return new Plan(List.of(), stretches);
    }
    var names = new ArrayList<String>();
    var begin = from == null ? day(first) : from;
    var end = to == null ? day(last).plusDays(1) : to;
    for (var start = period.start(begin); start.isBefore(end); start = period.next(start)) {
      int least = Math.max(start(start), from == null ? Quarter.EVER : start(from));
      int most = Math.min(start(period.next(start)), to == null ? Quarter.NEVER : start(to));
      split(least, most, levels, names.size(), stretches);
      names.add(period.name(start));
    }
    return new Plan(names, stretches);
  }

  /** The first quarter of an hour that is asked about. */
  public int first() {
    return from == null ? Quarter.EVER : start(from);
  }

  /** The first one after it. */
  public int end() {
    return to == null ? Quarter.NEVER : start(to);
  }

  /** How many periods lie between these days at most. */
  public long periods(LocalDate first, LocalDate last) {
    if (period == null) {
      return 0;
    }
    long days = last.toEpochDay() - first.toEpochDay();
    return switch (period) {
      case DAY -> days;
      case WEEK -> days / 7 + 2;
      case MONTH -> days / 28 + 2;
      case QUARTER -> days / 90 + 2;
    };
  }

  private void split(int from, int to, List<Level> levels, int period, List<Stretch> into) {
    if (from >= to) {
      return;
    }
    var level = levels.getFirst();
    var finer = levels.subList(1, levels.size());
    long least = from == Quarter.EVER ? from : up(from, level);
    long most = to == Quarter.NEVER ? to : down(to, level);
    if (level.width() == 0 ? from != Quarter.EVER || to != Quarter.NEVER : least >= most) {
      split(from, to, finer, period, into);
      return;
    }
    into.add(stretch(level, (int) least, (int) most, period));
    split(from, (int) least, finer, period, into);
    split((int) most, to, finer, period, into);
  }

  private Stretch stretch(Level level, int from, int to, int period) {
    if (withinDays != null) {
      return new Stretch(level, from, to, 0, withinDays, period);
    }
    return level.addsUpLags()
        ? new Stretch(level, from, to, Level.ANY_LAG, Level.ANY_LAG, period)
        : new Stretch(level, from, to, 0, EVERY_LAG, period);
  }

  private static long up(int quarter, Level level) {
    return level.width() == 0
        ? quarter
        : -Math.floorDiv(-(long) quarter, level.width()) * level.width();
  }

  private static long down(int quarter, Level level) {
    return level.width() == 0
        ? quarter
        : Math.floorDiv((long) quarter, level.width()) * level.width();
  }

  /** Rounded up: what began before the day did not begin on it. */
  private int start(LocalDate day) {
    return Math.toIntExact(Math.ceilDiv(day.atStartOfDay(zone).toInstant().getEpochSecond(), 900L));
  }

  private LocalDate day(int quarter) {
    return Quarter.start(quarter).atZone(zone).toLocalDate();
  }
}
