package baton.lead.edit;

import baton.chassis.command.CommandReader;
import baton.chassis.command.MergePatch;
import baton.chassis.problem.Faults;
import baton.chassis.pseudonym.Pseudonyms;
import baton.contracts.ExternalId;
import baton.contracts.Json;
import baton.lead.capture.Checks;
import baton.lead.capture.Contacts;
import baton.lead.capture.Employer;
import baton.lead.capture.Person;
import baton.lead.dossier.Edited;
import baton.lead.dossier.Facts;
import baton.lead.dossier.Lead;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;

/** JSON merge patches (RFC 7396) on leads, held to the same bounds as captures. */
@ApplicationScoped
public class Edits {
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

  /** What the lead says with this patch. */
  public Edited edited(Lead lead, JsonNode patch) {
    ObjectNode document = Json.mapper().valueToTree(editable(lead));
    MergePatch.merge(document, patch);
    return reader.make(
        Json.bytes(document), EditBody.class, (body, faults) -> edited(lead, body, faults));
  }

  private Edited edited(Lead lead, EditBody body, Faults faults) {
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
            checks.consent(body.consent()),
            externalIds);
    return new Edited(facts, contact);
  }

  /** An id that was kept as its pseudonym comes back as that and stays it. */
  private List<ExternalId> externalIds(List<ExternalId> given, List<ExternalId> kept) {
    return given.stream().map(id -> kept.contains(id) ? id : pseudonyms.of(id)).distinct().toList();
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
        List.copyOf(facts.consent()),
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
