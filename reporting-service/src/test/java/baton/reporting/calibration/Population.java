package baton.reporting.calibration;

import static baton.reporting.attribution.Told.journey;

import baton.contracts.Event;
import baton.contracts.LeadUpdated;
import baton.infrastructure.telling.Updated;
import baton.reporting.journey.Journey;
import com.fasterxml.jackson.databind.node.TextNode;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.BiConsumer;

/** Leads that are held in memory. */
public final class Population implements Histories {
  private final Map<UUID, Journey> journeys = new LinkedHashMap<>();
  private final Instant completeTo;

  public Population(Instant completeTo) {
    this.completeTo = completeTo;
  }

  public void add(UUID lead, List<? extends Event> events) {
    journeys.put(lead, journey(events));
  }

  public void later(UUID lead, Instant at, String attribute, String word) {
    journeys.computeIfPresent(
        lead, (_, journey) -> journey.with(written(lead, at, attribute, word)));
  }

  /** What somebody writes down of a lead. */
  public static LeadUpdated written(UUID lead, Instant at, String attribute, String word) {
    return written(lead, 2, at, attribute, word);
  }

  static LeadUpdated written(UUID lead, long revision, Instant at, String attribute, String word) {
    return Updated.of(lead, at)
        .revision(revision)
        .attributes(Map.of(attribute, TextNode.valueOf(word)))
        .told();
  }

  @Override
  public Extent extent() {
    return new Extent(journeys.size(), completeTo);
  }

  @Override
  public void each(double share, BiConsumer<UUID, Journey> shown) {
    journeys.entrySet().stream()
        .limit(Math.round(share * journeys.size()))
        .forEach(each -> shown.accept(each.getKey(), each.getValue()));
  }
}
