package baton.contracts;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Facts about a lead changed. Null means unchanged; a fact that was removed is named in {@code
 * cleared}. The highest revision wins, per field.
 */
public record LeadUpdated(
    UUID leadId,
    Instant occurredAt,
    int charterVersion,
    long revision,
    @Nullable String source,
    @Nullable String medium,
    @Nullable String campaignId,
    @Nullable String country,
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
    List<String> cleared)
    implements LeadEvent {
  public LeadUpdated {
    consent = Absent.list(consent);
    externalIds = Absent.list(externalIds);
    cleared = Absent.list(cleared);
    attributes = Absent.map(attributes);
  }
}
