package baton.lead.dossier;

import baton.chassis.problem.Problem;
import baton.contracts.LeadCaptured;
import baton.contracts.LeadContact;
import baton.contracts.LeadEvent;
import baton.contracts.LeadQualified;
import baton.contracts.LeadTouched;
import baton.contracts.LeadUpdated;
import baton.contracts.Profile;
import baton.contracts.TouchSeen;
import baton.lead.dossier.Reply.Outcome;
import baton.lead.dossier.Reply.Refused;
import baton.lead.dossier.Reply.Taken;
import baton.lead.identity.Identity;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.function.ToIntFunction;
import org.jspecify.annotations.Nullable;

/**
 * Decides a batch of facts, one after the other, on the leads they touch, and holds what has to be
 * written for it. Pure: who fills it holds the leads' locks.
 */
public final class Intake {
  /** A pass is explained by its latest touches; more of them explain nothing more. */
  private static final int TOUCHES_SHOWN = 100;

  private final ToIntFunction<Instant> charterAt;
  private final Map<UUID, UUID> owners = new HashMap<>();
  private final Map<UUID, Lead> leads = new HashMap<>();
  private final Map<UUID, List<TouchSeen>> histories = new HashMap<>();
  private final Map<UUID, Touch> told = new HashMap<>();

  private final Set<UUID> fresh = new HashSet<>();
  private final Set<UUID> touched = new java.util.LinkedHashSet<>();
  private final Set<UUID> restated = new HashSet<>();
  private final Map<UUID, UUID> claimed = new LinkedHashMap<>();
  private final Set<UUID> released = new TreeSet<>();
  private final List<Touch> touches = new ArrayList<>();
  private final List<Published> published = new ArrayList<>();

  public Intake(ToIntFunction<Instant> charterAt) {
    this.charterAt = charterAt;
  }

  /** Whose identity this is. */
  public void owner(UUID identityKey, UUID leadId) {
    owners.put(identityKey, leadId);
  }

  public void known(Lead lead) {
    leads.put(lead.leadId(), lead);
  }

  /** A touch that was kept before under the key by which it would be told again. */
  public void told(Touch touch) {
    if (touch.toldAs() != null) {
      told.put(touch.toldAs(), touch);
    }
  }

  public void history(UUID leadId, TouchSeen touch) {
    histories.computeIfAbsent(leadId, _ -> new ArrayList<>()).add(touch);
  }

  /** Leads that may have to be known before these captures can be decided. */
  public Set<UUID> candidates(Collection<Capture> captures) {
    var candidates = new TreeSet<UUID>();
    for (var capture : captures) {
      if (capture.knownAs() != null) {
        candidates.add(capture.knownAs());
      }
      for (var identity : capture.identities()) {
        var owner = owners.get(identity.key());
        if (owner != null) {
          candidates.add(owner);
        }
      }
    }
    return candidates;
  }

  public Reply decide(Capture capture) {
    var repeated = repeated(capture.toldAs());
    if (repeated != null) {
      return repeated;
    }
    if (capture.knownAs() != null && !leads.containsKey(capture.knownAs())) {
      return new Refused(Problem.invalid("/leadId", "no lead has this id"));
    }
    var lead = recognised(capture);
    if (lead == null) {
      return captured(capture);
    }
    if (capture.toldAs() != null && capture.toldAs().equals(lead.first().toldAs())) {
      return new Taken(lead, lead.first().touchId(), Outcome.REPEATED);
    }
    return touched(lead, capture);
  }

  /** Moves a lead's pass on. What is about another pass, or tells nothing new, changes nothing. */
  public void decide(Advance advance) {
    var lead = leads.get(advance.leadId());
    if (lead == null) {
      return;
    }
    var pass = lead.pass();
    if (pass != null && !pass.concerns(advance.passId(), advance.at())) {
      return;
    }
    if (advance.reached().compareTo(lead.stage()) <= 0) {
      return;
    }
    boolean ends = advance.reached().isEnd();
    keep(
        new Lead(
            lead.leadId(),
            lead.revision() + 1,
            lead.sequence(),
            advance.heardAt(),
            advance.reached(),
            pass != null && ends ? pass.ended() : pass,
            lead.first(),
            lead.facts(),
            lead.contact()));
  }

  /** Which identities an edit adds. */
  public static List<Identity> added(Lead lead, Edited edited) {
    var added = new ArrayList<>(edited.facts().identities());
    added.addAll(edited.contact().identities());
    added.removeAll(lead.identities());
    return added;
  }

