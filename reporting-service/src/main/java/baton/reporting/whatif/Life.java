package baton.reporting.whatif;

import baton.charter.expression.Facts;
import baton.charter.expression.Touch;
import baton.charter.scoring.Judge;
import baton.charter.scoring.Remembered;
import baton.contracts.Company;
import baton.contracts.Json;
import baton.contracts.LeadQualified;
import baton.contracts.Profile;
import baton.reporting.journey.Fact.Captured;
import baton.reporting.journey.Fact.Described;
import baton.reporting.journey.Fact.Marked;
import baton.reporting.journey.Fact.Qualified;
import baton.reporting.journey.Fact.Touched;
import baton.reporting.journey.Fact.Trait;
import baton.reporting.journey.Journey;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What a lead did and what was known of it, moment by moment: what rules were asked about. Which
 * contact data is known no topic says, but for the domain of an e-mail address: the rest is taken
 * as known.
 */
final class Life {
  /** Contact fields that a charter can require and that no topic tells of. */
  static final Set<String> TAKEN_AS_KNOWN = Set.of("phone", "name");

  private static final UUID NO_ID = new UUID(0, 0);

  /** Something was told. {@code saidQualified}: with its source's word that it is an MQL. */
  record Moment(Instant at, Profile profile, @Nullable String segment, boolean saidQualified) {}

  private final Captured captured;
  private final List<Touch> later;
  private final List<Moment> moments;

  private Life(Captured captured, List<Touch> later, List<Moment> moments) {
    this.captured = captured;
    this.later = later;
    this.moments = moments;
  }

  /** Null of a lead whose capture was not heard. */
  static @Nullable Life of(Journey journey) {
    var captured = journey.captured();
    if (captured == null) {
      return null;
    }
    var marks = new HashMap<UUID, String>();
    var touches = new ArrayList<Touched>();
    var revisions = new ArrayList<Described>();
    var said = new HashSet<Instant>();
    for (var fact : journey.facts()) {
      switch (fact) {
        case Touched touched when !touched.touchId().equals(captured.touchId()) ->
            touches.add(touched);
        case Marked marked -> marks.put(marked.touchId(), marked.attributes());
        case Described described -> revisions.add(described);
        case Qualified qualified when qualified.why().equals(Judge.BY_ITS_SOURCE) ->
            said.add(qualified.at());
        default -> {}
      }
    }
    revisions.sort(
        Comparator.comparing((Described revision) -> revision.revision() > 0)
            .thenComparing(Described::at)
            .thenComparing(Described::revision));
    var later = touches.stream().map(touched -> touch(touched, marks)).toList();
    return new Life(captured, later, moments(captured, later, revisions, said));
  }

  List<Moment> moments() {
    return moments;
  }

  /** What rules are asked about as of an instant, with all that was told until the moment. */
  Facts asOf(Moment moment, Instant instant, boolean qualified) {
    return Facts.of(
        moment.profile(),
        moment.segment(),
        qualified,
        TAKEN_AS_KNOWN,
        remembered(moment).stream().filter(touch -> !touch.at().isAfter(instant)).toList());
  }

  /** What promises about a pass are asked about, which is what {@code lead-qualified} says. */
  Facts handedOver(Qualified pass) {
    var moment = moments.getFirst();
    for (var each : moments) {
      moment = each.at().isAfter(pass.at()) ? moment : each;
    }
    return Facts.of(
        new LeadQualified(
            NO_ID,
            pass.at(),
            pass.charter(),
            pass.passId(),
            pass.why(),
            pass.persona(),
            pass.segment(),
            pass.tier(),
            null,
            pass.score(),
            List.of(),
            moment.profile(),
            Remembered.shown(remembered(moment))));
  }

  private List<Touch> remembered(Moment moment) {
    var known = new ArrayList<Touch>(later.size() + 1);
    var profile = moment.profile();
    known.add(
        new Touch(
            captured.touchId(),
            captured.kind(),
            captured.at(),
            captured.asset(),
            profile.source(),
            profile.medium(),
            profile.channel(),
            profile.campaignId(),
            Map.of()));
    for (var touch : later) {
      if (!touch.at().isAfter(moment.at())) {
        known.add(touch);
      }
    }
    return Remembered.of(known);
  }

