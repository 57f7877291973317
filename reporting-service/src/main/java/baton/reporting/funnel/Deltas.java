package baton.reporting.funnel;

import baton.reporting.funnel.Part.Entered;
import baton.reporting.funnel.Part.Kind;
import baton.reporting.funnel.Part.Noted;
import baton.reporting.funnel.Part.Standing;
import baton.reporting.funnel.Part.Tallied;
import baton.reporting.journey.Stage;
import java.math.BigDecimal;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * By how much cells change, added up over many leads. Not a value: one thread fills it, then it is
 * written.
 */
public final class Deltas {
  /** Where a count is kept. */
  public record Cell(Level level, int at, UUID keys, WhichPasses passes, int lag, int charter)
      implements Comparable<Cell> {
    @Override
    public int compareTo(Cell other) {
      return inOrder(level, at, keys, other.level, other.at, other.keys);
    }
  }

  /** Where an amount is kept. */
  public record Tally(
      Level level, int at, UUID keys, WhichPasses passes, int lag, Kind kind, String label)
      implements Comparable<Tally> {
    @Override
    public int compareTo(Tally other) {
      return inOrder(level, at, keys, other.level, other.at, other.keys);
    }
  }

  /** Where notes are counted; a label is one term, or several where these are kept together. */
  public record Note(
      Matter matter,
      Level level,
      int at,
      UUID keys,
      WhichPasses passes,
      int lag,
      int charter,
      String label)
      implements Comparable<Note> {
    @Override
    public int compareTo(Note other) {
      int order = matter.compareTo(other.matter);
      return order != 0 ? order : inOrder(level, at, keys, other.level, other.at, other.keys);
    }
  }

  private static int inOrder(
      Level level, int at, UUID keys, Level otherLevel, int otherAt, UUID otherKeys) {
    int order = level.compareTo(otherLevel);
    order = order != 0 ? order : Integer.compare(at, otherAt);
    return order != 0 ? order : keys.compareTo(otherKeys);
  }

  /** An amount of what a cohort did, and of what was done at a time. */
  public record Amount(BigDecimal cohort, BigDecimal entered) {
    private Amount plus(Amount other) {
      return new Amount(cohort.add(other.cohort), entered.add(other.entered));
    }
  }

  /** How often of a cohort, and how often at a time. */
  public record Times(int cohort, int entered) {
    private static final Times NONE = new Times(0, 0);

    private Times plus(Times other) {
      return new Times(cohort + other.cohort, entered + other.entered);
    }
  }

  private final Map<Cell, int[]> cells = new HashMap<>();
  private final Map<Tally, Amount> tallies = new HashMap<>();
  private final Map<Note, Times> notes = new HashMap<>();
  private final Map<Dimensions, Dimensions> known = new HashMap<>();
  private final Map<UUID, Dimensions> keys = new HashMap<>();

  /** A lead that counted for {@code before} counts for {@code after} now. */
  public void replace(Contribution before, Contribution after) {
    if (before.dimensions().equals(after.dimensions())) {
      var changed = new HashMap<Part, Integer>();
      after
          .parts()
          .forEach(
              (part, weight) -> changed.put(part, weight - before.parts().getOrDefault(part, 0)));
      before.parts().forEach((part, weight) -> changed.putIfAbsent(part, -weight));
      changed.values().removeIf(weight -> weight == 0);
      add(after.dimensions(), changed, 1);
    } else {
      add(before.dimensions(), before.parts(), -1);
      add(after.dimensions(), after.parts(), 1);
    }
  }

  private void add(Dimensions dimensions, Map<Part, Integer> parts, int sign) {
    if (parts.isEmpty()) {
      return;
    }
    Set<Dimension> kept = Set.of();
    UUID id = new UUID(0, 0);
    for (var level : Level.values()) {
      if (!level.dimensions().equals(kept)) {
        kept = level.dimensions();
        id = id(dimensions.only(kept));
      }
      var grid = new Grid(level, dimensions, id);
      parts.forEach((part, weight) -> grid.add(part, weight * sign));
    }
  }

  private UUID id(Dimensions dimensions) {
    var same = known.computeIfAbsent(dimensions, first -> first);
    keys.put(same.id(), same);
    return same.id();
  }

  /** One level's cells under one lead's keys. */
  private final class Grid {
    private final Level level;
    private final Dimensions dimensions;
    private final UUID id;

    Grid(Level level, Dimensions dimensions, UUID id) {
      this.level = level;
      this.dimensions = dimensions;
      this.id = id;
    }