  /** Makes an edited lead of a known one; an identity that is another lead's is a conflict. */
  public Lead decide(UUID leadId, Edited edited, Instant at, @Nullable String traceparent) {
    var lead = java.util.Objects.requireNonNull(leads.get(leadId), "the lead is known");
    for (var identity : added(lead, edited)) {
      var owner = owners.get(identity.key());
      if (owner == null) {
        claim(identity.key(), leadId);
      } else if (!owner.equals(leadId) && identity.kind() != Identity.Kind.PHONE) {
        throw Problem.conflict(
            identity.kind() == Identity.Kind.EMAIL
                ? "Another lead has this e-mail address: " + owner
                : "Another lead has this external id: " + owner,
            "taken");
      }
    }
    var remaining = new HashSet<>(edited.facts().identities());
    remaining.addAll(edited.contact().identities());
    for (var identity : lead.identities()) {
      if (!remaining.contains(identity)
          && leadId.equals(owners.getOrDefault(identity.key(), leadId))) {
        released.add(identity.key());
      }
    }
    var events = new Events(lead.sequence(), traceparent);
    var changed = restated(lead, edited.facts(), edited.contact(), at, events);
    if (changed != lead) {
      keep(changed);
    }
    return changed;
  }

  private @Nullable Taken repeated(@Nullable UUID toldAs) {
    if (toldAs == null) {
      return null;
    }
    var before = told.get(toldAs);
    var owner = before == null ? owners.get(toldAs) : before.leadId();
    var lead = owner == null ? null : leads.get(owner);
    if (lead == null) {
      return null;
    }
    if (before != null) {
      return new Taken(lead, before.touchId(), Outcome.REPEATED);
    }
    return toldAs.equals(lead.first().toldAs())
        ? new Taken(lead, lead.first().touchId(), Outcome.REPEATED)
        : null;
  }

  private @Nullable Lead recognised(Capture capture) {
    if (capture.knownAs() != null) {
      return leads.get(capture.knownAs());
    }
    for (var identity : capture.identities()) {
      var owner = owners.get(identity.key());
      var lead = owner == null ? null : leads.get(owner);
      if (lead != null && !(identity.kind() == Identity.Kind.PHONE && conflicts(lead, capture))) {
        return lead;
      }
    }
    return null;
  }

  /** Two e-mail addresses behind one telephone are two people at a switchboard. */
  private static boolean conflicts(Lead lead, Capture capture) {
    return lead.contact().email() != null && capture.contact().email() != null;
  }

  private Reply captured(Capture capture) {
    var leadId = capture.leadId();
    var events = new Events(0, capture.traceparent());
    var first =
        new FirstTouch(
            capture.touchId(), capture.kind(), capture.asset(), capture.at(), capture.toldAs());
    var facts = capture.facts();
    events.add(
        new LeadCaptured(
            leadId,
            capture.at(),
            charterAt.applyAsInt(capture.at()),
            capture.touchId(),
            capture.kind(),
            capture.asset(),
            facts.source(),
            facts.medium(),
            facts.channel(),
            facts.campaignId(),
            facts.utm(),
            facts.landingPage(),
            facts.form(),
            facts.country(),
            facts.origin(),
            facts.jobTitle(),
            facts.emailFree(),
            facts.emailDomain(),
            facts.company(),
            null,
            facts.segment(),
            null,
            Map.of(),
            facts.consent(),
            facts.externalIds(),
            null));
    if (capture.contact().isNamed()) {
      events.add(contact(leadId, 1, facts, capture.contact(), capture.at()));
    }
    var pass = qualified(leadId, null, capture, facts, first, List.of(), events);
    var lead =
        new Lead(
            leadId,
            1,
            events.last(),
            capture.heardAt(),
            pass == null ? Stage.CAPTURED : Stage.MQL,
            pass,
            first,
            facts,
            capture.contact());
    fresh.add(leadId);
    keep(lead);
    claim(capture, leadId);
    return new Taken(lead, capture.touchId(), Outcome.CAPTURED);
  }

