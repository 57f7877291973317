package baton.feedback.outcome.rest;

import baton.chassis.access.Caller;
import baton.chassis.charter.Charters;
import baton.chassis.command.CommandReader;
import baton.chassis.command.OccurredAt;
import baton.chassis.problem.Faults;
import baton.chassis.problem.Problem;
import baton.chassis.pseudonym.Pseudonyms;
import baton.feedback.lead.LeadName;
import baton.feedback.outcome.Teller;
import baton.feedback.outcome.Told;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Objects;

/** Reads what is sent into what is told, or says everything that is wrong with it. */
@ApplicationScoped
class Tellings {
  private final CommandReader commands;
  private final Charters charters;
  private final Pseudonyms pseudonyms;
  private final InstantSource clock;

  Tellings(CommandReader commands, Charters charters, Pseudonyms pseudonyms, InstantSource clock) {
    this.commands = commands;
    this.charters = charters;
    this.pseudonyms = pseudonyms;
    this.clock = clock;
  }

  static Teller teller(Caller caller) {
    return new Teller(caller.sellerId());
  }

  Told read(byte[] body, Caller caller) {
    var now = clock.instant();
    var sent =
        commands.read(body, OutcomeTold.class, (command, faults) -> check(command, now, faults));
    if (caller.sellerId() != null
        && sent.seller() != null
        && !caller.sellerId().equals(sent.seller())) {
      throw Problem.forbidden("This key speaks for its own seller only; leave seller out.");
    }
    return told(sent, caller, now);
  }

  private void check(OutcomeTold sent, Instant now, Faults faults) {
    var at = OccurredAt.check(sent.occurredAt(), now, "/occurredAt", new Faults());
    sent.check(now, charters.vocabulary(charters.versionAt(at)), faults);
  }

  private Told told(OutcomeTold sent, Caller caller, Instant now) {
    var at = OccurredAt.check(sent.occurredAt(), now, "/occurredAt", new Faults());
    return new Told(
        lead(sent),
        Objects.requireNonNull(sent.result()),
        sent.amount() == null ? null : sent.amount().money(),
        sent.expectedClose(),
        sent.reason(),
        sent.seller() == null ? caller.sellerId() : sent.seller(),
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