  private static Touch touch(Touched touched, Map<UUID, String> marks) {
    var attributes = marks.get(touched.touchId());
    return new Touch(
        touched.touchId(),
        touched.kind(),
        touched.at(),
        touched.asset(),
        touched.source(),
        touched.medium(),
        touched.channel(),
        touched.campaign(),
        attributes == null ? Map.of() : Json.values(attributes));
  }

  private static List<Moment> moments(
      Captured captured, List<Touch> later, List<Described> revisions, Set<Instant> said) {
    var times = new TreeSet<>(said);
    times.add(captured.at());
    later.forEach(touch -> times.add(touch.at()));
    revisions.stream()
        .filter(revision -> revision.revision() > 0)
        .forEach(revision -> times.add(revision.at()));
    var profile = profile(captured);
    var segment = captured.segment();
    var moments = new ArrayList<Moment>(times.size());
    int next = 0;
    for (var at : times) {
      for (; next < revisions.size() && isKnown(revisions.get(next), at); next++) {
        profile = changed(profile, revisions.get(next));
        segment = told(revisions.get(next), Trait.SEGMENT, "segment", segment);
      }
      moments.add(new Moment(at, profile, segment, said.contains(at)));
    }
    return moments;
  }

  /** How it was captured was known from the beginning, whatever was said of it before. */
  private static boolean isKnown(Described revision, Instant at) {
    return revision.revision() == 0 || !revision.at().isAfter(at);
  }

  private static Profile profile(Captured captured) {
    return new Profile(
        captured.source(),
        captured.medium(),
        captured.channel(),
        captured.campaign(),
        captured.landingPage(),
        captured.country(),
        captured.origin(),
        null,
        null,
        null,
        captured.company() == null ? null : new Company(captured.company(), null, null, null),
        Map.of());
  }

  private static Profile changed(Profile before, Described revision) {
    var free = before.emailFree();
    var isFree = told(revision, Trait.EMAIL_FREE, "emailFree", free == null ? null : "" + free);
    return new Profile(
        told(revision, Trait.SOURCE, "source", before.source()),
        told(revision, Trait.MEDIUM, "medium", before.medium()),
        before.channel(),
        told(revision, Trait.CAMPAIGN, "campaignId", before.campaignId()),
        before.landingPage(),
        told(revision, Trait.COUNTRY, "country", before.country()),
        before.origin(),
        told(revision, Trait.JOB_TITLE, "jobTitle", before.jobTitle()),
        isFree == null ? null : Boolean.valueOf(isFree),
        told(revision, Trait.EMAIL_DOMAIN, "emailDomain", before.emailDomain()),
        company(before.company(), revision),
        attributed(before, revision).attributes());
  }

  private static @Nullable String told(
      Described revision, Trait trait, String name, @Nullable String before) {
    var value = revision.traits().get(trait);
    return value != null ? value : revision.cleared().contains(name) ? null : before;
  }

  /** A company is told whole; but its domain, when it was captured, stands elsewhere. */
  private static @Nullable Company company(@Nullable Company before, Described revision) {
    if (revision.cleared().contains("company")) {
      return null;
    }
    var traits = revision.traits();
    if (!traits.containsKey(Trait.COMPANY)
        && !traits.containsKey(Trait.COMPANY_DOMAIN)
        && !traits.containsKey(Trait.EMPLOYEES)
        && !traits.containsKey(Trait.INDUSTRY)
        && !traits.containsKey(Trait.COMPANY_COUNTRY)) {
      return before;
    }
    var employees = traits.get(Trait.EMPLOYEES);
    return new Company(
        revision.revision() == 0 && before != null
            ? before.domain()
            : traits.get(Trait.COMPANY_DOMAIN),
        employees == null ? null : Integer.valueOf(employees),
        traits.get(Trait.INDUSTRY),
        traits.get(Trait.COMPANY_COUNTRY));
  }

  /** The profile, as far as attributes go. */
  private static Profile attributed(Profile before, Described revision) {
    var changed = revision.traits().get(Trait.ATTRIBUTES);
    if (changed == null && revision.cleared().isEmpty()) {
      return before;
    }
    var attributes = new TreeMap<>(before.attributes());
    if (changed != null) {
      attributes.putAll(Json.values(changed));
    }
    revision.cleared().stream()
        .filter(name -> name.startsWith("attributes."))
        .forEach(name -> attributes.remove(name.substring("attributes.".length())));
    return new Profile(
        null,
        null,
        before.channel(),
        null,
        null,
        null,
        before.origin(),
        null,
        null,
        null,
        null,
        attributes);
  }
}
