package baton.lead.touch;

import baton.contracts.ExternalId;
import baton.lead.capture.Person;
import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What a tool sends of an interaction; it says whose by one of the first three. */
public record TouchBody(
    @Nullable UUID leadId,
    @Nullable ExternalId leadExternalId,
    @Nullable Person contact,
    @Nullable String kind,
    @Nullable String channel,
    @Nullable String source,
    @Nullable String medium,
    @Nullable String campaign,
    @Nullable String asset,
    @Nullable Map<String, JsonNode> attributes,
    @Nullable String externalId,
    @Nullable Instant occurredAt) {}
