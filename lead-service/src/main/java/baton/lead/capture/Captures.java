package baton.lead.capture;

import baton.chassis.access.Caller;
import baton.chassis.command.OccurredAt;
import baton.chassis.problem.Faults;
import baton.chassis.pseudonym.Pseudonyms;
import baton.contracts.Origin;
import baton.lead.channel.Arrival;
import baton.lead.dossier.Capture;
import baton.lead.dossier.Evidence;
import baton.lead.dossier.Facts;
import baton.lead.identity.Identity;
import com.github.f4b6a3.uuid.UuidCreator;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Makes captures of what marketing tools send. */
@ApplicationScoped
public class Captures {
  private static final String FORM = "form";
  private static final String CAPTURE = "capture";

  private final Pseudonyms pseudonyms;
  private final InstantSource clock;

  Captures(Pseudonyms pseudonyms, InstantSource clock) {
    this.pseudonyms = pseudonyms;
    this.clock = clock;
  }

  /**
   * The capture that a body describes, right only when no faults were added.
   *
   * @param content the bytes of the body: with an external id or a time in it, the same bytes again
   *     are the same fact told again
   */
  public Capture read(
      LeadBody body, byte[] content, Caller caller, @Nullable String traceparent, Faults faults) {
    var checks = new Checks(faults);
    var now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
    var at = OccurredAt.check(body.occurredAt(), now, "/occurredAt", faults);
    var country = checks.country(body.country(), "/country");
    var company = checks.company(body.company());
    var contact =
        Contacts.read(
            body.contact(),
            body.company() == null ? null : checks.text(body.company().name(), "/company/name"),
            country != null || company == null ? country : company.country(),
            checks.attributes(body.attributes()),
            checks);
    var externalIds =
        checks.externalIds(body.externalIds()).stream().map(pseudonyms::of).distinct().toList();
    if (contact.email() == null
        && contact.phone() == null
        && externalIds.isEmpty()
        && !faults.any()) {
      faults.add("/contact", "give an e-mail, a phone or an external id");
    }
    var arrival =
        Arrival.of(
            source(body.source(), caller, checks),
            checks.text(body.medium(), "/medium"),
            checks.text(body.campaign(), "/campaign"),
            checks.utm(body.utm()),
            checks.clickIds(body.clickIds()),
            checks.text(body.landingPage(), "/landingPage", Checks.ADDRESS),
            checks.text(body.channel(), "/channel"));
    var form = checks.text(body.form(), "/form");
    var kind = body.touch() == null ? null : checks.word(body.touch().kind(), "/touch/kind");
    if (kind == null) {
      kind = form == null ? CAPTURE : FORM;
    }
    boolean qualified = Boolean.TRUE.equals(body.qualified());
    if (!qualified && body.qualifiedAt() != null) {
      faults.add("/qualifiedAt", "needs qualified: true");
    }
    var qualifiedAt =
        body.qualifiedAt() == null
            ? null
            : OccurredAt.check(body.qualifiedAt(), now, "/qualifiedAt", faults);

    var identities = new ArrayList<Identity>(3);
    externalIds.forEach(id -> identities.add(Identity.of(id)));
    if (contact.email() != null) {
      identities.add(Identity.of(contact.email()));
    }
    if (contact.phone() != null) {
      identities.add(Identity.of(contact.phone()));
    }
    var consents = checks.consent(body.consent(), "/consent", at, now, form);
    boolean tellsAgain = !externalIds.isEmpty() || body.occurredAt() != null;
    return new Capture(
        UuidCreator.getTimeOrderedEpochFast(),
        UuidCreator.getTimeOrderedEpochFast(),
        UuidCreator.getTimeOrderedEpochFast(),
        at,
        now,
        null,
        identities,
        tellsAgain ? Identity.key(CAPTURE, content) : null,
        kind,
        body.touch() == null ? null : checks.text(body.touch().asset(), "/touch/asset"),
        Map.of(),
        qualified ? (qualifiedAt == null ? at : qualifiedAt) : null,
        new Facts(
            arrival.source(),
            arrival.medium(),
            arrival.channel(),
            arrival.campaign(),
            arrival.utm(),
            arrival.landingPage(),
            arrival.clickIds(),
            form,
            country,
            body.origin() == null ? Origin.INBOUND : body.origin(),
            checks.text(body.segment(), "/segment"),
            company,
            body.contact() == null
                ? null
                : checks.text(body.contact().jobTitle(), "/contact/jobTitle"),
            contact.email() == null ? null : contact.email().free(),
            contact.email() == null ? null : contact.email().domain(),
            checks.text(body.owner(), "/owner"),
            Evidence.consents(consents),
            externalIds),
        contact,
        consents,
        traceparent);
  }

  /** A key that is narrowed to a source captures for that one, said or not. */
  public static @Nullable String source(@Nullable String given, Caller caller, Checks checks) {
    var source = checks.text(given, "/source");
    if (caller.source() == null || caller.source().equals(source)) {
      return source;
    }
    if (source != null) {
      checks.faults().add("/source", "this key captures for another source only");
    }
    return caller.source();
  }
}
