package baton.handoff.brief;

import baton.charter.Agreement;
import baton.contracts.Campaign;
import baton.contracts.Company;
import baton.contracts.LeadQualified;
import baton.contracts.ScorePart;
import baton.contracts.TouchSeen;
import baton.handoff.contact.Contact;
import baton.handoff.pass.Handoff.Returned;
import baton.handoff.pass.Inbox.Entry;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * One handoff as its seller needs it before the first call. {@code who} is gone once the lead was
 * erased, at {@code erasedAt}; {@code campaign} is absent until somebody described it.
 */
public record Brief(
    UUID handoffId,
    UUID leadId,
    int pass,
    String state,
    @Nullable String sellerId,
    @Nullable String team,
    @Nullable String routing,
    int charterVersion,
    @Nullable Contact who,
    @Nullable Instant erasedAt,
    @Nullable Organisation company,
    @Nullable Who persona,
    Why why,
    @Nullable String source,
    @Nullable String medium,
    @Nullable String channel,
    @Nullable String landingPage,
    @Nullable Told campaign,
    List<Touch> touches,
    List<Earlier> earlier) {

  public record Organisation(
      @Nullable String name,
      @Nullable String domain,
      @Nullable Integer employees,
      @Nullable String industry,
      @Nullable String country,
      @Nullable String tier) {}

  /** The kind of person he is, what hurts him and what he objects. */
  public record Who(
      String id,
      @Nullable String name,
      List<String> painPoints,
      List<String> objections,
      @Nullable String wants) {}

  public record Why(
      @Nullable String why,
      @Nullable Instant qualifiedAt,
      @Nullable BigDecimal score,
      @Nullable Integer priority,
      List<ScorePart> parts) {}

  /** What the lead was told and offered. */
  public record Told(
      String campaignId,
      @Nullable String name,
      @Nullable String offer,
      @Nullable String message,
      List<String> assets) {}

  public record Touch(String kind, Instant occurredAt) {}

  /** How a pass before this one went. */
  public record Earlier(
      UUID handoffId,
      int pass,
      Instant qualifiedAt,
      String state,
      Instant since,
      @Nullable String sellerId,
      @Nullable String reason,
      @Nullable Instant until) {}

  private static final String HANDED_OVER = "sal";

  /** Puts together what is known; {@code passes} are the lead's, this one among them. */
  public static Brief of(
      Entry entry,
      @Nullable LeadQualified mql,
      @Nullable Contact contact,
      @Nullable Instant erasedAt,
      @Nullable Campaign campaign,
      List<TouchSeen> lately,
      List<Entry> passes,
      Agreement agreement) {
    var handoff = entry.handoff();
    var pass = handoff.pass();
    var offer = handoff.offer();
    var profile = mql == null ? null : mql.profile();
    return new Brief(
        pass.handoffId(),
        pass.leadId(),
        entry.number(),
        handoff.state().word(),
        offer == null ? null : offer.sellerId(),
        offer == null ? null : offer.team(),
        handoff.routing(),
        pass.charterVersion(),
        contact,
        erasedAt,
        organisation(mql, contact),
        who(mql == null ? null : mql.persona(), agreement),
        new Why(
            mql == null ? null : mql.why(),
            pass.qualifiedAt(),
            mql == null ? null : mql.score(),
            mql == null ? null : mql.priority(),
            mql == null ? List.of() : mql.parts()),
        profile == null ? null : profile.source(),
        profile == null ? null : profile.medium(),
        profile == null ? null : profile.channel(),
        profile == null ? null : profile.landingPage(),
        campaign == null ? null : told(campaign),
        touches(mql == null ? List.of() : mql.touches(), lately),
        passes.stream()
            .filter(each -> each.number() < entry.number())
            .sorted(Comparator.comparing(Entry::number))
            .map(Brief::earlier)
            .toList());
  }

  /** What made them an MQL and what they did since, each touch once, oldest first. */
  private static List<Touch> touches(List<TouchSeen> seen, List<TouchSeen> lately) {
    var all = new LinkedHashMap<UUID, TouchSeen>();
    Stream.concat(seen.stream(), lately.stream())
        .forEach(touch -> all.putIfAbsent(touch.touchId(), touch));
    return all.values().stream()
        .sorted(Comparator.comparing(TouchSeen::occurredAt))
        .map(touch -> new Touch(touch.kind(), touch.occurredAt()))
        .toList();
  }

  private static @Nullable Organisation organisation(
      @Nullable LeadQualified mql, @Nullable Contact contact) {
    var name = contact == null ? null : contact.companyName();
    Company company = mql == null ? null : mql.profile().company();
    var tier = mql == null ? null : mql.tier();
    return company == null
        ? name == null && tier == null ? null : new Organisation(name, null, null, null, null, tier)
        : new Organisation(
            name,
            company.domain(),
            company.employees(),
            company.industry(),
            company.country(),
            tier);
  }

  /** A persona that the charter doesn't describe is named all the same. */
  private static @Nullable Who who(@Nullable String id, Agreement agreement) {
    if (id == null) {
      return null;
    }
    var persona = agreement.persona(id);
    if (persona == null) {
      return new Who(id, null, List.of(), List.of(), null);
    }
    var stage = persona.stages().get(HANDED_OVER);
    return new Who(
        id,
        persona.name(),
        persona.painPoints(),
        persona.objections(),
        stage == null ? null : stage.text());
  }

  private static Told told(Campaign campaign) {
    return new Told(
        campaign.campaignId(),
        campaign.name(),
        campaign.offer(),
        campaign.message(),
        campaign.assets());
  }

  private static Earlier earlier(Entry entry) {
    var handoff = entry.handoff();
    var offer = handoff.offer();
    return new Earlier(
        handoff.pass().handoffId(),
        entry.number(),
        handoff.pass().qualifiedAt(),
        handoff.state().word(),
        handoff.since(),
        offer == null ? null : offer.sellerId(),
        handoff.reason(),
        handoff instanceof Returned returned ? returned.until() : null);
  }
}
