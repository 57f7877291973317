package baton.lead.dossier;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** An interaction of a known lead, after the one that made it known. */
public record Touch(
    UUID touchId,
    UUID leadId,
    Instant at,
    String kind,
    @Nullable String asset,
    @Nullable String source,
    @Nullable String medium,
    String channel,
    @Nullable String campaignId,
    Map<String, JsonNode> attributes,
    @Nullable UUID toldAs) {}
