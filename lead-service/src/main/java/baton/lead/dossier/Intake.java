package baton.lead.dossier;

import baton.charter.scoring.Ruling;
import baton.chassis.charter.Signed;
import baton.chassis.problem.Problem;
import baton.contracts.LeadCaptured;
import baton.contracts.LeadContact;
import baton.contracts.LeadEvent;
import baton.contracts.LeadMerged;
import baton.contracts.LeadQualified;
import baton.contracts.LeadTouched;
import baton.contracts.LeadUnmerged;
import baton.contracts.LeadUpdated;
import baton.lead.dossier.Reply.Outcome;
import baton.lead.dossier.Reply.Refused;
import baton.lead.dossier.Reply.Taken;
import baton.lead.identity.Identity;
import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Decides a batch of facts, one after the other, on the leads they touch, and holds what has to be
 * written for it. Pure: who fills it holds the leads' locks.
 */
public final class Intake {
  private final Function<Instant, Signed> charterAt;
  private final Map<UUID, UUID> owners = new HashMap<>();
  private final Map<UUID, Lead> leads = new HashMap<>();
  private final Map<UUID, List<Touch>> histories = new HashMap<>();
  private final Map<UUID, Touch> told = new HashMap<>();
  private final Set<UUID> reserved = new HashSet<>();
  private final Map<UUID, List<Withdrawal>> withdrawals = new HashMap<>();

  private final Set<UUID> fresh = new HashSet<>();
  private final Set<UUID> touched = new LinkedHashSet<>();
  private final Set<UUID> restated = new HashSet<>();
  private final Map<UUID, UUID> claimed = new LinkedHashMap<>();
  private final Set<UUID> released = new TreeSet<>();
  private final List<Touch> touches = new ArrayList<>();
  private final List<Agreed> agreed = new ArrayList<>();
  private final List<Published> published = new ArrayList<>();
  private final Map<UUID, Frozen> frozen = new HashMap<>();
  private final Set<UUID> regrouped = new TreeSet<>();
  private final List<Merge> merges = new ArrayList<>();
  private final List<Likeness> likenesses = new ArrayList<>();

  public Intake(Function<Instant, Signed> charterAt) {
    this.charterAt = charterAt;
  }

  /** Whose identity this is. */
  public void owner(UUID identityKey, UUID leadId) {
    owners.put(identityKey, leadId);
    reserved.remove(identityKey);
  }

  /** Nobody's identity yet, but somebody withdrew consent under it. */
  public void reserved(UUID identityKey) {
    reserved.add(identityKey);
  }

  /** What was withdrawn under an identity before anybody went by it. */
  public void withdrawn(UUID identityKey, Withdrawal withdrawal) {
    var known = withdrawals.computeIfAbsent(identityKey, _ -> new ArrayList<>());
    if (!known.contains(withdrawal)) {
      known.add(withdrawal);
    }
  }

