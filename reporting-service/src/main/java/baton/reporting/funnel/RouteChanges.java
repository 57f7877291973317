package baton.reporting.funnel;

import baton.reporting.attribution.Route;
import baton.reporting.attribution.Route.Unwon;
import baton.reporting.attribution.Route.Won;
import baton.reporting.attribution.RouteBytes;
import baton.reporting.attribution.Routes;
import baton.reporting.journey.Journey;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.UUID;

/** By how much counts of routes change, added up over many leads. One thread fills it. */
public final class RouteChanges {
  /** Their order is stored. */
  public enum Kind {
    WON,
    UNWON
  }

  /**
   * Where a count is kept.
   *
   * @param at the quarter of an hour in which the route ended
   * @param digest of its bytes
   */
  public record Place(Kind kind, int at, UUID keys, UUID digest) implements Comparable<Place> {
    private static final Comparator<Place> IN_ORDER =
        Comparator.comparing(Place::kind)
            .thenComparingInt(Place::at)
            .thenComparing(Place::keys)
            .thenComparing(Place::digest);

    @Override
    public int compareTo(Place other) {
      return IN_ORDER.compare(this, other);
    }
  }

  /** A route as it is written, and by how much its count changes. */
  public record Change(byte[] body, int count) {}

  private final TreeMap<Place, Change> changes = new TreeMap<>();
  private final Map<UUID, Dimensions> keys = new HashMap<>();

  /** A lead that went the ways of {@code before} went those of {@code after}. */
  public void replace(Journey before, Dimensions was, Journey after, Dimensions is) {
    if (Routes.any(before) || Routes.any(after)) {
      add(before, was, -1);
      add(after, is, 1);
    }
  }

  private void add(Journey journey, Dimensions dimensions, int sign) {
    Routes.of(journey)
        .forEach(
            (route, times) -> {
              var body = RouteBytes.of(route);
              keys.put(dimensions.id(), dimensions);
              changes.merge(
                  new Place(kind(route), Quarter.of(route.at()), dimensions.id(), Digest.of(body)),
                  new Change(body, sign * times),
                  (one, other) -> new Change(body, one.count + other.count));
            });
  }

  private static Kind kind(Route route) {
    return switch (route) {
      case Won _ -> Kind.WON;
      case Unwon _ -> Kind.UNWON;
    };
  }

  /** The keys that places name by id. */
  public Map<UUID, Dimensions> keys() {
    return keys;
  }

  /** What changes. */
  public SortedMap<Place, Change> changes() {
    changes.values().removeIf(change -> change.count == 0);
    return Collections.unmodifiableSortedMap(changes);
  }
}
