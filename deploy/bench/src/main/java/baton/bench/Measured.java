package baton.bench;

import org.jspecify.annotations.Nullable;

/** One run: how much a second, how long each took (milliseconds), how much CPU it cost. */
public record Measured(
    double perSecond, @Nullable Double p50, @Nullable Double p99, @Nullable Double cpuMicrosPerOp) {

  public static Measured rate(double perSecond) {
    return new Measured(perSecond, null, null, null);
  }
}
