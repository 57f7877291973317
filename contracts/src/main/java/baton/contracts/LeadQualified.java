package baton.contracts;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The lead crossed the MQL line: marketing says that it is ready. One pass from here to its end.
 */
public record LeadQualified(
    UUID leadId,
    Instant occurredAt,
    int charterVersion,
    UUID passId,
    String why,
    @Nullable String persona,
    @Nullable String segment,
    @Nullable String tier,
    @Nullable Integer priority,
    @Nullable BigDecimal score,
    List<ScorePart> parts,
    Profile profile,
    List<TouchSeen> touches)
    implements LeadEvent {
  public LeadQualified {
    parts = Absent.list(parts);
    touches = Absent.list(touches);
  }
}
