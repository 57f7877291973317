package baton.reporting.calibration;

import baton.reporting.journey.Fact;
import baton.reporting.journey.Fact.Captured;
import baton.reporting.journey.Fact.Touched;
import baton.reporting.journey.Journey;
import baton.reporting.journey.Pass;
import baton.reporting.journey.Reached;
import baton.reporting.journey.Stage;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A lead as far as its outcome goes, and what it did until then.
 *
 * @param handed when it first was an MQL; null if it never was
 * @param reached when it came to the outcome asked about; null if it didn't
 * @param score what it was given when it was qualified, else when it was captured
 * @param persona as it was captured
 * @param touches the first of them, oldest first, the capture among them
 */
record Subject(
    UUID lead,
    Instant captured,
    @Nullable Instant handed,
    @Nullable Instant reached,
    @Nullable Double score,
    @Nullable String persona,
    List<Did> touches) {
  private static final int MOST_TOUCHES = 100;

  /** One touch. */
  record Did(String kind, Instant at) {}

  static final Comparator<Subject> IN_ORDER =
      Comparator.comparing(Subject::captured).thenComparing(Subject::lead);

  /** Null for a lead that nothing can be learned from: never captured, taken back or erased. */
  static @Nullable Subject of(UUID lead, Journey journey, Stage outcome) {
    var captured = journey.captured();
    if (captured == null || journey.retracted() || journey.erased()) {
      return null;
    }
    var passes = journey.passes();
    var qualified = journey.firstQualified(passes);
    var score =
        qualified != null && qualified.score() != null ? qualified.score() : captured.score();
    return new Subject(
        lead,
        captured.at(),
        earliest(passes.stream().map(Pass::qualifiedAt).toList()),
        earliest(
            passes.stream()
                .map(pass -> pass.reached(outcome))
                .filter(Objects::nonNull)
                .map(Reached::at)
                .toList()),
        score == null ? null : Double.valueOf(score.doubleValue()),
        captured.persona(),
        touches(journey.facts()));
  }

  private static @Nullable Instant earliest(List<Instant> instants) {
    return instants.stream().min(Comparator.naturalOrder()).orElse(null);
  }

  private static List<Did> touches(List<Fact> facts) {
    var touches = new ArrayList<Did>(4);
    for (var fact : facts) {
      switch (fact) {
        case Captured captured -> touches.add(new Did(captured.kind().intern(), captured.at()));
        case Touched touched -> touches.add(new Did(touched.kind().intern(), touched.at()));
        default -> {}
      }
    }
    touches.sort(Comparator.comparing(Did::at).thenComparing(Did::kind));
    return List.copyOf(touches.subList(0, Math.min(touches.size(), MOST_TOUCHES)));
  }
}
