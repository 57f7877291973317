package baton.charter.expression;

import baton.contracts.Company;
import baton.contracts.LeadQualified;
import baton.contracts.Profile;
import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a lead's rules are judged on, none of it personal data. {@code contact} names the contact
 * fields that are known ({@code email}, {@code phone}, {@code name}, {@code company}), not what
 * they say. Touches stand oldest first.
 */
public final class Facts {
  private static final Comparator<Touch> OLDEST_FIRST =
      Comparator.comparing(Touch::at).thenComparing(Touch::touchId);

  private final Profile profile;
  private final @Nullable String segment;
  private final @Nullable String persona;
  private final @Nullable String tier;
  private final boolean qualified;
  private final Set<String> contact;
  private final List<Touch> touches;
  private final @Nullable BigDecimal score;
  private final Map<String, Object> variables;

  private Facts(
      Profile profile,
      @Nullable String segment,
      @Nullable String persona,
      @Nullable String tier,
      boolean qualified,
      Set<String> contact,
      List<Touch> touches,
      @Nullable BigDecimal score,
      Object lead,
      Object company,
      Object touchVariables) {
    this.profile = profile;
    this.segment = segment;
    this.persona = persona;
    this.tier = tier;
    this.qualified = qualified;
    this.contact = contact;
    this.touches = touches;
    this.score = score;
    this.variables = new HashMap<>(8);
    variables.put("lead", lead);
    variables.put("company", company);
    variables.put("touches", touchVariables);
    if (score != null) {
      variables.put("score", score.doubleValue());
    }
  }

  private static Facts of(
      Profile profile,
      @Nullable String segment,
      @Nullable String persona,
      @Nullable String tier,
      boolean qualified,
      Set<String> contact,
      List<Touch> touches,
      @Nullable BigDecimal score) {
    return new Facts(
        profile,
        segment,
        persona,
        tier,
        qualified,
        contact,
        touches,
        score,
        lead(profile, segment, persona, qualified),
        company(profile, tier),
        values(touches));
  }

  /**
   * What lead-service knows; {@code qualified} is that the tool which sent it says it is an MQL.
   */
  public static Facts of(
      Profile profile,
      @Nullable String segment,
      boolean qualified,
      Set<String> contact,
      List<Touch> touches) {
    return of(
        profile,
        segment,
        null,
        null,
        qualified,
        Set.copyOf(contact),
        touches.stream().sorted(OLDEST_FIRST).toList(),
        null);
  }

  /** What handoff-service and a replay know. */
  public static Facts of(LeadQualified mql) {
    return of(
        mql.profile(),
        mql.segment(),
        mql.persona(),
        mql.tier(),
        false,
        Set.of(),
        mql.touches().stream().map(Touch::of).sorted(OLDEST_FIRST).toList(),
        mql.score());
  }

  public Facts withTier(@Nullable String found) {
    return with(persona, found, score);
  }

  public Facts withPersona(@Nullable String found) {
    return with(found, tier, score);
  }

  public Facts withScore(@Nullable BigDecimal made) {
    return with(persona, tier, made);
  }

  /** As if the lead had done this and nothing else. */
  public Facts withOnly(Touch touch) {
    return withOnly(List.of(touch));
  }

  /** As if the lead had done nothing up to then. */
  public Facts since(Instant instant) {
    return withOnly(touches.stream().filter(touch -> touch.at().isAfter(instant)).toList());
  }

  private Facts withOnly(List<Touch> some) {
    return new Facts(
        profile,
        segment,
        persona,
        tier,
        qualified,
        contact,
        some,
        score,
        variable("lead"),
        variable("company"),
        values(some));
  }

  private Facts with(
      @Nullable String newPersona, @Nullable String newTier, @Nullable BigDecimal newScore) {
    return new Facts(
        profile,
        segment,
        newPersona,
        newTier,
        qualified,
        contact,
        touches,
        newScore,
        Objects.equals(newPersona, persona)
            ? variable("lead")
            : lead(profile, segment, newPersona, qualified),
        Objects.equals(newTier, tier) ? variable("company") : company(profile, newTier),
        variable("touches"));
  }

  private Object variable(String name) {
    return Objects.requireNonNull(variables.get(name));
  }

  public Profile profile() {
    return profile;
  }

  public @Nullable String segment() {
    return segment;
  }

