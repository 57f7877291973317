package baton.feedback.outcome.rest;

import baton.chassis.access.Caller;
import baton.chassis.charter.Charters;
import baton.chassis.command.CommandReader;
import baton.chassis.command.OccurredAt;
import baton.chassis.problem.Faults;
import baton.chassis.pseudonym.Pseudonyms;
import baton.feedback.lead.LeadName;
import baton.feedback.outcome.Teller;
import baton.feedback.outcome.Tellings;
import baton.feedback.outcome.Told;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Reads outcomes in the form of {@link OutcomeTold}. */
@ApplicationScoped
class JsonTellings implements Tellings {
  private final CommandReader commands;
  private final Charters charters;
  private final Pseudonyms pseudonyms;
  private final InstantSource clock;

  JsonTellings(
      CommandReader commands, Charters charters, Pseudonyms pseudonyms, InstantSource clock) {
    this.commands = commands;
    this.charters = charters;
    this.pseudonyms = pseudonyms;
    this.clock = clock;
  }

  @Override
  public Told read(byte[] body, Teller teller) {
    var now = clock.instant();
    var sent =
        commands.read(body, OutcomeTold.class, (command, faults) -> check(command, now, faults));
    return told(sent, Caller.speaker(teller.sellerId(), sent.seller()), now);
  }

  private void check(OutcomeTold sent, Instant now, Faults faults) {
    var at = OccurredAt.check(sent.occurredAt(), now, "/occurredAt", new Faults());
    sent.check(now, charters.vocabulary(charters.versionAt(at)), faults);
  }

  private Told told(OutcomeTold sent, @Nullable String seller, Instant now) {
    var at = OccurredAt.check(sent.occurredAt(), now, "/occurredAt", new Faults());
    return new Told(
        lead(sent),
        Objects.requireNonNull(sent.result()),
        sent.amount() == null ? null : sent.amount().money(),
        sent.expectedClose(),
        sent.reason(),
        seller,
        sent.externalId() == null ? null : pseudonyms.of(sent.externalId().name()),
        at,
        sent.occurredAt() != null,
        charters.versionAt(at));
  }

  private LeadName lead(OutcomeTold sent) {
    return sent.leadId() != null
        ? LeadName.lead(sent.leadId())
        : LeadName.external(pseudonyms.of(Objects.requireNonNull(sent.leadExternalId()).name()));
  }
}