    void add(Part part, int weight) {
      switch (part) {
        case Entered entered -> {
          var column = Column.of(entered.stage(), false);
          var how = Column.of(entered.stage(), entered.how(), false);
          if (level.addsUpLags()) {
            count(
                entered.cohort(),
                entered.passes(),
                Level.ANY_LAG,
                entered.charter(),
                column,
                how,
                weight);
          }
          if (level.lags()) {
            count(
                entered.cohort(),
                entered.passes(),
                entered.lag(),
                entered.charter(),
                column,
                how,
                weight);
          }
          if (entered.stage() != Stage.CAPTURED) {
            count(
                entered.at(),
                entered.passes(),
                level.leastLag(),
                entered.charter(),
                Column.of(entered.stage(), true),
                Column.of(entered.stage(), entered.how(), true),
                weight);
          }
        }
        case Standing standing -> {
          var column = Column.now(standing.ending());
          if (level.addsUpLags()) {
            count(
                standing.cohort(),
                WhichPasses.ANY,
                Level.ANY_LAG,
                standing.charter(),
                column,
                null,
                weight);
          }
          if (level.lags()) {
            count(standing.cohort(), WhichPasses.ANY, 0, standing.charter(), column, null, weight);
          }
        }
        case Tallied tallied -> {
          var amount = tallied.amount().multiply(BigDecimal.valueOf(weight));
          var cohort = new Amount(amount, BigDecimal.ZERO);
          if (level.addsUpLags()) {
            tally(tallied, tallied.cohort(), Level.ANY_LAG, cohort);
          }
          if (level.lags()) {
            tally(tallied, tallied.cohort(), tallied.lag(), cohort);
          }
          tally(tallied, tallied.at(), level.leastLag(), new Amount(BigDecimal.ZERO, amount));
        }
        case Noted noted when level.notes() -> {
          var keys =
              noted.holder() == null ? id : id(dimensions.of(noted).only(level.dimensions()));
          if (level.addsUpLags()) {
            noted.terms().forEach(term -> note(noted, keys, term, Level.ANY_LAG, weight));
          } else {
            note(
                noted,
                keys,
                String.join(String.valueOf(Noted.BETWEEN), noted.terms()),
                noted.lag(),
                weight);
          }
        }
        case Noted _ -> {}
      }
    }

    private void count(
        int at,
        WhichPasses passes,
        int lag,
        int charter,
        Column column,
        @Nullable Column how,
        int weight) {
      var counts =
          cells.computeIfAbsent(
              new Cell(level, level.at(at), id, passes, lag, charter),
              _ -> new int[Column.values().length]);
      counts[column.ordinal()] += weight;
      if (how != null) {
        counts[how.ordinal()] += weight;
      }
    }

    private void note(Noted noted, UUID keys, String label, int lag, int weight) {
      note(noted, keys, label, noted.cohort(), lag, new Times(weight, 0));
      note(noted, keys, label, noted.at(), level.leastLag(), new Times(0, weight));
    }

    private void note(Noted noted, UUID keys, String label, int at, int lag, Times times) {
      notes.merge(
          new Note(
              noted.matter(),
              level,
              level.at(at),
              keys,
              noted.passes(),
              lag,
              noted.charter(),
              label),
          times,
          Times::plus);
    }

    private void tally(Tallied tallied, int at, int lag, Amount amount) {
      tallies.merge(
          new Tally(
              level, level.at(at), id, tallied.passes(), lag, tallied.kind(), tallied.label()),
          amount,
          Amount::plus);
    }
  }

  /** How often what is noted changes. */
  public Map<Note, Times> notes() {
    return notes;
  }

  /** The counts that change, by {@link Column}. */
  public Map<Cell, int[]> cells() {
    return cells;
  }

  /** The amounts that change. */
  public Map<Tally, Amount> tallies() {
    return tallies;
  }

  /** The keys that cells and tallies name by id. */
  public Map<UUID, Dimensions> keys() {
    return keys;
  }

  /** Forgets what cancelled out. */
  public Deltas settled() {
    cells
        .values()
        .removeIf(
            counts -> {
              for (int count : counts) {
                if (count != 0) {
                  return false;
                }
              }
              return true;
            });
    tallies
        .values()
        .removeIf(amount -> amount.cohort().signum() == 0 && amount.entered().signum() == 0);
    notes.values().removeIf(Times.NONE::equals);
    return this;
  }
}
