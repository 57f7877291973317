package baton.contracts;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Another interaction of a known lead. */
public record LeadTouched(
    UUID leadId,
    Instant occurredAt,
    int charterVersion,
    UUID touchId,
    String kind,
    @Nullable String asset,
    @Nullable String source,
    @Nullable String medium,
    String channel,
    @Nullable String campaignId,
    Map<String, JsonNode> attributes)
    implements LeadEvent {
  public LeadTouched {
    attributes = Absent.map(attributes);
  }
}
