package baton.feedback.step.rest;

import baton.chassis.access.Caller;
import baton.chassis.charter.Charters;
import baton.chassis.command.CommandReader;
import baton.chassis.command.OccurredAt;
import baton.chassis.problem.Faults;
import baton.chassis.pseudonym.Pseudonyms;
import baton.feedback.lead.LeadName;
import baton.feedback.step.Deed;
import baton.feedback.step.Deeds;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Reads sales steps in the form of {@link StepTold}. */
@ApplicationScoped
class JsonDeeds implements Deeds {
  private final CommandReader commands;
  private final Charters charters;
  private final Pseudonyms pseudonyms;
  private final InstantSource clock;

  JsonDeeds(CommandReader commands, Charters charters, Pseudonyms pseudonyms, InstantSource clock) {
    this.commands = commands;
    this.charters = charters;
    this.pseudonyms = pseudonyms;
    this.clock = clock;
  }

  @Override
  public Deed read(byte[] command, @Nullable String sellerId) {
    var now = clock.instant();
    var sent =
        commands.read(
            command,
            StepTold.class,
            (told, faults) ->
                told.check(now, charters.vocabulary(charters.versionAt(at(told, now))), faults));
    var at = at(sent, now);
    return new Deed(
        sent.leadId() != null
            ? LeadName.lead(sent.leadId())
            : LeadName.external(
                pseudonyms.of(Objects.requireNonNull(sent.leadExternalId()).name())),
        Objects.requireNonNull(sent.step()),
        sent.channel(),
        Caller.speaker(sellerId, sent.seller()),
        sent.reason(),
        sent.externalId() == null ? null : pseudonyms.of(sent.externalId().name()),
        at,
        sent.occurredAt() != null,
        charters.versionAt(at));
  }

  private static Instant at(StepTold told, Instant now) {
    return OccurredAt.check(told.occurredAt(), now, "/occurredAt", new Faults());
  }
}