  /** Identities that somebody withdrew consent under and that are nobody's yet. */
  public Set<UUID> reserved() {
    return reserved;
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

  /** A touch that was kept before, of a lead that may be judged again. */
  public void history(Touch touch) {
    histories.computeIfAbsent(touch.leadId(), _ -> new ArrayList<>()).add(touch);
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

  /** Whether somebody went by one of these identities who was erased since. */
  public boolean isBehind() {
    return !leads.keySet().containsAll(owners.values());
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
      var stranger = captured(capture);
      compare(capture, capture.leadId());
      return stranger;
    }
    var toldAs = capture.toldAs();
    if (toldAs != null) {
      for (var member : person(lead).members().toList()) {
        if (toldAs.equals(member.first().toldAs())) {
          return repeated(lead, member.first().touchId());
        }
      }
    }
    stitch(capture, lead);
    compare(capture, lead.leadId());
    return touched(lead(lead.leadId()), capture);
  }

  /**
   * Whoever else this names, and is nobody but an anonymous id, is the one it was recognised as.
   */
  private void stitch(Capture capture, Lead lead) {
    others(capture, lead.leadId()).stream()
        .map(Named::lead)
        .filter(other -> other.isAnonymous() && other.survivorId() == null)
        .findFirst()
        .ifPresent(
            other ->
                merge(
                    new Merge(
                        capture.leadId(),
                        lead.leadId(),
                        other.leadId(),
                        Merge.Reason.STITCHED,
                        capture.heardAt(),
                        null),
                    capture.traceparent()));
  }

  private void compare(Capture capture, UUID leadId) {
    others(capture, leadId)
        .forEach(
            other -> {
              var otherId = other.lead().leadId();
              boolean first = leadId.compareTo(otherId) < 0;
              likenesses.add(
                  new Likeness(
                      first ? leadId : otherId,
                      first ? otherId : leadId,
                      Likeness.Because.of(other.kind()),
                      capture.heardAt()));
            });
  }

  private record Named(Lead lead, Identity.Kind kind) {}

  /** Those whom a capture names by identities that aren't this lead's, as persons. */
  private List<Named> others(Capture capture, UUID leadId) {
    List<Named> others = List.of();
    for (var identity : capture.identities()) {
      var owner = owners.get(identity.key());
      var owned = owner == null || owner.equals(leadId) ? null : leads.get(owner);
      if (owned != null && !owned.keeper().equals(leadId)) {
        var other = keeper(owned);
        others = others.isEmpty() ? new ArrayList<>(2) : others;
        if (others.stream().noneMatch(one -> one.lead().leadId().equals(other.leadId()))) {
          others.add(new Named(other, identity.kind()));
        }
      }
    }
    return others;
  }

  /** Makes two leads one. */
  public Merge merge(Merge wanted, @Nullable String traceparent) {
    var survivor = lead(wanted.survivor());
    var absorbed = lead(wanted.absorbed());
    if (survivor.leadId().equals(absorbed.leadId())) {
      throw Problem.conflict("A lead can't absorb itself.", "itself");
    }
    for (var lead : List.of(absorbed, survivor)) {
      if (lead.isAbsorbed()) {
        throw Problem.conflict(
            "Lead " + lead.leadId() + " was absorbed already: it is " + lead.keeper() + " now.",
            "absorbed");
      }
    }
    var joining = person(absorbed).members().toList();
    regroup(survivor.leadId(), survivor.leadId());
    joining.forEach(member -> regroup(member.leadId(), survivor.leadId()));
    merges.add(wanted);
    int version = charterAt.apply(wanted.mergedAt()).version();
    for (var leadId : List.of(wanted.survivor(), wanted.absorbed())) {
      say(
          new LeadMerged(
              leadId,
              wanted.mergedAt(),
              version,
              wanted.mergeId(),
              wanted.survivor(),
              wanted.absorbed()),
          traceparent);
    }
    return wanted;
  }

  /**
   * Undoes one of the merges that stand.
   *
   * @param standing all that the two leads are in, by way of others too
   */
  public Merge unmerge(
      Merge merge, Collection<Merge> standing, Instant at, @Nullable String traceparent) {
    if (merge.undoneAt() != null) {
      throw Problem.conflict("This merge was undone at " + merge.undoneAt() + ".", "undone");
    }
    var undone = merge.undone(at);
    var left = standing.stream().filter(one -> !one.mergeId().equals(merge.mergeId())).toList();
    var members = person(keeper(lead(merge.absorbed()))).members().map(Lead::leadId).toList();
    var survivors = Merge.survivors(members, left);
    members.forEach(member -> regroup(member, survivors.get(member)));
    merges.add(undone);
    int version = charterAt.apply(at).version();
    for (var leadId : List.of(merge.survivor(), merge.absorbed())) {
      say(
          new LeadUnmerged(
              leadId, at, version, merge.mergeId(), merge.survivor(), merge.absorbed()),
          traceparent);
    }
    return undone;
  }

  private void regroup(UUID leadId, @Nullable UUID survivorId) {
    var lead = lead(leadId);
    if (!Objects.equals(lead.survivorId(), survivorId)) {
      leads.put(leadId, lead.under(survivorId));
      regrouped.add(leadId);
    }
  }

  /** An event that changes nothing but the lead's sequence. */
  private void say(LeadEvent event, @Nullable String traceparent) {
    var lead = lead(event.leadId());
    var events = new Events(lead.sequence(), traceparent);
    events.add(event);
    keep(lead.published(events.last()));
  }

  /** Who keeps what is told of this lead. */
  private Lead keeper(Lead lead) {
    return leads.getOrDefault(lead.keeper(), lead);
  }

  /** Whether what is told of a lead is kept by this one. */
  public boolean isKeptBy(UUID leadId, UUID keeper) {
    var lead = leads.get(leadId);
    return lead != null && lead.keeper().equals(keeper);
  }

  /** A lead that wasn't absorbed, with those that it absorbed. */
  public Person person(Lead survivor) {
    return survivor.survivorId() == null
        ? new Person(survivor, List.of())
        : Person.of(
            survivor,
            leads.values().stream()
                .filter(other -> survivor.leadId().equals(other.survivorId()))
                .toList());
  }

  /** Moves a lead's pass on. What is about another pass, or tells nothing new, changes nothing. */
  public void decide(Advance advance) {
    var named = leads.get(advance.leadId());
    if (named == null) {
      return;
    }
    var lead = person(keeper(named)).concerned(advance, named);
    var pass = lead.pass();
    if (pass != null && !pass.concerns(advance.passId(), advance.at())) {
      return;
    }
    if (advance.reached().compareTo(lead.stage()) <= 0) {
      return;
    }
    var reached = pass != null && advance.reached().isEnd() ? pass.ended(advance.at()) : pass;
    keep(lead.at(advance.reached(), reached).revised(lead.revision() + 1, advance.heardAt()));
  }

  /** Which identities an edit adds. */
  public static List<Identity> added(Lead lead, Edited edited) {
    var added = new ArrayList<>(edited.facts().identities());
    added.addAll(edited.contact().identities());
    added.removeAll(lead.identities());
    return added;
  }

  /** Makes an edited lead of a known one; an identity that is another lead's is a conflict. */
  public Lead decide(
      UUID leadId, UUID passId, Edited edited, Instant at, @Nullable String traceparent) {
    var lead = lead(leadId);
    if (lead.isAbsorbed()) {
      throw Problem.conflict(
          "This lead was absorbed: it is " + lead.keeper() + " now, so change that.", "absorbed");
    }
    for (var identity : added(lead, edited)) {
      var owner = owners.get(identity.key());
      if (owner == null) {
        claim(identity.key(), leadId);
      } else if (!owner.equals(leadId)
          && person(lead).members().noneMatch(member -> member.leadId().equals(owner))
          && identity.kind() != Identity.Kind.PHONE) {
        throw Problem.conflict(
            identity.kind() == Identity.Kind.EMAIL
                ? "Another lead has this e-mail address: " + owner
                : "Another lead has this external id: " + owner,
            "taken");
      }
    }
    var withdrawn = withdrawn(added(lead, edited), edited.facts());
    var remaining = new HashSet<>(edited.facts().identities());
    remaining.addAll(edited.contact().identities());
    for (var identity : lead.identities()) {
      if (!remaining.contains(identity)
          && leadId.equals(owners.getOrDefault(identity.key(), leadId))) {
        released.add(identity.key());
      }
    }
    agreed(leadId, edited.consents(), at);
    agreed(leadId, withdrawn, at);
    var told = lead.saying(edited.facts().agreeing(Evidence.consents(withdrawn)), edited.contact());
    if (told.equals(lead)) {
      return lead;
    }
    var events = new Events(lead.sequence(), traceparent);
    var ruling = ruling(told, new Ruling.Told(at, null));
    var restated = restated(lead, told.judged(Standing.of(ruling)), at, events);
    var changed = qualified(restated, ruling, passId, at, events).published(events.last());
    keep(changed);
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
      return repeated(lead, before.touchId());
    }
    return toldAs.equals(lead.first().toldAs()) ? repeated(lead, lead.first().touchId()) : null;
  }

