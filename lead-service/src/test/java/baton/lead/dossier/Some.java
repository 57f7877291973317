package baton.lead.dossier;

import baton.charter.Agreement;
import baton.chassis.charter.Signed;
import baton.contracts.Company;
import baton.contracts.ExternalId;
import baton.contracts.Origin;
import baton.lead.identity.Email;
import baton.lead.identity.Identity;
import baton.lead.identity.Phone;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Captures to test with, said in a line. */
final class Some {
  static final Instant NINE = Instant.parse("2026-11-02T09:00:00Z");
  static final Signed DEFAULTS = new Signed(0, Instant.MIN, Agreement.versionZero());

  private int minted;

  private @Nullable String email;
  private @Nullable String phone;
  private @Nullable String name;
  private @Nullable String country;
  private @Nullable UUID toldAs;
  private @Nullable UUID knownAs;
  private @Nullable Instant qualifiedAt;
  private @Nullable String jobTitle;
  private @Nullable Company company;
  private @Nullable String owner;
  private Map<String, JsonNode> attributes = Map.of();
  private String kind = "form";
  private Instant at = NINE;
  private final List<ExternalId> externalIds = new ArrayList<>();

  static Some body() {
    return new Some();
  }

  /** The nth id of a test. */
  static UUID id(int n) {
    return new UUID(0x0193_0000_0000_7000L, 0x8000_0000_0000_0000L + n);
  }

  Some email(String given) {
    email = given;
    return this;
  }

  Some phone(String given) {
    phone = given;
    return this;
  }

  Some name(String given) {
    name = given;
    return this;
  }

  Some country(String given) {
    country = given;
    return this;
  }

  Some externalId(String given) {
    externalIds.add(new ExternalId("crm", given));
    return this;
  }

  Some externalId(String system, String given) {
    externalIds.add(new ExternalId(system, given));
    return this;
  }

  Some toldAs(UUID key) {
    toldAs = key;
    return this;
  }

  Some knownAs(UUID leadId) {
    knownAs = leadId;
    return this;
  }

  Some kind(String given) {
    kind = given;
    return this;
  }

  Some at(Instant given) {
    at = given;
    return this;
  }

  Some jobTitle(String given) {
    jobTitle = given;
    return this;
  }

  Some company(@Nullable Integer employees, String country) {
    company = new Company(null, employees, null, country);
    return this;
  }

  Some attribute(String attribute, String value) {
    attributes = Map.of(attribute, new TextNode(value));
    return this;
  }

  Some owner(String given) {
    owner = given;
    return this;
  }

  Some qualified(Instant since) {
    qualifiedAt = since;
    return this;
  }

  Capture capture(int first) {
    minted = first;
    var address = email == null ? null : Objects.requireNonNull(Email.read(email));
    var number = phone == null ? null : Objects.requireNonNull(Phone.read(phone, null));
    var identities = new ArrayList<Identity>();
    externalIds.forEach(id -> identities.add(Identity.of(id)));
    if (address != null) {
      identities.add(Identity.of(address));
    }
    if (number != null) {
      identities.add(Identity.of(number));
    }
    return new Capture(
        id(minted++),
        id(minted++),
        id(minted++),
        at,
        at,
        knownAs,
        identities,
        toldAs,
        kind,
        null,
        Map.of(),
        qualifiedAt,
        new Facts(
            "google",
            "cpc",
            "Paid Search",
            null,
            null,
            null,
            Map.of(),
            null,
            country,
            Origin.INBOUND,
            null,
            company,
            jobTitle,
            address == null ? null : address.free(),
            address == null ? null : address.domain(),
            owner,
            List.of(),
            externalIds),
        new Contact(name, null, null, address, number, null, attributes),
        List.of(),
        null);
  }
}
