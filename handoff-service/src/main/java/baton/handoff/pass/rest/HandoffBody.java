package baton.handoff.pass.rest;

import baton.handoff.clock.Promise;
import baton.handoff.contact.Contact;
import baton.handoff.pass.Handoff.Qualified;
import baton.handoff.pass.Handoff.Rejected;
import baton.handoff.pass.Handoff.Returned;
import baton.handoff.pass.Inbox.Entry;
import baton.handoff.pass.Inbox.Step;
import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A handoff as it is read; its steps, and its lead's contact or when that was erased, only where
 * one is read alone.
 */
record HandoffBody(
    UUID handoffId,
    UUID leadId,
    UUID passId,
    int pass,
    long revision,
    String state,
    Instant since,
    @Nullable String sellerId,
    @Nullable String team,
    @Nullable Instant offeredAt,
    List<ClockBody> clocks,
    int charterVersion,
    @Nullable String routing,
    @Nullable String reason,
    @Nullable String note,
    @Nullable Instant until,
    @Nullable Map<String, JsonNode> facts,
    @Nullable Contact contact,
    @Nullable Instant erasedAt,
    @Nullable List<Step> steps) {

  /** A clock that runs or ran. */
  record ClockBody(
      String clauseId, @Nullable Instant startedAt, @Nullable Instant dueAt, String state) {}

  static HandoffBody of(Entry entry, List<Promise> promises) {
    return of(entry, promises, null, null, null);
  }

  static HandoffBody of(
      Entry entry,
      List<Promise> promises,
      @Nullable Contact contact,
      @Nullable Instant erasedAt,
      @Nullable List<Step> steps) {
    var handoff = entry.handoff();
    var pass = handoff.pass();
    var offer = handoff.offer();
    return new HandoffBody(
        pass.handoffId(),
        pass.leadId(),
        pass.passId(),
        entry.number(),
        handoff.revision(),
        handoff.state().word(),
        handoff.since(),
        offer == null ? null : offer.sellerId(),
        offer == null ? null : offer.team(),
        offer == null ? null : offer.at(),
        promises.stream()
            .filter(promise -> promise.startedAt() != null)
            .map(
                promise ->
                    new ClockBody(
                        promise.clauseId(),
                        promise.startedAt(),
                        promise.dueAt(),
                        promise.state().word()))
            .toList(),
        pass.charterVersion(),
        handoff.routing(),
        handoff.reason(),
        handoff instanceof Rejected rejected ? rejected.note() : null,
        handoff instanceof Returned returned ? returned.until() : null,
        handoff instanceof Qualified qualified ? qualified.facts() : null,
        contact,
        erasedAt,
        steps);
  }
}
