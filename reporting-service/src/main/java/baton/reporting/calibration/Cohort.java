package baton.reporting.calibration;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * The leads whose outcome is known by now, in the order of their capture: the first of them are
 * learned from, the others judge what was learned.
 *
 * @param judged of each, until when what is told of it counts: its handover, or as late as nearly
 *     all others were handed over
 * @param train how many are learned from
 * @param immature those left out because they were captured too late to tell
 * @param horizon how long success takes, to the ninetieth of a hundred
 */
record Cohort(
    List<Subject> subjects,
    List<Instant> judged,
    boolean[] success,
    int train,
    int immature,
    Duration horizon) {
  private static final double NEARLY_ALL = 0.9;
  private static final double LEARNED_FROM = 0.7;

  static Cohort of(List<Subject> captured, Trial trial, Instant completeTo) {
    var within = trial.withinDays();
    var horizon = within == null ? nearlyAll(captured, Subject::reached) : Duration.ofDays(within);
    var last = completeTo.minus(horizon);
    var subjects =
        captured.stream()
            .filter(subject -> !subject.captured().isAfter(last))
            .sorted(Subject.IN_ORDER)
            .toList();
    var patience = nearlyAll(subjects, Subject::handed);
    var success = new boolean[subjects.size()];
    for (int i = 0; i < success.length; i++) {
      var reached = subjects.get(i).reached();
      success[i] =
          reached != null
              && (within == null || !reached.isAfter(subjects.get(i).captured().plus(horizon)));
    }
    return new Cohort(
        subjects,
        subjects.stream().map(subject -> judged(subject, patience)).toList(),
        success,
        (int) (subjects.size() * LEARNED_FROM),
        captured.size() - subjects.size(),
        horizon);
  }

  private static Instant judged(Subject subject, Duration patience) {
    var handed = subject.handed();
    var at = handed == null ? subject.captured().plus(patience) : handed;
    return at.isBefore(subject.captured()) ? subject.captured() : at;
  }

  /** The nearest rank; nothing takes less than no time. */
  private static Duration nearlyAll(
      List<Subject> subjects, Function<Subject, @Nullable Instant> when) {
    var taken =
        subjects.stream()
            .map(
                subject -> {
                  var at = when.apply(subject);
                  return at == null ? null : Duration.between(subject.captured(), at);
                })
            .filter(Objects::nonNull)
            .sorted()
            .toList();
    if (taken.isEmpty()) {
      return Duration.ZERO;
    }
    var found = taken.get((int) Math.ceil(taken.size() * NEARLY_ALL) - 1);
    return found.isNegative() ? Duration.ZERO : found;
  }

  int size() {
    return subjects.size();
  }

  int tested() {
    return size() - train;
  }

  int successes(int from, int to) {
    return (int) IntStream.range(from, to).filter(i -> success[i]).count();
  }

  /** How many later leads were captured at the very moment of the last one that is learned from. */
  int tied() {
    if (train == 0) {
      return 0;
    }
    var last = subjects.get(train - 1).captured();
    return (int)
        subjects.subList(train, size()).stream()
            .takeWhile(subject -> subject.captured().equals(last))
            .count();
  }
}