  private Reply touched(Lead lead, Capture capture) {
    var leadId = lead.leadId();
    var given = capture.facts();
    var events = new Events(lead.sequence(), capture.traceparent());
    var touch =
        new Touch(
            capture.touchId(),
            leadId,
            capture.at(),
            capture.kind(),
            capture.asset() != null ? capture.asset() : given.form(),
            given.source(),
            given.medium(),
            given.channel(),
            given.campaignId(),
            capture.touchAttributes(),
            capture.toldAs());
    events.add(
        new LeadTouched(
            leadId,
            touch.at(),
            charterAt.applyAsInt(touch.at()),
            touch.touchId(),
            touch.kind(),
            touch.asset(),
            touch.source(),
            touch.medium(),
            touch.channel(),
            touch.campaignId(),
            Map.of()));
    touches.add(touch);
    told(touch);

    var contact = lead.contact().filledFrom(capture.contact());
    boolean takesEmail = lead.contact().email() == null && contact.email() != null;
    var facts = lead.facts().filledFrom(given, takesEmail);
    var filled = restated(lead, facts, contact, capture.heardAt(), events);

    var history = histories.getOrDefault(leadId, List.of());
    var pass = qualified(leadId, lead.pass(), capture, facts, lead.first(), history, events);
    history(leadId, new TouchSeen(touch.touchId(), touch.kind(), touch.at()));
    boolean moved = pass != null;
    var after =
        new Lead(
            leadId,
            moved ? lead.revision() + 1 : filled.revision(),
            events.last(),
            moved ? capture.heardAt() : filled.updatedAt(),
            moved ? Stage.MQL : lead.stage(),
            moved ? pass : lead.pass(),
            lead.first(),
            facts,
            contact);
    keep(after);
    claim(capture, leadId);
    return new Taken(after, capture.touchId(), Outcome.RECOGNISED);
  }

  /** The lead with other facts, and the events that say what changed; itself when nothing did. */
  private Lead restated(Lead lead, Facts facts, Contact contact, Instant at, Events events) {
    if (facts.equals(lead.facts()) && contact.equals(lead.contact())) {
      return lead;
    }
    restated.add(lead.leadId());
    long revision = lead.revision() + 1;
    var updated = updated(lead.leadId(), revision, lead.facts(), facts, at);
    if (updated != null) {
      events.add(updated);
    }
    boolean titled = java.util.Objects.equals(facts.jobTitle(), lead.facts().jobTitle());
    if (!contact.saysTheSameAs(lead.contact()) || (!titled && contact.isNamed())) {
      events.add(contact(lead.leadId(), revision, facts, contact, at));
    }
    return new Lead(
        lead.leadId(),
        revision,
        events.last(),
        at,
        lead.stage(),
        lead.pass(),
        lead.first(),
        facts,
        contact);
  }

  private @Nullable LeadUpdated updated(
      UUID leadId, long revision, Facts before, Facts after, Instant at) {
    var cleared = new ArrayList<String>();
    cleared(cleared, "source", before.source(), after.source());
    cleared(cleared, "medium", before.medium(), after.medium());
    cleared(cleared, "campaignId", before.campaignId(), after.campaignId());
    cleared(cleared, "country", before.country(), after.country());
    cleared(cleared, "jobTitle", before.jobTitle(), after.jobTitle());
    cleared(cleared, "emailFree", before.emailFree(), after.emailFree());
    cleared(cleared, "emailDomain", before.emailDomain(), after.emailDomain());
    cleared(cleared, "company", before.company(), after.company());
    cleared(cleared, "segment", before.segment(), after.segment());
    if (after.consent().isEmpty() && !before.consent().isEmpty()) {
      cleared.add("consent");
    }
    if (after.externalIds().isEmpty() && !before.externalIds().isEmpty()) {
      cleared.add("externalIds");
    }
    int charter = charterAt.applyAsInt(at);
    var updated =
        new LeadUpdated(
            leadId,
            at,
            charter,
            revision,
            Facts.changed(before.source(), after.source()),
            Facts.changed(before.medium(), after.medium()),
            Facts.changed(before.campaignId(), after.campaignId()),
            Facts.changed(before.country(), after.country()),
            Facts.changed(before.jobTitle(), after.jobTitle()),
            Facts.changed(before.emailFree(), after.emailFree()),
            Facts.changed(before.emailDomain(), after.emailDomain()),
            Facts.changed(before.company(), after.company()),
            null,
            Facts.changed(before.segment(), after.segment()),
            null,
            Map.of(),
            before.consent().equals(after.consent()) ? List.of() : after.consent(),
            before.externalIds().equals(after.externalIds()) ? List.of() : after.externalIds(),
            cleared);
    var nothing =
        new LeadUpdated(
            leadId, at, charter, revision, null, null, null, null, null, null, null, null, null,
            null, null, Map.of(), List.of(), List.of(), List.of());
    return updated.equals(nothing) ? null : updated;
  }

