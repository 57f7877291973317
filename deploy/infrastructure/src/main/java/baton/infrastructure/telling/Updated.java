package baton.infrastructure.telling;

import baton.contracts.Company;
import baton.contracts.ExternalId;
import baton.contracts.LeadUpdated;
import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The first news of a lead since it was captured; nothing else changed. */
public final class Updated {
  private final UUID lead;
  private final Instant at;
  private int charterVersion;
  private long revision = 2;
  private @Nullable String jobTitle;
  private @Nullable Company company;
  private Map<String, JsonNode> attributes = Map.of();
  private List<ExternalId> externalIds = List.of();

  private Updated(UUID lead, Instant at) {
    this.lead = lead;
    this.at = at;
  }

  public static Updated of(UUID lead, Instant at) {
    return new Updated(lead, at);
  }

  public Updated under(int charterVersion) {
    this.charterVersion = charterVersion;
    return this;
  }

  public Updated revision(long revision) {
    this.revision = revision;
    return this;
  }

  public Updated job(@Nullable String title, @Nullable Company company) {
    this.jobTitle = title;
    this.company = company;
    return this;
  }

  public Updated attributes(Map<String, JsonNode> attributes) {
    this.attributes = attributes;
    return this;
  }

  public Updated knownAs(ExternalId... externalIds) {
    this.externalIds = List.of(externalIds);
    return this;
  }

  public LeadUpdated told() {
    return new LeadUpdated(
        lead,
        at,
        charterVersion,
        revision,
        null,
        null,
        null,
        null,
        jobTitle,
        null,
        null,
        company,
        null,
        null,
        null,
        attributes,
        List.of(),
        externalIds,
        List.of());
  }
}
