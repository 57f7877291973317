package baton.lead.dossier;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Two leads are one: what is told of {@code absorbed} from now on is kept of the survivor, and what
 * was told before stays where it is. Undone by its id, for ever.
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Merge(
    UUID mergeId,
    UUID survivor,
    UUID absorbed,
    Reason reason,
    Instant mergedAt,
    @Nullable Instant undoneAt) {

  /** Why two leads are one. */
  public enum Reason {
    /** Somebody said so. */
    @JsonProperty("asked")
    ASKED,
    /** One of them was nobody but an anonymous id, until the other gave its name to it. */
    @JsonProperty("stitched")
    STITCHED;

    public String word() {
      return name().toLowerCase(java.util.Locale.ROOT);
    }
  }

  /** Under whom each of these leads counts by these merges; those in none of them are left out. */
  static Map<UUID, UUID> survivors(Collection<UUID> leads, Collection<Merge> standing) {
    var into = standing.stream().collect(Collectors.toMap(Merge::absorbed, Merge::survivor));
    var survivors = new HashMap<UUID, UUID>();
    for (var lead : leads) {
      var last = lead;
      for (var next = into.get(last); next != null; next = into.get(last)) {
        last = next;
      }
      if (!last.equals(lead)) {
        survivors.put(lead, last);
        survivors.put(last, last);
      }
    }
    return survivors;
  }

  Merge undone(Instant at) {
    return new Merge(mergeId, survivor, absorbed, reason, mergedAt, at);
  }
}