  private static void cleared(
      List<String> cleared, String name, @Nullable Object before, @Nullable Object after) {
    if (before != null && after == null) {
      cleared.add(name);
    }
  }

  private LeadContact contact(
      UUID leadId, long revision, Facts facts, Contact contact, Instant at) {
    return new LeadContact(
        leadId,
        at,
        charterAt.applyAsInt(at),
        revision,
        contact.name(),
        contact.firstName(),
        contact.lastName(),
        contact.email() == null ? null : contact.email().shown(),
        contact.phone() == null ? null : contact.phone().normalized(),
        facts.jobTitle(),
        contact.companyName());
  }

  /**
   * The pass that a fact opens, or null: not while one is open, and not by what that one was about.
   */
  private @Nullable Pass qualified(
      UUID leadId,
      @Nullable Pass latest,
      Capture capture,
      Facts facts,
      FirstTouch first,
      List<TouchSeen> history,
      Events events) {
    var qualification = capture.qualification();
    if (qualification == null
        || (latest != null
            && (latest.open() || !qualification.at().isAfter(latest.qualifiedAt())))) {
      return null;
    }
    var seen = new ArrayList<TouchSeen>();
    seen.add(new TouchSeen(first.touchId(), first.kind(), first.at()));
    seen.addAll(history);
    if (!first.touchId().equals(capture.touchId())) {
      seen.add(new TouchSeen(capture.touchId(), capture.kind(), capture.at()));
    }
    seen.sort(Comparator.comparing(TouchSeen::occurredAt));
    int left = Math.max(0, seen.size() - TOUCHES_SHOWN);
    events.add(
        new LeadQualified(
            leadId,
            qualification.at(),
            charterAt.applyAsInt(qualification.at()),
            capture.passId(),
            qualification.why(),
            null,
            facts.segment(),
            null,
            null,
            null,
            List.of(),
            new Profile(
                facts.source(),
                facts.medium(),
                facts.channel(),
                facts.campaignId(),
                facts.landingPage(),
                facts.country(),
                facts.origin(),
                facts.jobTitle(),
                facts.emailFree(),
                facts.emailDomain(),
                facts.company(),
                Map.of()),
            seen.subList(left, seen.size())));
    return new Pass(
        capture.passId(), latest == null ? 1 : latest.number() + 1, qualification.at(), true);
  }

  private void claim(Capture capture, UUID leadId) {
    for (var identity : capture.identities()) {
      claim(identity.key(), leadId);
    }
  }

  private void claim(UUID key, UUID leadId) {
    if (owners.putIfAbsent(key, leadId) == null) {
      claimed.put(key, leadId);
    }
  }

  private void keep(Lead lead) {
    leads.put(lead.leadId(), lead);
    touched.add(lead.leadId());
  }

  /** Leads to insert. */
  public List<Lead> fresh() {
    return touched.stream().filter(fresh::contains).map(this::lead).toList();
  }

  /** Leads to update, in id order. */
  public List<Lead> changed() {
    return touched.stream().filter(id -> !fresh.contains(id)).sorted().map(this::lead).toList();
  }

  /** Of the updated leads, those of which more than stage and sequence changed. */
  public List<Lead> restated() {
    return restated.stream().filter(id -> !fresh.contains(id)).sorted().map(this::lead).toList();
  }

  /** Identities to insert: whose each is, by key. */
  public Map<UUID, UUID> claimed() {
    return claimed;
  }

  /** Identities to delete. */
  public Set<UUID> released() {
    return released;
  }

  public List<Touch> touches() {
    return touches;
  }

  public List<Published> published() {
    return published;
  }

  /** The campaigns that what was decided names. */
  public Set<String> campaigns() {
    var campaigns = new TreeSet<String>();
    for (var leadId : touched) {
      var campaign = lead(leadId).facts().campaignId();
      if (campaign != null) {
        campaigns.add(campaign);
      }
    }
    for (var touch : touches) {
      if (touch.campaignId() != null) {
        campaigns.add(touch.campaignId());
      }
    }
    return campaigns;
  }

  private Lead lead(UUID leadId) {
    return java.util.Objects.requireNonNull(leads.get(leadId), "every touched lead is known");
  }

  /** The events of one decision, numbered on from the lead's last. */
  private final class Events {
    private final @Nullable String traceparent;
    private long sequence;

    Events(long sequence, @Nullable String traceparent) {
      this.sequence = sequence;
      this.traceparent = traceparent;
    }

    void add(LeadEvent event) {
      published.add(new Published(event, ++sequence, traceparent));
    }

    long last() {
      return sequence;
    }
  }
}
