package baton.feedback.lead;

import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A lead that was heard of, with its passes and handoffs. */
public record Lead(UUID leadId, List<Pass> passes, List<Handoff> handoffs) {
  private static final Comparator<Pass> IN_ORDER =
      Comparator.comparing(Pass::qualifiedAt).thenComparing(pass -> pass.passId().toString());

  public Lead {
    passes = passes.stream().sorted(IN_ORDER).toList();
    handoffs = List.copyOf(handoffs);
  }

  /** The pass a fact of that time belongs to: the latest begun by then, else the first. */
  public @Nullable UUID passAt(Instant occurredAt) {
    UUID at = passes.isEmpty() ? null : passes.getFirst().passId();
    for (var pass : passes) {
      if (!pass.qualifiedAt().isAfter(occurredAt)) {
        at = pass.passId();
      }
    }
    return at;
  }

  public @Nullable Handoff handoff(UUID handoffId) {
    return handoffs.stream()
        .filter(handoff -> handoff.handoffId().equals(handoffId))
        .findAny()
        .orElse(null);
  }
}