  private Taken repeated(Lead lead, UUID touchId) {
    return new Taken(person(keeper(lead)).whole(), touchId, Outcome.REPEATED);
  }

  /** By the first identity that is somebody's; by that of an anonymous one only if by no other. */
  private @Nullable Lead recognised(Capture capture) {
    if (capture.knownAs() != null) {
      var known = leads.get(capture.knownAs());
      return known == null ? null : keeper(known);
    }
    Lead anonymous = null;
    for (var identity : capture.identities()) {
      var owner = owners.get(identity.key());
      var owned = owner == null ? null : leads.get(owner);
      var lead = owned == null ? null : keeper(owned);
      if (lead != null && !(identity.kind() == Identity.Kind.PHONE && conflicts(lead, capture))) {
        if (!lead.isAnonymous() || !person(lead).members().allMatch(Lead::isAnonymous)) {
          return lead;
        }
        anonymous = anonymous == null ? lead : anonymous;
      }
    }
    return anonymous;
  }

  /** Two e-mail addresses behind one telephone are two people at a switchboard. */
  private boolean conflicts(Lead lead, Capture capture) {
    return capture.contact().email() != null
        && person(lead).members().anyMatch(member -> member.contact().email() != null);
  }

  /** What a fact makes of a lead, with all that is known of those that it absorbed. */
  private Ruling<Dossier> ruling(Lead told, Ruling.Told fact) {
    var person = person(told);
    return ruling(person.judged(), person.touches(this::history), fact);
  }

