package baton.lead.capture;

import baton.contracts.ExternalId;
import baton.contracts.Origin;
import baton.contracts.Utm;
import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/**
 * What a marketing tool sends of a lead. At least an e-mail, a phone or an external id is needed.
 */
@Schema
public record LeadBody(
    @Nullable Person contact,
    @Nullable Employer company,
    @Nullable String source,
    @Nullable String medium,
    @Nullable String campaign,
    @Nullable Utm utm,
    @Nullable Map<String, @Nullable String> clickIds,
    @Nullable String landingPage,
    @Nullable String form,
    @Nullable String country,
    @Nullable String channel,
    @Nullable String segment,
    @Nullable Origin origin,
    @Nullable String owner,
    @Nullable List<@Nullable ConsentPart> consent,
    @Nullable List<@Nullable ExternalId> externalIds,
    @Nullable Map<String, JsonNode> attributes,
    @Nullable TouchPart touch,
    @Nullable Boolean qualified,
    @Nullable Instant qualifiedAt,
    @Nullable Instant occurredAt) {

  /** What somebody did when they were captured. */
  public record TouchPart(@Nullable String kind, @Nullable String asset) {}
}
