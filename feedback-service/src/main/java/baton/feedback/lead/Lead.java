package baton.feedback.lead;

import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A lead that was heard of, with its passes and handoffs, and those of all that are one with it.
 *
 * @param leadId who keeps what is told of it
 * @param kin all that are one with it; nobody while it is in no merge
 * @param nameless whether it went by the name at hand until it was erased, and has only its own id
 */
public record Lead(
    UUID leadId, List<Pass> passes, List<Handoff> handoffs, Set<UUID> kin, boolean nameless) {
  private static final Comparator<Pass> IN_ORDER =
      Comparator.comparing(Pass::qualifiedAt).thenComparing(pass -> pass.passId().toString());

  public Lead {
    passes = passes.stream().sorted(IN_ORDER).toList();
    handoffs = List.copyOf(handoffs);
    kin = Set.copyOf(kin);
  }

  public Lead(UUID leadId, List<Pass> passes, List<Handoff> handoffs) {
    this(leadId, passes, handoffs, Set.of(), false);
  }

  /** By what it is called that was told of by this name. */
  public LeadName called(LeadName told) {
    return nameless ? LeadName.lead(leadId) : told;
  }

  public boolean isOneWith(UUID other) {
    return leadId.equals(other) || kin.contains(other);
  }

  /** The same, what is told of it being kept by this one of them. */
  public Lead keptBy(UUID member) {
    return new Lead(member, passes, handoffs, kin, nameless);
  }

  /**
   * The pass a fact of that time belongs to: the latest begun by then, else the first. Null if that
   * is another lead's, which may be parted from this one: by its time it is found again as long as
   * they are one.
   */
  public @Nullable UUID passAt(Instant occurredAt) {
    var at = passes.isEmpty() ? null : passes.getFirst();
    for (var pass : passes) {
      if (!pass.qualifiedAt().isAfter(occurredAt)) {
        at = pass;
      }
    }
    return at == null || !at.leadId().equals(leadId) ? null : at.passId();
  }

  public @Nullable Handoff handoff(UUID handoffId) {
    return handoffs.stream()
        .filter(handoff -> handoff.handoffId().equals(handoffId))
        .findAny()
        .orElse(null);
  }
}
