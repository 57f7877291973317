package baton.infrastructure.telling;

import baton.contracts.Company;
import baton.contracts.LeadQualified;
import baton.contracts.Origin;
import baton.contracts.Profile;
import baton.contracts.TouchSeen;
import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A lead that asked for a demo, so that a pass begins; nothing is known of it. */
public final class Qualified {
  private final UUID lead;
  private final Instant at;
  private final UUID pass;
  private int charterVersion;
  private @Nullable String persona;
  private @Nullable String tier;
  private @Nullable Integer priority;
  private @Nullable BigDecimal score;
  private @Nullable String source;
  private String channel = "Direct";
  private @Nullable String country;
  private @Nullable Company company;
  private Map<String, JsonNode> attributes = Map.of();
  private List<TouchSeen> touches = List.of();

  private Qualified(UUID lead, Instant at, UUID pass) {
    this.lead = lead;
    this.at = at;
    this.pass = pass;
  }

  public static Qualified of(UUID lead, Instant at, UUID pass) {
    return new Qualified(lead, at, pass);
  }

  public Qualified under(int charterVersion) {
    this.charterVersion = charterVersion;
    return this;
  }

  public Qualified as(@Nullable String persona, @Nullable String tier) {
    this.persona = persona;
    this.tier = tier;
    return this;
  }

  public Qualified priority(int priority) {
    this.priority = priority;
    return this;
  }

  public Qualified scored(@Nullable BigDecimal score) {
    this.score = score;
    return this;
  }

  public Qualified from(String source, String channel) {
    this.source = source;
    this.channel = channel;
    return this;
  }

  public Qualified in(String country) {
    this.country = country;
    return this;
  }

  public Qualified company(Company company) {
    this.company = company;
    return this;
  }

  public Qualified attributes(Map<String, JsonNode> attributes) {
    this.attributes = attributes;
    return this;
  }

  public Qualified after(TouchSeen... touches) {
    this.touches = List.of(touches);
    return this;
  }

  public LeadQualified told() {
    return new LeadQualified(
        lead,
        at,
        charterVersion,
        pass,
        "asked for a demo",
        persona,
        null,
        tier,
        priority,
        score,
        List.of(),
        new Profile(
            source,
            null,
            channel,
            null,
            null,
            country,
            Origin.INBOUND,
            null,
            null,
            null,
            company,
            attributes),
        touches);
  }
}
