package baton.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Reference, ours, reference, over and over; the medians count. */
public final class Comparison {

  /** One run of one side. */
  @FunctionalInterface
  public interface Trial {
    Measured run() throws Exception;
  }

  private static final int WARM_UPS = 10;

  private Comparison() {}

  /** Warms both sides up, then measures. */
  public static Row of(
      String name, double target, String unit, Setting setting, Trial reference, Trial ours)
      throws Exception {
    setting.news().accept(name + ": warming up");
    reference.run();
    untilSettled(ours, setting);
    return warm(name, target, unit, setting, reference, ours);
  }

  /** Measures what warms itself up in every run, because it begins as a new process. */
  public static Row warm(
      String name, double target, String unit, Setting setting, Trial reference, Trial ours)
      throws Exception {
    var ratios = new ArrayList<Double>();
    var references = new ArrayList<Double>();
    var runs = new ArrayList<Measured>();
    for (var n = 1; n <= setting.repetitions(); n++) {
      var before = reference.run().perSecond();
      var between = ours.run();
      var after = reference.run().perSecond();
      references.add(before);
      references.add(after);
      runs.add(between);
      ratios.add(between.perSecond() / ((before + after) / 2));
      setting
          .news()
          .accept(
              String.format(
                  Locale.ROOT,
                  "%s %d/%d: reference %,.0f, ours %,.0f, reference %,.0f %s",
                  name,
                  n,
                  setting.repetitions(),
                  before,
                  between.perSecond(),
                  after,
                  unit));
    }
    return new Row(
        name,
        median(ratios),
        target,
        median(runs.stream().map(Measured::perSecond).toList()),
        median(references),
        unit,
        medianOf(runs, Measured::p50),
        medianOf(runs, Measured::p99),
        medianOf(runs, Measured::cpuMicrosPerOp));
  }

  /** Runs until it no longer gets faster: a server's compiler takes a minute or two to settle. */
  private static void untilSettled(Trial ours, Setting setting) throws Exception {
    var best = 0.0;
    var settled = 0;
    for (var n = 0; n < setting.scaled(WARM_UPS) && settled < 2; n++) {
      var now = ours.run().perSecond();
      settled = now < best * 1.05 ? settled + 1 : 0;
      best = Math.max(best, now);
    }
  }

  static double median(List<Double> values) {
    var sorted = values.stream().sorted().toList();
    var middle = sorted.size() / 2;
    return sorted.size() % 2 == 1
        ? sorted.get(middle)
        : (sorted.get(middle - 1) + sorted.get(middle)) / 2;
  }

  /** The value below which this share of the sorted ones is. */
  static double percentile(double[] sorted, double share) {
    return sorted[(int) Math.min(sorted.length - 1L, Math.round(share * sorted.length))];
  }

  private static @Nullable Double medianOf(
      List<Measured> runs, Function<Measured, @Nullable Double> part) {
    var values = runs.stream().map(part).filter(Objects::nonNull).toList();
    return values.isEmpty() ? null : median(values);
  }
}
