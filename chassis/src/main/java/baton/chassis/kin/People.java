package baton.chassis.kin;

import java.util.Collection;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.UUID;

/** Some leads and all that are one with them. */
public final class People {
  private final SortedSet<UUID> leads;
  private final Map<UUID, UUID> survivors;

  /**
   * @param survivors under whom each counts that is in a merge
   */
  People(Collection<UUID> asked, Map<UUID, UUID> survivors) {
    this.leads = new TreeSet<>(asked);
    this.leads.addAll(survivors.keySet());
    this.survivors = Map.copyOf(survivors);
  }

  /** All of them, each once. */
  public UUID[] leads() {
    return leads.toArray(UUID[]::new);
  }

  /** Who keeps what is told of this lead: itself, unless it was absorbed. */
  public UUID survivor(UUID lead) {
    return survivors.getOrDefault(lead, lead);
  }

  /** Those who are one with this lead, itself too. */
  public Collection<UUID> kin(UUID lead) {
    var survivor = survivor(lead);
    return leads.stream().filter(each -> survivor(each).equals(survivor)).toList();
  }
}