  private Ruling<Dossier> ruling(Lead lead, List<Touch> later, Ruling.Told fact) {
    return Ruling.of(
        Standing.before(lead, later), fact, at -> Dossier.of(charterAt.apply(at), lead, later));
  }

  private Reply captured(Capture capture) {
    var leadId = capture.leadId();
    var events = new Events(0, capture.traceparent());
    var first =
        new FirstTouch(
            capture.touchId(), capture.kind(), capture.asset(), capture.at(), capture.toldAs());
    var withdrawn = withdrawn(capture.identities(), capture.facts());
    var facts = capture.facts().agreeing(Evidence.consents(withdrawn));
    var stranger =
        new Lead(
            leadId,
            1,
            0,
            capture.heardAt(),
            Stage.CAPTURED,
            null,
            first,
            facts,
            capture.contact(),
            null,
            null);
    var ruling = ruling(stranger, List.of(), new Ruling.Told(capture.at(), capture.qualifiedAt()));
    var now = ruling.now();
    events.add(
        new LeadCaptured(
            leadId,
            capture.at(),
            ruling.by().charter().version(),
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
            now.persona().id(),
            facts.segment(),
            now.tier(),
            ruling.by().profile().attributes(),
            facts.purposes(),
            facts.externalIds(),
            now.score()));
    if (capture.contact().isNamed()) {
      events.add(contact(leadId, 1, facts, capture.contact(), capture.at()));
    }
    var lead =
        qualified(
                stranger.judged(Standing.of(ruling)),
                ruling,
                capture.passId(),
                capture.heardAt(),
                events)
            .revised(1, capture.heardAt())
            .published(events.last());
    fresh.add(leadId);
    agreed(leadId, capture.consents(), capture.heardAt());
    agreed(leadId, withdrawn, capture.heardAt());
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
    var charter = charterAt.apply(touch.at());
    events.add(
        new LeadTouched(
            leadId,
            touch.at(),
            charter.version(),
            touch.touchId(),
            touch.kind(),
            touch.asset(),
            touch.source(),
            touch.medium(),
            touch.channel(),
            touch.campaignId(),
            Dossier.declared(charter.agreement().attributes(), touch.attributes())));
    touches.add(touch);
    agreed(leadId, capture.consents(), capture.heardAt());
    told(touch);
    history(touch);

    var person = person(lead);
    var whole = person.whole();
    boolean alone = person.absorbed().isEmpty();
    var contact =
        lead.contact()
            .filledFrom(alone ? capture.contact() : capture.contact().beyond(whole.contact()));
    boolean takesEmail = lead.contact().email() == null && contact.email() != null;
    var filled = lead.facts().filledFrom(alone ? given : given.beyond(whole.facts()), takesEmail);
    var withdrawn = withdrawn(capture.identities(), filled);
    agreed(leadId, withdrawn, capture.heardAt());
    var told = lead.saying(filled.agreeing(Evidence.consents(withdrawn)), contact);
    var ruling = ruling(told, new Ruling.Told(capture.at(), capture.qualifiedAt()));
    var restated = restated(lead, told.judged(Standing.of(ruling)), capture.heardAt(), events);
    var after =
        qualified(restated, ruling, capture.passId(), capture.heardAt(), events)
            .published(events.last());
    keep(after);
    claim(capture, leadId);
    return new Taken(person(after).whole(), capture.touchId(), Outcome.RECOGNISED);
  }

