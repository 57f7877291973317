package baton.lead.touch;

import baton.chassis.access.Caller;
import baton.chassis.command.OccurredAt;
import baton.chassis.problem.Faults;
import baton.chassis.pseudonym.Pseudonyms;
import baton.contracts.ExternalId;
import baton.contracts.Origin;
import baton.lead.capture.Captures;
import baton.lead.capture.Checks;
import baton.lead.capture.Contacts;
import baton.lead.channel.Arrival;
import baton.lead.dossier.Capture;
import baton.lead.dossier.Facts;
import baton.lead.identity.Identity;
import com.github.f4b6a3.uuid.UuidCreator;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Makes captures of the interactions that tools send: one of a stranger makes a lead. */
@ApplicationScoped
public class Touches {
  private final Pseudonyms pseudonyms;
  private final InstantSource clock;

  Touches(Pseudonyms pseudonyms, InstantSource clock) {
    this.pseudonyms = pseudonyms;
    this.clock = clock;
  }

  /** The touch that a body describes, right only when no faults were added. */
  public Capture read(
      TouchBody body, byte[] content, Caller caller, @Nullable String traceparent, Faults faults) {
    var checks = new Checks(faults);
    var now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
    var at = OccurredAt.check(body.occurredAt(), now, "/occurredAt", faults);
    var contact = Contacts.read(body.contact(), null, null, Map.of(), checks);
    var externalIds = new ArrayList<ExternalId>(1);
    if (body.leadExternalId() != null) {
      var id = checks.externalId(body.leadExternalId(), "/leadExternalId");
      if (id != null) {
        externalIds.add(pseudonyms.of(id));
      }
    }
    if (body.leadId() == null
        && externalIds.isEmpty()
        && contact.email() == null
        && contact.phone() == null
        && !faults.any()) {
      faults.add(
          "", "say whose touch it is: leadId, leadExternalId, or contact with e-mail or phone");
    }
    faults.require(body.kind(), "/kind");
    var kind = checks.word(body.kind(), "/kind");
    var arrival =
        Arrival.of(
            Captures.source(body.source(), caller, checks),
            checks.text(body.medium(), "/medium"),
            checks.text(body.campaign(), "/campaign"),
            null,
            Map.of(),
            null,
            checks.text(body.channel(), "/channel"));
    var toldAs = toldAs(checks.text(body.externalId(), "/externalId"), caller, body, content);
    return new Capture(
        UuidCreator.getTimeOrderedEpochFast(),
        UuidCreator.getTimeOrderedEpochFast(),
        UuidCreator.getTimeOrderedEpochFast(),
        at,
        now,
        body.leadId(),
        identities(
            body,
            toldAs,
            externalIds,
            contact.email() == null ? null : Identity.of(contact.email()),
            contact.phone() == null ? null : Identity.of(contact.phone())),
        toldAs,
        kind == null ? "" : kind,
        checks.text(body.asset(), "/asset"),
        checks.attributes(body.attributes()),
        null,
        new Facts(
            arrival.source(),
            arrival.medium(),
            arrival.channel(),
            arrival.campaign(),
            null,
            null,
            Map.of(),
            null,
            null,
            Origin.INBOUND,
            null,
            null,
            body.contact() == null
                ? null
                : checks.text(body.contact().jobTitle(), "/contact/jobTitle"),
            contact.email() == null ? null : contact.email().free(),
            contact.email() == null ? null : contact.email().domain(),
            null,
            List.of(),
            externalIds),
        contact,
        List.of(),
        traceparent);
  }

  /**
   * By what the same touch is known again: its own id among those of its sender, else its time and
   * content together.
   */
  private static @Nullable UUID toldAs(
      @Nullable String externalId, Caller caller, TouchBody body, byte[] content) {
    if (externalId != null) {
      return Identity.key("touch", sender(caller) + '\n' + externalId);
    }
    return body.occurredAt() == null ? null : Identity.key("touched", content);
  }

  /** Keys of one source are one tool's, before it changes its key and after. */
  private static String sender(Caller caller) {
    return caller.source() == null ? "key\n" + caller.keyId() : "source\n" + caller.source();
  }

  /** A touch's own id is believed first: it can be nobody else's. */
  private static List<Identity> identities(
      TouchBody body,
      @Nullable UUID toldAs,
      List<ExternalId> externalIds,
      @Nullable Identity email,
      @Nullable Identity phone) {
    var identities = new ArrayList<Identity>(4);
    if (toldAs != null && body.externalId() != null) {
      identities.add(new Identity(Identity.Kind.EXTERNAL_ID, toldAs));
    }
    externalIds.forEach(id -> identities.add(Identity.of(id)));
    if (email != null) {
      identities.add(email);
    }
    if (phone != null) {
      identities.add(phone);
    }
    return identities;
  }
}
