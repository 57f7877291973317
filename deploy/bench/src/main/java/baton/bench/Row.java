package baton.bench;

import org.jspecify.annotations.Nullable;

/**
 * A line of the table. Where there is no reference the target is a limit, and the ratio says how
 * far inside it we are.
 */
public record Row(
    String name,
    double ratio,
    double target,
    double ours,
    @Nullable Double reference,
    String unit,
    @Nullable Double p50,
    @Nullable Double p99,
    @Nullable Double cpuMicrosPerOp) {

  public boolean met() {
    return ratio >= target;
  }

  /** Something that must stay below a limit. */
  public static Row below(String name, double limit, double ours, String unit) {
    return new Row(name, limit / ours, 1, ours, null, unit, null, null, null);
  }

  public Row within(double p50, double p99) {
    return new Row(name, ratio, target, ours, reference, unit, p50, p99, cpuMicrosPerOp);
  }

  public Row costing(double cpuMicros) {
    return new Row(name, ratio, target, ours, reference, unit, p50, p99, cpuMicros);
  }
}