  public @Nullable String persona() {
    return persona;
  }

  public @Nullable String tier() {
    return tier;
  }

  public boolean qualified() {
    return qualified;
  }

  public List<Touch> touches() {
    return touches;
  }

  public @Nullable BigDecimal score() {
    return score;
  }

  /** Whether a field that a charter can require is there. */
  public boolean knows(String field) {
    Company company = profile.company();
    return switch (field) {
      case "email" -> contact.contains("email") || profile.emailDomain() != null;
      case "company" -> contact.contains("company") || company != null;
      case "jobTitle" -> contact.contains("jobTitle") || profile.jobTitle() != null;
      case "country" -> profile.country() != null;
      case "source" -> profile.source() != null;
      case "medium" -> profile.medium() != null;
      case "campaign" -> profile.campaignId() != null;
      case "segment" -> segment != null;
      case "company.domain" -> company != null && company.domain() != null;
      case "company.employees" -> company != null && company.employees() != null;
      case "company.industry" -> company != null && company.industry() != null;
      case "company.country" -> company != null && company.country() != null;
      default ->
          contact.contains(field)
              || field.startsWith("attributes.")
                  && profile.attributes().get(field.substring(11)) instanceof JsonNode value
                  && !value.isNull();
    };
  }

  Map<String, Object> variables() {
    return variables;
  }

  private static Map<String, Object> lead(
      Profile profile, @Nullable String segment, @Nullable String persona, boolean qualified) {
    var lead = new HashMap<String, Object>();
    put(lead, "source", profile.source());
    put(lead, "medium", profile.medium());
    put(lead, "channel", profile.channel());
    put(lead, "campaign", profile.campaignId());
    put(lead, "landingPage", profile.landingPage());
    put(lead, "country", profile.country());
    put(lead, "origin", profile.origin().word());
    put(lead, "jobTitle", profile.jobTitle());
    put(lead, "segment", segment);
    put(lead, "persona", persona);
    put(lead, "qualified", qualified);
    var email = new HashMap<String, Object>();
    put(email, "free", profile.emailFree());
    put(email, "domain", profile.emailDomain());
    lead.put("email", email);
    lead.put("attributes", values(profile.attributes()));
    return lead;
  }

  private static Map<String, Object> company(Profile profile, @Nullable String tier) {
    var company = new HashMap<String, Object>();
    if (profile.company() instanceof Company known) {
      put(company, "domain", known.domain());
      put(company, "employees", known.employees() == null ? null : known.employees().longValue());
      put(company, "industry", known.industry());
      put(company, "country", known.country());
    }
    put(company, "tier", tier);
    return company;
  }

  private static List<Map<String, Object>> values(List<Touch> touches) {
    var values = new ArrayList<Map<String, Object>>(touches.size());
    for (var touch : touches) {
      var value = new HashMap<String, Object>();
      put(value, "kind", touch.kind());
      put(value, "at", touch.at());
      put(value, "asset", touch.asset());
      put(value, "source", touch.source());
      put(value, "medium", touch.medium());
      put(value, "channel", touch.channel());
      put(value, "campaign", touch.campaign());
      value.put("attributes", values(touch.attributes()));
      values.add(value);
    }
    return values;
  }

  private static Map<String, Object> values(Map<String, JsonNode> attributes) {
    var values = new HashMap<String, Object>();
    attributes.forEach((name, value) -> put(values, name, value(value)));
    return values;
  }

  private static @Nullable Object value(JsonNode json) {
    return switch (json.getNodeType()) {
      case BOOLEAN -> json.booleanValue();
      case STRING -> json.textValue();
      case NUMBER ->
          json.isIntegralNumber() && json.canConvertToLong()
              ? (Object) json.longValue()
              : (Object) json.doubleValue();
      case ARRAY -> {
        var list = new ArrayList<Object>();
        for (var element : json) {
          if (value(element) instanceof Object known) {
            list.add(known);
          }
        }
        yield list;
      }
      case OBJECT -> {
        var map = new HashMap<String, Object>();
        json.properties().forEach(field -> put(map, field.getKey(), value(field.getValue())));
        yield map;
      }
      default -> null;
    };
  }

  private static void put(Map<String, Object> map, String name, @Nullable Object value) {
    if (value != null) {
      map.put(name, value);
    }
  }
}
