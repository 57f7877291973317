package baton.lead.dossier;

import baton.charter.Agreement;
import baton.charter.Routing.Mode;
import baton.charter.scoring.Remembered;
import baton.charter.scoring.Ruling;
import baton.chassis.charter.Signed;
import baton.contracts.Profile;
import baton.contracts.TouchSeen;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A lead as a charter reads it: the attributes it declares and no others, and of each kind of touch
 * the latest hundred. Touches stand oldest first.
 */
public record Dossier(
    Signed charter, Lead lead, Profile profile, List<baton.charter.expression.Touch> touches)
    implements Ruling.Sight {
  private static final String OWNER = "owner";
  private static final ObjectMapper JSON = new ObjectMapper();

  /** Of the touches after the first, in any order. */
  public static Dossier of(Signed charter, Lead lead, List<Touch> later) {
    var agreement = charter.agreement();
    var facts = lead.facts();
    var declared = agreement.attributes();
    var touches = new ArrayList<baton.charter.expression.Touch>(later.size() + 1);
    touches.add(
        new baton.charter.expression.Touch(
            lead.first().touchId(),
            lead.first().kind(),
            lead.first().at(),
            lead.first().asset(),
            facts.source(),
            facts.medium(),
            facts.channel(),
            facts.campaignId(),
            Map.of()));
    for (var touch : later) {
      touches.add(
          new baton.charter.expression.Touch(
              touch.touchId(),
              touch.kind(),
              touch.at(),
              touch.asset(),
              touch.source(),
              touch.medium(),
              touch.channel(),
              touch.campaignId(),
              declared(declared, touch.attributes())));
    }
    return new Dossier(
        charter,
        lead,
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
            owned(agreement, facts.owner(), declared(declared, lead.contact().attributes()))),
        Remembered.of(touches));
  }

  /** Those that events may carry. */
  static Map<String, JsonNode> declared(Set<String> declared, Map<String, JsonNode> attributes) {
    if (declared.isEmpty() || attributes.isEmpty()) {
      return Map.of();
    }
    var shown = new TreeMap<>(attributes);
    shown.keySet().retainAll(declared);
    return shown;
  }

  /**
   * Where the CRM assigns, whom it assigned the lead to goes along; not a name that looks like an
   * e-mail address, which is a person's.
   */
  private static Map<String, JsonNode> owned(
      Agreement agreement, @Nullable String owner, Map<String, JsonNode> attributes) {
    if (agreement.terms().routing().mode() != Mode.OBSERVE
        || owner == null
        || owner.indexOf('@') >= 0) {
      return attributes;
    }
    var all = new TreeMap<>(attributes);
    all.put(OWNER, JSON.valueToTree(owner));
    return all;
  }

  @Override
  public Agreement agreement() {
    return charter.agreement();
  }

  @Override
  public baton.charter.expression.Facts asOf(Instant instant, boolean qualified) {
    return baton.charter.expression.Facts.of(
        profile,
        lead.facts().segment(),
        qualified,
        contact(),
        touches.stream().filter(touch -> !touch.at().isAfter(instant)).toList());
  }

  List<TouchSeen> seen() {
    return Remembered.shown(touches);
  }

  private Set<String> contact() {
    var contact = lead.contact();
    var known = new HashSet<String>();
    if (contact.email() != null) {
      known.add("email");
    }
    if (contact.phone() != null) {
      known.add("phone");
    }
    if (contact.name() != null || contact.firstName() != null || contact.lastName() != null) {
      known.add("name");
    }
    if (contact.companyName() != null) {
      known.add("company");
    }
    return known;
  }
}
