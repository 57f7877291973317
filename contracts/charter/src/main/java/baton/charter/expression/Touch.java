package baton.charter.expression;

import baton.contracts.LeadTouched;
import baton.contracts.TouchSeen;
import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** One interaction as rules see it. */
public record Touch(
    UUID touchId,
    String kind,
    Instant at,
    @Nullable String asset,
    @Nullable String source,
    @Nullable String medium,
    @Nullable String channel,
    @Nullable String campaign,
    Map<String, JsonNode> attributes) {

  public static Touch of(TouchSeen seen) {
    return new Touch(
        seen.touchId(), seen.kind(), seen.occurredAt(), null, null, null, null, null, Map.of());
  }

  public static Touch of(LeadTouched touched) {
    return new Touch(
        touched.touchId(),
        touched.kind(),
        touched.occurredAt(),
        touched.asset(),
        touched.source(),
        touched.medium(),
        touched.channel(),
        touched.campaignId(),
        touched.attributes());
  }
}