  /** The lead as it is now, and the events that say what changed since it was as before. */
  private Lead restated(Lead before, Lead now, Instant at, Events events) {
    long revision = before.revision() + 1;
    var facts = now.facts();
    var contact = now.contact();
    var updated = updated(revision, before, now, at);
    if (updated != null) {
      events.add(updated);
    }
    boolean told = !facts.equals(before.facts()) || !contact.equals(before.contact());
    if (told) {
      restated.add(now.leadId());
    }
    boolean titled = Objects.equals(facts.jobTitle(), before.facts().jobTitle());
    if (!contact.saysTheSameAs(before.contact()) || (!titled && contact.isNamed())) {
      events.add(contact(now.leadId(), revision, facts, contact, at));
    }
    return told || updated != null ? now.revised(revision, at) : now;
  }

  private @Nullable LeadUpdated updated(long revision, Lead lead, Lead now, Instant at) {
    var before = lead.facts();
    var after = now.facts();
    var stood = lead.standing();
    var stands = now.standing();
    var charter = charterAt.apply(at);
    var declared = charter.agreement().attributes();
    var attributesBefore = Dossier.declared(declared, lead.contact().attributes());
    var attributes = Dossier.declared(declared, now.contact().attributes());
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
    var purposesBefore = before.purposes();
    var purposes = after.purposes();
    if (purposes.isEmpty() && !purposesBefore.isEmpty()) {
      cleared.add("consent");
    }
    if (after.externalIds().isEmpty() && !before.externalIds().isEmpty()) {
      cleared.add("externalIds");
    }
    cleared(cleared, "tier", tier(stood), tier(stands));
    attributesBefore.keySet().stream()
        .filter(name -> !attributes.containsKey(name))
        .forEach(name -> cleared.add("attributes." + name));
    var updated =
        new LeadUpdated(
            now.leadId(),
            at,
            charter.version(),
            revision,
            Facts.changed(before.source(), after.source()),
            Facts.changed(before.medium(), after.medium()),
            Facts.changed(before.campaignId(), after.campaignId()),
            Facts.changed(before.country(), after.country()),
            Facts.changed(before.jobTitle(), after.jobTitle()),
            Facts.changed(before.emailFree(), after.emailFree()),
            Facts.changed(before.emailDomain(), after.emailDomain()),
            Facts.changed(before.company(), after.company()),
            Facts.changed(persona(stood), persona(stands)),
            Facts.changed(before.segment(), after.segment()),
            Facts.changed(tier(stood), tier(stands)),
            changed(attributesBefore, attributes),
            purposesBefore.equals(purposes) ? List.of() : purposes,
            before.externalIds().equals(after.externalIds()) ? List.of() : after.externalIds(),
            cleared);
    var nothing =
        new LeadUpdated(
            now.leadId(),
            at,
            charter.version(),
            revision,
            null,
            null,
            null,
            null,
            null,
            null,
            null,
            null,
            null,
            null,
            null,
            Map.of(),
            List.of(),
            List.of(),
            List.of());
    return updated.equals(nothing) ? null : updated;
  }

