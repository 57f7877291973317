package baton.lead.edit;

import baton.chassis.command.CommandReader;
import baton.chassis.command.MergePatch;
import baton.chassis.problem.Faults;
import baton.chassis.pseudonym.Pseudonyms;
import baton.contracts.ExternalId;
import baton.contracts.Json;
import baton.lead.capture.Checks;
import baton.lead.capture.ConsentPart;
import baton.lead.capture.Contacts;
import baton.lead.capture.Employer;
import baton.lead.capture.Person;
import baton.lead.dossier.Consent;
import baton.lead.dossier.Edited;
import baton.lead.dossier.Evidence;
import baton.lead.dossier.Facts;
import baton.lead.dossier.Lead;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/** JSON merge patches (RFC 7396) on leads, held to the same bounds as captures. */
@ApplicationScoped
public class Edits {
  private static final String EDIT = "edit";

  private final CommandReader reader;
  private final Pseudonyms pseudonyms;

  Edits(CommandReader reader, Pseudonyms pseudonyms) {
    this.reader = reader;
    this.pseudonyms = pseudonyms;
  }

  /** Refuses a patch that can't be one of any lead, before one is looked up. */
  public JsonNode patch(byte[] body) {
    reader.read(body, EditBody.class);
    return tree(body);
  }

  /** What the lead says with this patch, made at that time. */
  public Edited edited(Lead lead, JsonNode patch, Instant now) {
    ObjectNode document = Json.mapper().valueToTree(editable(lead));
    MergePatch.merge(document, patch);
    return reader.make(
        Json.bytes(document), EditBody.class, (body, faults) -> edited(lead, body, now, faults));
  }

  /** What the lead says under another e-mail address. */
  public Edited readdressed(Lead lead, String email, Instant now) {
    var patch = Json.mapper().createObjectNode();
    patch.putObject("contact").put("email", email);
    return edited(lead, patch, now);
  }

  /** What a body says of consent, as a change of any lead. */
  public Function<Lead, Edited> agreed(byte[] body, Instant now) {
    var evidence =
        reader.make(
            body,
            ConsentPart.class,
            (part, faults) -> new Checks(faults).evidence(part, "", now, now, null));
    return lead -> agreed(lead, List.of(evidence));
  }

  /**
   * What the lead says when it withdraws these purposes, or all that it agreed to where none is
   * named.
   */
  public static Edited withdrawn(Lead lead, List<String> named, Instant at, String source) {
    var purposes = named.isEmpty() ? lead.facts().purposes() : named;
    return agreed(
        lead,
        purposes.stream()
            .map(purpose -> new Evidence(new Consent(purpose, false, at), null, null, source))
            .toList());
  }

  private static Edited agreed(Lead lead, List<Evidence> told) {
    return new Edited(lead.facts().agreeing(Evidence.consents(told)), lead.contact(), told);
  }

  private Edited edited(Lead lead, EditBody body, Instant now, Faults faults) {
    var checks = new Checks(faults);
    var before = lead.facts();
    var country = checks.country(body.country(), "/country");
    var company = checks.company(body.company());
    var contact =
        Contacts.read(
            body.contact(),
            body.company() == null ? null : checks.text(body.company().name(), "/company/name"),
            country != null || company == null ? country : company.country(),
            checks.attributes(body.attributes()),
            checks);
    var externalIds = externalIds(checks.externalIds(body.externalIds()), before.externalIds());
    if (contact.email() == null
        && contact.phone() == null
        && externalIds.isEmpty()
        && !faults.any()) {
      faults.add("/contact", "a lead keeps at least an e-mail, a phone or an external id");
    }
    var consents =
        changes(before.consent(), checks.consent(body.consent(), "/consent", now, now, EDIT), now);
    var facts =
        new Facts(
            checks.text(body.source(), "/source"),
            checks.text(body.medium(), "/medium"),
            before.channel(),
            checks.text(body.campaign(), "/campaign"),
            before.utm(),
            before.landingPage(),
            before.clickIds(),
            before.form(),
            country,
            before.origin(),
            checks.text(body.segment(), "/segment"),
            company,
            body.contact() == null
                ? null
                : checks.text(body.contact().jobTitle(), "/contact/jobTitle"),
            contact.email() == null ? null : contact.email().free(),
            contact.email() == null ? null : contact.email().domain(),
            checks.text(body.owner(), "/owner"),
            Consent.latest(before.consent(), Evidence.consents(consents)),
            externalIds);
    return new Edited(facts, contact, consents);
  }

  /**
   * What an edited list says that wasn't known: a purpose that was agreed to and is not in it is
   * withdrawn.
   */
  private static List<Evidence> changes(List<Consent> before, List<Evidence> listed, Instant now) {
    var changes = new ArrayList<Evidence>();
    for (var evidence : listed) {
      var stands =
          before.stream()
              .anyMatch(
                  one ->
                      one.purpose().equals(evidence.consent().purpose())
                          && one.given() == evidence.consent().given());
      if (!stands) {
        changes.add(evidence);
      }
    }
    for (var one : before) {
      if (one.given()
          && listed.stream().noneMatch(each -> each.consent().purpose().equals(one.purpose()))) {
        changes.add(new Evidence(new Consent(one.purpose(), false, now), null, null, EDIT));
      }
    }
    return changes;
  }

  /** An id that was kept as its pseudonym comes back as that and stays it. */
  private List<ExternalId> externalIds(List<ExternalId> given, List<ExternalId> kept) {
    return given.stream().map(id -> kept.contains(id) ? id : pseudonyms.of(id)).distinct().toList();
  }

  private static ConsentPart part(Consent consent) {
    return new ConsentPart(
        consent.purpose(),
        consent.given(),
        null,
        null,
        null,
        consent.at().equals(Instant.EPOCH) ? null : consent.at());
  }

  private static EditBody editable(Lead lead) {
    var facts = lead.facts();
    var contact = lead.contact();
    var company = facts.company();
    return new EditBody(
        new Person(
            contact.email() == null ? null : contact.email().shown(),
            contact.name(),
            contact.firstName(),
            contact.lastName(),
            contact.phone() == null ? null : contact.phone().normalized(),
            facts.jobTitle()),
        new Employer(
            contact.companyName(),
            company == null ? null : company.domain(),
            company == null ? null : company.employees(),
            company == null ? null : company.industry(),
            company == null ? null : company.country()),
        facts.source(),
        facts.medium(),
        facts.campaignId(),
        facts.country(),
        facts.segment(),
        facts.owner(),
        List.copyOf(facts.consent().stream().map(Edits::part).toList()),
        List.copyOf(facts.externalIds()),
        contact.attributes());
  }

  private static JsonNode tree(byte[] body) {
    try {
      return Json.mapper().readTree(body);
    } catch (java.io.IOException wasRead) {
      throw new java.io.UncheckedIOException(wasRead);
    }
  }
}
