package baton.reporting.funnel;

import baton.reporting.funnel.Part.Entered;
import baton.reporting.funnel.Part.Kind;
import baton.reporting.funnel.Part.Standing;
import baton.reporting.funnel.Part.Tallied;
import baton.reporting.journey.Ending;
import baton.reporting.journey.How;
import baton.reporting.journey.Journey;
import baton.reporting.journey.Pass;
import baton.reporting.journey.Reached;
import baton.reporting.journey.Sale;
import baton.reporting.journey.Stage;
import baton.reporting.journey.Word;
import java.math.BigDecimal;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What one lead adds to every number: parts with their weights, all under the lead's keys. A pure
 * function of the journey, so that taking an old one back and adding a new one keeps every sum
 * right.
 *
 * <p>Parts of {@code FIRST} and {@code ALL} say only by how much these differ from {@code ANY},
 * which for a lead of a single pass is not at all.
 */
public record Contribution(Dimensions dimensions, Map<Part, Integer> parts) {
  /**
   * Raised when the same journey counts for something else, or the same events make another
   * journey: all is then counted anew.
   */
  public static final int RULES = 9;

  private static final List<Stage> OF_PASSES = List.of(Stage.MQL, Stage.SAL, Stage.SQL, Stage.WON);

  /** What a lead counts for of which nothing is known. */
  public static final Contribution NONE = of(Journey.UNTRAVELLED);

  public static Contribution of(Journey journey) {
    var passes = journey.passes();
    var dimensions = Dimensions.of(journey, passes);
    var entry = journey.retracted() ? null : entry(journey, passes);
    return new Contribution(
        dimensions,
        entry == null ? Map.of() : new Counting(journey, dimensions, entry, passes).count());
  }

  /** When the lead was captured, or the first sign that it must have been. */
  static @Nullable Reached entry(Journey journey, List<Pass> passes) {
    var captured = journey.captured();
    if (captured != null) {
      return new Reached(captured.at(), How.EXPLICIT, captured.charter());
    }
    Reached first = null;
    for (var pass : passes) {
      for (var stage : OF_PASSES) {
        var reached = pass.reached(stage);
        if (reached != null && (first == null || reached.at().isBefore(first.at()))) {
          first = new Reached(reached.at(), How.INFERRED, reached.charter());
        }
      }
    }
    return first;
  }

  /** Where what a pass reached is counted. */
  private interface Counted {
    void add(WhichPasses which, @Nullable Reached reached, int weight);
  }

  /** One lead being counted. */
  private static final class Counting {
    private final Journey journey;
    private final Dimensions dimensions;
    private final Reached entry;
    private final int cohort;
    private final List<Pass> passes;
    private final Map<Part, Integer> parts = new HashMap<>();

    Counting(Journey journey, Dimensions dimensions, Reached entry, List<Pass> passes) {
      this.journey = journey;
      this.dimensions = dimensions;
      this.entry = entry;
      this.cohort = Quarter.of(entry.at());
      this.passes = passes;
    }

    Map<Part, Integer> count() {
      enter(WhichPasses.ANY, Stage.CAPTURED, entry, 1);
      var latest = passes.isEmpty() ? null : passes.getLast().end();
      add(
          new Standing(
              cohort,
              latest == null ? null : latest.ending(),
              latest == null ? entry.charter() : latest.charter()),
          1);
      for (var stage : OF_PASSES) {
        reach(
            pass -> pass.reached(stage),
            (which, reached, weight) -> enter(which, stage, reached, weight));
      }
      reach(Pass::opportunity, this::open);
      ended(Ending.REJECTED, Kind.REJECTED);
      ended(Ending.RETURNED, Kind.RETURNED);
      sold();
      Notes.add(journey, passes, dimensions, entry, this::add);
      Customers.add(journey, this::add);
      return parts;
    }

    /** Of passes, the first time of any counts, by the surest evidence. */
    private void reach(Function<Pass, @Nullable Reached> when, Counted into) {
      var any = passes.stream().map(when).filter(Objects::nonNull).reduce(Reached::or).orElse(null);
      if (any == null) {
        return;
      }
      into.add(WhichPasses.ANY, any, 1);
      if (passes.size() > 1) {
        into.add(WhichPasses.FIRST, when.apply(passes.getFirst()), 1);
        into.add(WhichPasses.FIRST, any, -1);
        passes.forEach(pass -> into.add(WhichPasses.ALL, when.apply(pass), 1));
        into.add(WhichPasses.ALL, any, -1);
      }
    }

    private void enter(WhichPasses which, Stage stage, @Nullable Reached reached, int weight) {
      if (reached != null) {
        add(
            new Entered(
                which,
                stage,
                reached.how(),
                cohort,
                Quarter.of(reached.at()),
                Quarter.lag(entry.at(), reached.at()),
                reached.charter()),
            weight);
      }
    }

    private void open(WhichPasses which, @Nullable Reached reached, int weight) {
      if (reached != null) {
        add(
            new Tallied(
                which,
                Kind.OPPORTUNITIES,
                "",
                cohort,
                Quarter.of(reached.at()),
                Quarter.lag(entry.at(), reached.at()),
                BigDecimal.ONE),
            weight);
      }
    }

    private void ended(Ending ending, Kind kind) {
      var ended =
          passes.stream()
              .filter(pass -> pass.end() != null && pass.end().ending() == ending)
              .toList();
      if (ended.isEmpty()) {
        return;
      }
      var any = ended.getFirst();
      end(WhichPasses.ANY, kind, any, 1);
      if (passes.size() > 1) {
        if (any.number() == 1) {
          end(WhichPasses.FIRST, kind, any, 1);
        }
        end(WhichPasses.FIRST, kind, any, -1);
        ended.forEach(pass -> end(WhichPasses.ALL, kind, pass, 1));
        end(WhichPasses.ALL, kind, any, -1);
      }
    }

    private void end(WhichPasses which, Kind kind, Pass pass, int weight) {
      var end = Objects.requireNonNull(pass.end());
      add(
          new Tallied(
              which,
              kind,
              label(end.reason()),
              cohort,
              Quarter.of(end.at()),
              Quarter.lag(entry.at(), end.at()),
              BigDecimal.ONE),
          weight);
    }

    private void sold() {
      for (var pass : passes) {
        var mql = pass.reached(Stage.MQL);
        for (var sale : pass.sales()) {
          sold(pass, sale, Kind.REVENUE);
          if (mql != null && mql.how() == How.EXPLICIT) {
            sold(pass, sale, Kind.SOURCED);
          }
        }
      }
    }

    private void sold(Pass pass, Sale sale, Kind kind) {
      int at = Quarter.of(sale.at());
      int lag = Quarter.lag(entry.at(), sale.at());
      var currency = label(sale.currency());
      add(new Tallied(WhichPasses.ANY, kind, currency, cohort, at, lag, sale.amount()), 1);
      if (pass.number() > 1) {
        add(new Tallied(WhichPasses.FIRST, kind, currency, cohort, at, lag, sale.amount()), -1);
      }
    }

    private void add(Part part, int weight) {
      parts.merge(part, weight, (one, other) -> one + other == 0 ? null : one + other);
    }

    private static String label(@Nullable String word) {
      var storable = Word.storable(word);
      return storable == null ? "" : storable;
    }
  }
}
