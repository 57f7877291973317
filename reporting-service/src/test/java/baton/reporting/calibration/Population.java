package baton.reporting.calibration;

import static baton.reporting.attribution.Told.journey;

import baton.contracts.Event;
import baton.reporting.journey.Journey;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.BiConsumer;

/** Leads that are held in memory, with what was said of them when they came and later. */
public final class Population implements Histories, Particulars {
  private record Later(UUID lead, Instant at, Map<String, Said> fields) {}

  private final Map<UUID, Journey> journeys = new LinkedHashMap<>();
  private final Map<UUID, Map<String, Said>> captured = new LinkedHashMap<>();
  private final List<Later> later = new ArrayList<>();
  private final Instant completeTo;

  public Population(Instant completeTo) {
    this.completeTo = completeTo;
  }

  public void add(UUID lead, Map<String, Said> fields, List<? extends Event> events) {
    journeys.put(lead, journey(events));
    captured.put(lead, fields);
  }

  public void later(UUID lead, Instant at, Map<String, Said> fields) {
    later.add(new Later(lead, at, fields));
  }

  public static Said word(String word) {
    return new Said.Word("\"" + word + "\"");
  }

  @Override
  public Extent extent() {
    return new Extent(journeys.size(), completeTo);
  }

  @Override
  public void each(double share, BiConsumer<UUID, Journey> shown) {
    journeys.forEach(shown);
  }

  @Override
  public void tell(Sheet sheet) {
    captured.forEach(sheet::captured);
    later.forEach(said -> sheet.updated(said.lead(), said.at(), said.fields(), Set.of()));
  }
}
