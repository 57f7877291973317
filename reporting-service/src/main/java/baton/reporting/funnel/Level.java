package baton.reporting.funnel;

import static baton.reporting.funnel.Dimension.CAMPAIGN;
import static baton.reporting.funnel.Dimension.CHANNEL;
import static baton.reporting.funnel.Dimension.MEDIUM;
import static baton.reporting.funnel.Dimension.SOURCE;

import java.util.Arrays;
import java.util.Collection;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/**
 * The grids on which counts are kept, coarse before fine: each keeps some keys and rounds time to
 * some width. The last keeps everything and answers whatever the others can't. Every level is a row
 * more to write for what a lead counts, so there are few. Their order is stored.
 */
public enum Level {
  /** All time by where leads come from: some hundred rows. */
  ORIGIN_TOTAL(Set.of(SOURCE, MEDIUM, CHANNEL, CAMPAIGN), 0, true),
  ORIGIN_DAY(Set.of(SOURCE, MEDIUM, CHANNEL, CAMPAIGN), Quarter.PER_DAY, true),
  /** Days of other zones than UTC are made of hours. */
  ORIGIN_HOUR(Set.of(SOURCE, MEDIUM, CHANNEL, CAMPAIGN), Quarter.PER_HOUR, false),
  EVERYTHING(EnumSet.allOf(Dimension.class), 1, true);

  /** The lag of counts that are kept whatever their lag was. */
  public static final int ANY_LAG = -1;

  private final Set<Dimension> dimensions;
  private final int width;
  private final boolean lags;

  /**
   * Those that keep notes. A note is about a pass or a promise, so that the levels between would
   * hold about as many rows as the finest.
   */
  private static final Set<Level> NOTED = EnumSet.of(ORIGIN_TOTAL, EVERYTHING);

  Level(Set<Dimension> dimensions, int width, boolean lags) {
    this.dimensions = dimensions;
    this.width = width;
    this.lags = lags;
  }

  /** Those that can answer a question about these keys, coarse before fine. */
  static List<Level> knowing(Collection<Dimension> asked, boolean lags) {
    return Arrays.stream(values())
        .filter(level -> level.dimensions.containsAll(asked) && (level.lags || !lags))
        .toList();
  }

  /** Of those that can answer, the ones that keep notes. */
  static List<Level> noting(Collection<Dimension> asked, boolean lags) {
    return knowing(asked, lags).stream()
        .filter(level -> level.notes() && (level == EVERYTHING || !lags))
        .toList();
  }

  boolean notes() {
    return NOTED.contains(this);
  }

  public Set<Dimension> dimensions() {
    return dimensions;
  }

  /** How many quarters of an hour are one here; 0 if all time is one. */
  public int width() {
    return width;
  }

  /** The start of that part of time which holds this quarter. */
  int at(int quarter) {
    return width == 0 ? 0 : Math.floorDiv(quarter, width) * width;
  }

  /** Whether counts are kept by their lag. */
  boolean lags() {
    return lags;
  }

  /**
   * Whether counts are also kept with lags added up. The finest level holds about a row per lead,
   * so adding up lags would save its readers nothing.
   */
  boolean addsUpLags() {
    return this != EVERYTHING;
  }

  /** Where that is kept which has no lag of its own. */
  int leastLag() {
    return addsUpLags() ? ANY_LAG : 0;
  }
}
