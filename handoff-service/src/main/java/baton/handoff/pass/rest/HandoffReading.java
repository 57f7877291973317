package baton.handoff.pass.rest;

import baton.chassis.access.Caller;
import baton.chassis.command.PathId;
import baton.chassis.idempotency.Answer;
import baton.chassis.paging.ETags;
import baton.chassis.problem.Problem;
import baton.handoff.clock.Clocks;
import baton.handoff.clock.Promise;
import baton.handoff.contact.Contacts;
import baton.handoff.pass.Handoff;
import baton.handoff.pass.Inbox;
import baton.handoff.pass.Inbox.Entry;
import baton.handoff.pass.Inbox.Step;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.UUID;

/** One handoff with all there is to say about it, for who may see it. */
@ApplicationScoped
class HandoffReading {
  private final Inbox inbox;
  private final Clocks clocks;
  private final Contacts contacts;

  HandoffReading(Inbox inbox, Clocks clocks, Contacts contacts) {
    this.inbox = inbox;
    this.clocks = clocks;
    this.contacts = contacts;
  }

  Uni<Answer> told(SqlConnection tx, UUID handoffId, Caller who) {
    return inbox
        .find(tx, handoffId)
        .map(
            found ->
                found
                    .filter(entry -> entry.handoff().isShownTo(who.sellerId()))
                    .orElseThrow(HandoffReading::unknown))
        .chain(
            entry ->
                contacts
                    .find(tx, entry.handoff().pass().leadId())
                    .chain(
                        kept ->
                            clocks
                                .of(tx, List.of(handoffId))
                                .chain(
                                    promises ->
                                        inbox
                                            .steps(tx, handoffId)
                                            .map(
                                                steps ->
                                                    answer(
                                                        entry,
                                                        promises.getOrDefault(handoffId, List.of()),
                                                        kept,
                                                        steps)))));
  }

  static Handoff visible(Handoff handoff, Caller who) {
    if (!handoff.isShownTo(who.sellerId())) {
      throw unknown();
    }
    return handoff;
  }

  static UUID id(String id) {
    return PathId.of(id, HandoffReading::unknown);
  }

  private static Answer answer(
      Entry entry, List<Promise> promises, Contacts.Kept kept, List<Step> steps) {
    return Answer.json(200, HandoffBody.of(entry, promises, kept.contact(), kept.erasedAt(), steps))
        .with("ETag", ETags.of(entry.handoff().revision()));
  }

  private static Problem unknown() {
    return Problem.notFound("There is no such handoff.");
  }
}
