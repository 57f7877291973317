package baton.chassis.verdict;

import baton.contracts.Side;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The gauges {@code baton.verdicts}: of each side, how many promises were kept and broken. They
 * have one name in every service that counts, and are the same wherever all was heard.
 */
public final class VerdictGauges {
  private final Map<Side, AtomicLong> met = new EnumMap<>(Side.class);
  private final Map<Side, AtomicLong> broken = new EnumMap<>(Side.class);

  public VerdictGauges(MeterRegistry registry) {
    for (var side : Side.values()) {
      met.put(side, gauge(registry, side, "met"));
      broken.put(side, gauge(registry, side, "broken"));
    }
  }

  public void set(Side owedBy, long met, long broken) {
    Objects.requireNonNull(this.met.get(owedBy)).set(met);
    Objects.requireNonNull(this.broken.get(owedBy)).set(broken);
  }

  private static AtomicLong gauge(MeterRegistry registry, Side side, String verdict) {
    return Objects.requireNonNull(
        registry.gauge(
            "baton.verdicts",
            Tags.of("owed_by", side.word(), "verdict", verdict),
            new AtomicLong()));
  }
}
