package baton.reporting.whatif;

import baton.charter.Agreement;
import baton.charter.Clause;
import baton.charter.clause.PeriodClock;
import baton.charter.clause.Stretch;
import baton.charter.clause.Tally;
import baton.charter.clause.Verdict;
import baton.charter.expression.Facts;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** What marketing delivered, period by period, as a draft's promises about periods count it. */
public final class Delivered {
  private static final int VERSION = 0;

  private final Agreement draft;
  private final List<Clause.Periodic> clauses;
  private final List<Map<LocalDate, Count>> counts = new ArrayList<>();

  private record Count(Stretch stretch, long counted, long of) {
    Count plus(Count other) {
      return new Count(stretch, counted + other.counted, of + other.of);
    }
  }

  /** One promise about one period. */
  public record Period(
      Clause.Periodic clause, Stretch stretch, long counted, long of, Verdict verdict) {}

  Delivered(Agreement draft) {
    this.draft = draft;
    this.clauses =
        draft.terms().marketing().stream()
            .filter(Clause.Periodic.class::isInstance)
            .map(Clause.Periodic.class::cast)
            .toList();
    clauses.forEach(_ -> counts.add(new TreeMap<>()));
  }

  boolean isPromised() {
    return !clauses.isEmpty();
  }

  /** An MQL, of whom this was known. */
  void mql(Instant at, Supplier<Facts> known) {
    for (int i = 0; i < clauses.size(); i++) {
      switch (clauses.get(i)) {
        case Clause.Mqls _ -> add(i, at, true);
        case Clause.Share share -> add(i, at, share.of().holds(known.get()));
        case Clause.Fields fields ->
            add(i, at, fields.fields().stream().allMatch(known.get()::knows));
        case Clause.RejectionRate _ -> {}
      }
    }
  }

  /** A decision; for a reason where it was a rejection. */
  void decided(Instant at, @Nullable String reason) {
    for (int i = 0; i < clauses.size(); i++) {
      if (clauses.get(i) instanceof Clause.RejectionRate rate) {
        add(i, at, reason != null && rate.counts().contains(reason));
      }
    }
  }

  private void add(int clause, Instant at, boolean counts) {
    var stretch =
        Stretch.around(
            at,
            clauses.get(clause).per(),
            draft.calendar().zone(),
            draft.terms().fiscalYearStart());
    this.counts
        .get(clause)
        .merge(stretch.from(), new Count(stretch, counts ? 1 : 0, 1), Count::plus);
  }

  public void add(Delivered other) {
    for (int i = 0; i < counts.size(); i++) {
      var mine = counts.get(i);
      other.counts.get(i).forEach((from, count) -> mine.merge(from, count, Count::plus));
    }
  }

  /** Has a count, be it none, of each period that the other has one of. */
  public void alongside(Delivered other) {
    for (int i = 0; i < counts.size(); i++) {
      var mine = counts.get(i);
      other
          .counts
          .get(i)
          .forEach((from, count) -> mine.putIfAbsent(from, new Count(count.stretch(), 0, 0)));
    }
  }

  /** By clause and time; a period in which there was nothing to count is none. */
  public List<Period> periods(Instant now) {
    var periods = new ArrayList<Period>();
    for (int i = 0; i < clauses.size(); i++) {
      var clause = clauses.get(i);
      counts
          .get(i)
          .values()
          .forEach(
              count -> {
                var clock = new PeriodClock(clause, VERSION, count.stretch(), draft.calendar());
                var tally =
                    clause instanceof Clause.Mqls
                        ? Tally.of(count.counted())
                        : Tally.of(count.counted(), count.of());
                periods.add(
                    new Period(
                        clause,
                        count.stretch(),
                        count.counted(),
                        count.of(),
                        clock.judged(tally, now)));
              });
    }
    return periods;
  }
}
