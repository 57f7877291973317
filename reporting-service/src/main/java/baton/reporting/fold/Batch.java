package baton.reporting.fold;

import baton.contracts.Event;
import baton.reporting.verdict.OfPeriod;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What was read in one go and is to be kept in one go.
 *
 * @param versions of each partition, the version that this batch follows
 * @param moves how far it goes on each topic
 * @param told what it says about whom, by partition
 * @param ofPeriods what it says about no lead
 * @param heard when it was read; null where nothing was told to anybody yet that it could change
 */
public record Batch(
    int generation,
    SortedMap<Integer, Long> versions,
    List<Move> moves,
    Map<Integer, Map<UUID, List<Event>>> told,
    List<OfPeriod> ofPeriods,
    List<Parked> parked,
    @Nullable Instant heard) {

  /** From the offset that was next to the one that will be. */
  public record Move(String topic, int partition, long from, long to) {}

  /** A record that says nothing to the fold, as it came, and why. */
  public record Parked(
      String topic,
      int partition,
      long offset,
      @Nullable String key,
      Instant recordTime,
      List<String> headerNames,
      List<byte[]> headerValues,
      byte @Nullable [] value,
      String reason) {}

  public List<UUID> leads() {
    return told.values().stream().flatMap(leads -> leads.keySet().stream()).distinct().toList();
  }
}
