package baton.reporting.whatif;

import baton.charter.Agreement;
import baton.charter.Clause;
import baton.charter.clause.Clock;
import baton.charter.clause.Deed;
import baton.charter.clause.Moves;
import baton.charter.clause.Verdict;
import baton.charter.time.NoOpening;
import baton.contracts.HandoffStep;
import baton.reporting.journey.Fact.Handed;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a promise about one handoff comes to by a clause and its calendar, by what was done. Clocks
 * start when a step happened; sellers' own hours and how busy a day was are not known here.
 */
record Keeping(Agreement charter, List<Handed> steps, List<Deed> deeds, Instant now) {
  private static final int A_MOMENT = 1;

  enum How {
    MET,
    BROKEN,
    OPEN
  }

  /** One running of a clause's clock, {@code since} the step that started it. */
  record Episode(Handed since, Instant due, How how, Instant judged) {
    boolean isAs(Episode other) {
      return since.equals(other.since) && due.equals(other.due) && how == other.how;
    }
  }

  /** Each running that came to anything, in order. */
  List<Episode> of(Clause.Timed clause) {
    var episodes = new ArrayList<Episode>(1);
    Handed since = null;
    for (var step : steps) {
      var starts =
          step.step() == HandoffStep.REASSIGNED
              ? Moves.owedAnew(clause)
              : since == null && Moves.starts(clause, step.step(), step.seller() != null);
      if (starts) {
        judge(episodes, clause, since, step);
        since = step;
      } else if (since == null && Moves.ends(step.step())) {
        return episodes;
      }
    }
    judge(episodes, clause, since, null);
    return episodes;
  }

  /** Until another owner came to owe it, if one did. */
  private void judge(
      List<Episode> into, Clause.Timed clause, @Nullable Handed since, @Nullable Handed until) {
    if (since == null) {
      return;
    }
    var at = until == null ? now : until.at();
    var done =
        until == null ? deeds : deeds.stream().filter(deed -> !deed.at().isAfter(at)).toList();
    try {
      var clock = clock(clause, since);
      var due = clock.due();
      var verdict = clock.judged(done, at);
      if (due != null) {
        switch (verdict) {
          case Verdict.Met met -> into.add(new Episode(since, due, How.MET, met.at()));
          case Verdict.Broken _ ->
              into.add(
                  new Episode(
                      since, due, How.BROKEN, due.isBefore(at) ? due : at.minusMillis(A_MOMENT)));
          case Verdict.Open _ -> {
            if (until == null) {
              into.add(new Episode(since, due, How.OPEN, due));
            }
          }
          case Verdict.NotJudged _ -> {}
        }
      }
    } catch (NoOpening _) {
      // its calendar never opens: nobody can judge it
    }
  }

  private Clock clock(Clause.Timed clause, Handed since) {
    return new Clock(
        clause,
        0,
        charter.calendar(clause.limit().calendar()),
        since.at(),
        since.step().word(),
        since.step() == HandoffStep.REASSIGNED,
        null,
        List.of(),
        List.of());
  }
}
