package baton.reporting.fold.kafka;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.enterprise.context.ApplicationScoped;

/** What an operator watches the fold by. */
@ApplicationScoped
class FoldMeters {
  private final Counter folded;
  private final Counter parked;
  private final Counter overtaken;
  private final Counter lost;

  FoldMeters(MeterRegistry registry) {
    folded = registry.counter("baton.fold.records");
    parked = registry.counter("baton.fold.parked");
    overtaken = registry.counter("baton.fold.overtaken");
    lost = registry.counter("baton.fold.lost.partitions");
  }

  void folded(int records, int noise) {
    folded.increment(records);
    parked.increment(noise);
  }

  void overtaken() {
    overtaken.increment();
  }

  void lost(int partitions) {
    lost.increment(partitions);
  }
}
