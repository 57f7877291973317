package baton.infrastructure.telling;

import baton.contracts.Company;
import baton.contracts.ExternalId;
import baton.contracts.LeadCaptured;
import baton.contracts.Origin;
import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A lead that filled in a form, by itself and from nowhere in particular. */
public final class Captured {
  private final UUID lead;
  private final Instant at;
  private int charterVersion;
  private UUID touch = UUID.randomUUID();
  private String kind = "form";
  private @Nullable String source;
  private String channel = "Direct";
  private @Nullable String medium;
  private @Nullable String campaign;
  private @Nullable String landingPage;
  private @Nullable String country;
  private @Nullable String workDomain;
  private @Nullable Company company;
  private @Nullable String persona;
  private @Nullable String tier;
  private @Nullable BigDecimal score;
  private Map<String, JsonNode> attributes = Map.of();
  private List<ExternalId> externalIds = List.of();

  private Captured(UUID lead, Instant at) {
    this.lead = lead;
    this.at = at;
  }

  public static Captured of(UUID lead, Instant at) {
    return new Captured(lead, at);
  }

  public Captured under(int charterVersion) {
    this.charterVersion = charterVersion;
    return this;
  }

  public Captured touch(UUID touch) {
    this.touch = touch;
    return this;
  }

  public Captured kind(String kind) {
    this.kind = kind;
    return this;
  }

  public Captured from(@Nullable String source) {
    this.source = source;
    return this;
  }

  public Captured through(String channel, @Nullable String medium, @Nullable String campaign) {
    this.channel = channel;
    this.medium = medium;
    this.campaign = campaign;
    return this;
  }

  public Captured on(String landingPage) {
    this.landingPage = landingPage;
    return this;
  }

  public Captured in(String country) {
    this.country = country;
    return this;
  }

  /** By an address that isn't a free one. */
  public Captured workingAt(String domain) {
    this.workDomain = domain;
    return this;
  }

  public Captured company(@Nullable Company company) {
    this.company = company;
    return this;
  }

  public Captured as(@Nullable String persona, @Nullable String tier) {
    this.persona = persona;
    this.tier = tier;
    return this;
  }

  public Captured scored(BigDecimal score) {
    this.score = score;
    return this;
  }

  public Captured attributes(Map<String, JsonNode> attributes) {
    this.attributes = attributes;
    return this;
  }

  public Captured knownAs(ExternalId... externalIds) {
    this.externalIds = List.of(externalIds);
    return this;
  }

  public LeadCaptured told() {
    return new LeadCaptured(
        lead,
        at,
        charterVersion,
        touch,
        kind,
        null,
        source,
        medium,
        channel,
        campaign,
        null,
        landingPage,
        null,
        country,
        Origin.INBOUND,
        null,
        workDomain == null ? null : false,
        workDomain,
        company,
        persona,
        null,
        tier,
        attributes,
        List.of(),
        externalIds,
        score);
  }
}
