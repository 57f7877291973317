package baton.lead.capture;

import baton.charter.Pointer;
import baton.chassis.command.OccurredAt;
import baton.chassis.problem.Faults;
import baton.contracts.Company;
import baton.contracts.ExternalId;
import baton.contracts.Utm;
import baton.lead.dossier.Consent;
import baton.lead.dossier.Evidence;
import baton.lead.identity.Email;
import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The bounds of what senders say. A blank text is an absent one: forms send empty fields. Faults
 * are added, never thrown, so that all are named at once.
 */
public final class Checks {
  public static final int TEXT = 200;
  public static final int ADDRESS = 2000;
  private static final int WORDING = 4000;

  private static final int LIST = 50;
  private static final int ATTRIBUTES = 100;
  private static final int ATTRIBUTE_TEXT = 16 * 1024;
  private static final int MOST_EMPLOYEES = 100_000_000;
  private static final Pattern WORD = Pattern.compile("[a-z0-9][a-z0-9._-]{0,63}");
  private static final Set<String> COUNTRIES =
      Arrays.stream(Locale.getISOCountries()).collect(Collectors.toUnmodifiableSet());

  private final Faults faults;

  public Checks(Faults faults) {
    this.faults = faults;
  }

  public Faults faults() {
    return faults;
  }

  public @Nullable String text(@Nullable String given, String pointer) {
    return text(given, pointer, TEXT);
  }

  public @Nullable String text(@Nullable String given, String pointer, int longest) {
    if (given == null) {
      return null;
    }
    var text = given.strip();
    return text.isEmpty() || !faults.fits(text, longest, pointer) ? null : text;
  }

  /** A short name in lower case, such as a kind of touch. */
  public @Nullable String word(@Nullable String given, String pointer) {
    var text = text(given, pointer);
    if (text == null) {
      return null;
    }
    var word = text.toLowerCase(Locale.ROOT);
    if (!WORD.matcher(word).matches()) {
      faults.add(pointer, "must be a word of letters, digits, dots, dashes or underscores");
      return null;
    }
    return word;
  }

  public @Nullable String country(@Nullable String given, String pointer) {
    var text = text(given, pointer);
    if (text == null) {
      return null;
    }
    var country = text.toUpperCase(Locale.ROOT);
    if (!COUNTRIES.contains(country)) {
      faults.add(pointer, "must be an ISO 3166 two-letter code, such as BR");
      return null;
    }
    return country;
  }

  public @Nullable Utm utm(@Nullable Utm given) {
    if (given == null) {
      return null;
    }
    return new Utm(
        text(given.source(), "/utm/source"),
        text(given.medium(), "/utm/medium"),
        text(given.campaign(), "/utm/campaign"),
        text(given.term(), "/utm/term"),
        text(given.content(), "/utm/content"),
        text(given.id(), "/utm/id"));
  }

  public @Nullable Company company(@Nullable Employer given) {
    if (given == null) {
      return null;
    }
    var domain = text(given.domain(), "/company/domain");
    if (domain != null) {
      domain = Email.ascii(domain);
      if (domain == null || domain.indexOf('/') >= 0 || domain.indexOf('@') >= 0) {
        faults.add("/company/domain", "must be a domain, such as acme.example");
      }
    }
    var employees = given.employees();
    if (employees != null && (employees < 0 || employees > MOST_EMPLOYEES)) {
      faults.add("/company/employees", "must be between 0 and " + MOST_EMPLOYEES);
    }
    var industry = text(given.industry(), "/company/industry");
    var country = country(given.country(), "/company/country");
    return domain == null && employees == null && industry == null && country == null
        ? null
        : new Company(domain, employees, industry, country);
  }

  public List<ExternalId> externalIds(@Nullable List<@Nullable ExternalId> given) {
    if (given == null) {
      return List.of();
    }
    if (given.size() > LIST) {
      faults.add("/externalIds", "must not have more than " + LIST + " entries");
      return List.of();
    }
    var ids = new ArrayList<ExternalId>(given.size());
    for (int i = 0; i < given.size(); i++) {
      var id = externalId(given.get(i), "/externalIds/" + i);
      if (id != null && !ids.contains(id)) {
        ids.add(id);
      }
    }
    return ids;
  }

  public @Nullable ExternalId externalId(@Nullable ExternalId given, String pointer) {
    if (given == null) {
      faults.add(pointer, "must be an object with system and id");
      return null;
    }
    faults.require(given.system(), pointer + "/system");
    faults.require(given.id(), pointer + "/id");
    var system = word(given.system(), pointer + "/system");
    var id = text(given.id(), pointer + "/id");
    return system == null || id == null ? null : new ExternalId(system, id);
  }

  /**
   * What was said of consent.
   *
   * @param at when, where it isn't said
   * @param source where, where it isn't said
   */
  public List<Evidence> consent(
      @Nullable List<@Nullable ConsentPart> given,
      String pointer,
      Instant at,
      Instant now,
      @Nullable String source) {
    if (given == null) {
      return List.of();
    }
    if (given.size() > LIST) {
      faults.add(pointer, "must not have more than " + LIST + " entries");
      return List.of();
    }
    var consents = new ArrayList<Evidence>(given.size());
    for (int i = 0; i < given.size(); i++) {
      var part = given.get(i);
      var evidence = part == null ? null : evidence(part, pointer + "/" + i, at, now, source);
      if (evidence != null && !consents.contains(evidence)) {
        consents.add(evidence);
      }
    }
    return consents;
  }

  public @Nullable Evidence evidence(
      ConsentPart part, String pointer, Instant at, Instant now, @Nullable String source) {
    faults.require(part.purpose(), pointer + "/purpose");
    var purpose = text(part.purpose(), pointer + "/purpose");
    var wording = text(part.text(), pointer + "/text", WORDING);
    var version = text(part.version(), pointer + "/version");
    var where = text(part.source(), pointer + "/source");
    var when = part.at() == null ? at : OccurredAt.check(part.at(), now, pointer + "/at", faults);
    return purpose == null
        ? null
        : new Evidence(
            new Consent(purpose, !Boolean.FALSE.equals(part.given()), when),
            wording,
            version,
            where == null ? source : where);
  }

  public Map<String, String> clickIds(@Nullable Map<String, @Nullable String> given) {
    if (given == null) {
      return Map.of();
    }
    if (given.size() > LIST) {
      faults.add("/clickIds", "must not have more than " + LIST + " entries");
      return Map.of();
    }
    var clickIds = new HashMap<String, String>();
    given.forEach(
        (name, value) -> {
          var known = word(name, Pointer.of("/clickIds", name));
          var click = text(value, Pointer.of("/clickIds", name), ADDRESS);
          if (known != null && click != null) {
            clickIds.put(known, click);
          }
        });
    return clickIds;
  }

  public Map<String, JsonNode> attributes(@Nullable Map<String, JsonNode> given) {
    if (given == null || given.isEmpty()) {
      return Map.of();
    }
    if (given.size() > ATTRIBUTES) {
      faults.add("/attributes", "must not have more than " + ATTRIBUTES + " entries");
      return Map.of();
    }
    int size = 0;
    for (var attribute : given.entrySet()) {
      if (attribute.getKey().isBlank() || attribute.getKey().length() > TEXT) {
        faults.add("/attributes", "names must have between 1 and " + TEXT + " characters");
      }
      size += attribute.getKey().length() + attribute.getValue().toString().length();
    }
    if (size > ATTRIBUTE_TEXT) {
      faults.add("/attributes", "must not be larger than " + ATTRIBUTE_TEXT + " characters in all");
    }
    return given;
  }
}