  private static @Nullable String persona(@Nullable Standing standing) {
    return standing == null ? null : standing.persona();
  }

  private static @Nullable String tier(@Nullable Standing standing) {
    return standing == null ? null : standing.tier();
  }

  private static Map<String, JsonNode> changed(
      Map<String, JsonNode> before, Map<String, JsonNode> after) {
    if (before.equals(after)) {
      return Map.of();
    }
    var changed = new HashMap<>(after);
    changed.entrySet().removeAll(before.entrySet());
    return changed;
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
        charterAt.apply(at).version(),
        revision,
        contact.name(),
        contact.firstName(),
        contact.lastName(),
        contact.email() == null ? null : contact.email().shown(),
        contact.phone() == null ? null : contact.phone().normalized(),
        facts.jobTitle(),
        contact.companyName());
  }

  /** The lead in the pass that the fact at hand opens; itself where it opens none. */
  private Lead qualified(
      Lead lead, Ruling<Dossier> ruling, UUID passId, Instant at, Events events) {
    var ready = ruling.ready();
    if (ready == null) {
      return lead;
    }
    var judgement = ready.judgement();
    var qualified =
        new LeadQualified(
            lead.leadId(),
            judgement.at(),
            ready.by().charter().version(),
            passId,
            judgement.readiness().why(),
            judgement.persona().id(),
            lead.facts().segment(),
            judgement.tier(),
            null,
            judgement.score(),
            judgement.frozen(),
            ready.by().profile(),
            ready.by().seen());
    events.add(qualified);
    frozen.put(lead.leadId(), Frozen.of(qualified));
    int number = lead.pass() == null ? 1 : lead.pass().number() + 1;
    return lead.at(Stage.MQL, new Pass(passId, number, judgement.at(), null))
        .revised(lead.revision() + 1, at);
  }

  /** What was withdrawn under these identities of what is agreed to here. */
  private List<Evidence> withdrawn(List<Identity> identities, Facts facts) {
    return withdrawals.isEmpty()
        ? List.of()
        : identities.stream()
            .flatMap(identity -> withdrawals.getOrDefault(identity.key(), List.of()).stream())
            .flatMap(withdrawal -> withdrawal.of(facts.consent()).stream())
            .distinct()
            .toList();
  }

  private void agreed(UUID leadId, List<Evidence> consents, Instant heardAt) {
    consents.forEach(evidence -> agreed.add(new Agreed(leadId, evidence, heardAt)));
  }

  private List<Touch> history(UUID leadId) {
    return histories.getOrDefault(leadId, List.of());
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

  /** What leads said of their consent, to be kept as evidence. */
  public List<Agreed> agreed() {
    return agreed;
  }

  public List<Published> published() {
    return published;
  }

  /** Why each lead that was qualified is, by lead. */
  public Map<UUID, Frozen> frozen() {
    return frozen;
  }

  /** Leads that count under somebody else than before, or again by themselves. */
  public List<Lead> regrouped() {
    return regrouped.stream().map(this::lead).toList();
  }

  /** Merges to insert, and those that were undone. */
  public List<Merge> merges() {
    return merges;
  }

  public List<Likeness> likenesses() {
    return likenesses;
  }

  /** Every lead that is known by now. */
  public Set<UUID> known() {
    return leads.keySet();
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

  Lead lead(UUID leadId) {
    return Objects.requireNonNull(leads.get(leadId), "the lead is known");
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
