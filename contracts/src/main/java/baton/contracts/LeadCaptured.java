package baton.contracts;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A person or company first showed interest; this is also the lead's first touch. */
public record LeadCaptured(
    UUID leadId,
    Instant occurredAt,
    int charterVersion,
    UUID touchId,
    String touchKind,
    @Nullable String asset,
    @Nullable String source,
    @Nullable String medium,
    String channel,
    @Nullable String campaignId,
    @Nullable Utm utm,
    @Nullable String landingPage,
    @Nullable String form,
    @Nullable String country,
    Origin origin,
    @Nullable String jobTitle,
    @Nullable Boolean emailFree,
    @Nullable String emailDomain,
    @Nullable Company company,
    @Nullable String persona,
    @Nullable String segment,
    @Nullable String tier,
    Map<String, JsonNode> attributes,
    List<String> consent,
    List<ExternalId> externalIds,
    @Nullable BigDecimal score)
    implements LeadEvent {
  public LeadCaptured {
    consent = Absent.list(consent);
    externalIds = Absent.list(externalIds);
    attributes = Absent.map(attributes);
  }
}
