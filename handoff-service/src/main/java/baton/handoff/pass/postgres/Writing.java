package baton.handoff.pass.postgres;

import static baton.chassis.database.Columns.column;
import static baton.handoff.pass.postgres.HandoffRow.utc;

import baton.chassis.charter.Charters;
import baton.chassis.outbox.Outbox;
import baton.contracts.Event;
import baton.contracts.LeadHandoff;
import baton.contracts.LeadQualified;
import baton.handoff.clock.Clocks;
import baton.handoff.notification.Notice;
import baton.handoff.notification.Notifications;
import baton.handoff.pass.Handoff;
import baton.handoff.pass.Handoff.Accepted;
import baton.handoff.pass.Handoff.Closed;
import baton.handoff.pass.Handoff.Offered;
import baton.handoff.pass.Handoff.Qualified;
import baton.handoff.pass.Handoff.Rejected;
import baton.handoff.pass.Handoff.Returned;
import baton.handoff.pass.Handoff.Unassigned;
import baton.handoff.pass.Offer;
import baton.handoff.pass.Verdict.Moved;
import baton.handoff.routing.BadLead;
import baton.handoff.routing.Roster;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.OffsetDateTime;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.IntFunction;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Writes handoffs, their steps and all that comes of them. */
@ApplicationScoped
class Writing {
  /** What sellers write of somebody erased isn't kept. */
  private static final String WRITE =
      """
      INSERT INTO handoff (handoff_id, lead_id, pass_id, qualified_at, charter_version, revision,
        state, since, seller_id, team, offered_at, routing, reason, note, until, facts)
      SELECT n.handoff_id, n.lead_id, n.pass_id, n.qualified_at, n.charter_version, n.revision,
        n.state, n.since, n.seller_id, n.team, n.offered_at, n.routing, n.reason,
        CASE WHEN e.lead_id IS NULL THEN n.note END, n.until,
        CASE WHEN e.lead_id IS NULL OR n.facts IS NULL THEN n.facts::jsonb ELSE '{}' END
      FROM unnest($1::uuid[], $2::uuid[], $3::uuid[], $4::timestamptz[], $5::int[], $6::bigint[],
        $7::text[], $8::timestamptz[], $9::text[], $10::text[], $11::timestamptz[], $12::text[],
        $13::text[], $14::text[], $15::timestamptz[], $16::text[])
        AS n(handoff_id, lead_id, pass_id, qualified_at, charter_version, revision,
          state, since, seller_id, team, offered_at, routing, reason, note, until, facts)
      LEFT JOIN erased_lead e ON e.lead_id = n.lead_id
      ON CONFLICT (handoff_id) DO UPDATE SET
        revision = excluded.revision, state = excluded.state, since = excluded.since,
        seller_id = excluded.seller_id, team = excluded.team, offered_at = excluded.offered_at,
        routing = excluded.routing, reason = excluded.reason, note = excluded.note,
        until = excluded.until, facts = coalesce(excluded.facts, handoff.facts)
      """;

  private static final String WRITE_STEPS =
      """
      INSERT INTO handoff_step
        (handoff_id, revision, step, occurred_at, seller_id, reason, channel, result, routing, team,
          sales_step)
      SELECT * FROM unnest($1::uuid[], $2::bigint[], $3::text[], $4::timestamptz[], $5::text[],
        $6::text[], $7::text[], $8::text[], $9::text[], $10::text[], $11::uuid[])
      """;

  private final Roster roster;
  private final Clocks clocks;
  private final Outbox outbox;
  private final Notifications notifications;
  private final Charters charters;

  Writing(
      Roster roster, Clocks clocks, Outbox outbox, Notifications notifications, Charters charters) {
    this.roster = roster;
    this.clocks = clocks;
    this.outbox = outbox;
    this.notifications = notifications;
    this.charters = charters;
  }

  Uni<Void> write(SqlConnection tx, List<Moved> moved) {
    return write(tx, moved, Map.of(), Map.of());
  }

  Uni<Void> write(
      SqlConnection tx,
      List<Moved> moved,
      Map<UUID, LeadQualified> begun,
      Map<LeadHandoff, UUID> origins) {
    return write(tx, moved, moved.stream().map(Moved::handoff).toList(), begun, origins);
  }

  /**
   * @param changed those that came into another state or other hands
   * @param begun those that begin with these steps
   * @param origins the steps that come from a CRM's
   */
  Uni<Void> write(
      SqlConnection tx,
      List<Moved> moved,
      List<Handoff> changed,
      Map<UUID, LeadQualified> begun,
      Map<LeadHandoff, UUID> origins) {
    if (moved.isEmpty()) {
      return Uni.createFrom().voidItem();
    }
    var now = moved.stream().map(Moved::handoff).toList();
    var steps = moved.stream().flatMap(each -> each.steps().stream()).toList();
    return tx.preparedQuery(WRITE)
        .execute(rows(now))
        .chain(() -> tx.preparedQuery(WRITE_STEPS).execute(steps(steps, origins)))
        .chain(() -> remember(tx, changed))
        .chain(() -> notifications.enqueue(tx, notices(moved)))
        .chain(() -> clocks.follow(tx, steps, begun))
        .chain(
            followed ->
                outbox.append(
                    tx,
                    Stream.<List<? extends Event>>of(followed.steps(), followed.verdicts())
                        .flatMap(List::stream)
                        .toList()));
  }

  /** By the charter of the handoff, whichever was in force at the step. */
  private static List<Notice> notices(List<Moved> moved) {
    return moved.stream()
        .flatMap(
            each ->
                each.steps().stream()
                    .map(step -> Notice.of(step, each.handoff().pass().charterVersion())))
        .toList();
  }

  /** Whose a company is, and who gets a turn again. */
  private Uni<Void> remember(SqlConnection tx, List<Handoff> moved) {
    var held = new LinkedHashMap<UUID, String>();
    Uni<Void> refusals = Uni.createFrom().voidItem();
    for (var handoff : moved) {
      switch (handoff) {
        case Offered(var pass, _, var offer) -> held.put(pass.handoffId(), offer.sellerId());
        case Rejected(var pass, _, var offer, _, var reason, _) ->
            refusals =
                refusals.chain(
                    () ->
                        roster.refused(
                            tx,
                            pass.handoffId(),
                            offer.sellerId(),
                            reason != null
                                && !offer.routing().equals(Handoff.BY_HAND)
                                && BadLead.says(
                                    charters.agreement(pass.charterVersion()), reason)));
        case Unassigned _, Accepted _, Qualified _, Returned _, Closed _ -> {}
      }
    }
    return refusals.chain(() -> roster.held(tx, held));
  }

  private static Tuple rows(List<Handoff> handoffs) {
    return Tuple.tuple()
        .addArrayOfUUID(column(handoffs, each -> each.pass().handoffId(), UUID[]::new))
        .addArrayOfUUID(column(handoffs, each -> each.pass().leadId(), UUID[]::new))
        .addArrayOfUUID(column(handoffs, each -> each.pass().passId(), UUID[]::new))
        .addArrayOfOffsetDateTime(
            column(handoffs, each -> utc(each.pass().qualifiedAt()), OffsetDateTime[]::new))
        .addArrayOfInteger(column(handoffs, each -> each.pass().charterVersion(), Integer[]::new))
        .addArrayOfLong(column(handoffs, Handoff::revision, Long[]::new))
        .addArrayOfString(column(handoffs, each -> each.state().word(), String[]::new))
        .addArrayOfOffsetDateTime(
            column(handoffs, each -> utc(each.since()), OffsetDateTime[]::new))
        .addArrayOfString(offered(handoffs, Offer::sellerId, String[]::new))
        .addArrayOfString(offered(handoffs, Offer::team, String[]::new))
        .addArrayOfOffsetDateTime(
            offered(handoffs, offer -> utc(offer.at()), OffsetDateTime[]::new))
        .addArrayOfString(column(handoffs, Handoff::routing, String[]::new))
        .addArrayOfString(column(handoffs, Handoff::reason, String[]::new))
        .addArrayOfString(column(handoffs, HandoffRow::note, String[]::new))
        .addArrayOfOffsetDateTime(
            column(handoffs, each -> utc(HandoffRow.until(each)), OffsetDateTime[]::new))
        .addArrayOfString(column(handoffs, HandoffRow::facts, String[]::new));
  }

  private static Tuple steps(List<LeadHandoff> steps, Map<LeadHandoff, UUID> origins) {
    return Tuple.tuple()
        .addArrayOfUUID(column(steps, LeadHandoff::handoffId, UUID[]::new))
        .addArrayOfLong(column(steps, LeadHandoff::revision, Long[]::new))
        .addArrayOfString(column(steps, each -> each.step().word(), String[]::new))
        .addArrayOfOffsetDateTime(
            column(steps, each -> utc(each.occurredAt()), OffsetDateTime[]::new))
        .addArrayOfString(column(steps, LeadHandoff::sellerId, String[]::new))
        .addArrayOfString(column(steps, LeadHandoff::reason, String[]::new))
        .addArrayOfString(column(steps, LeadHandoff::channel, String[]::new))
        .addArrayOfString(column(steps, LeadHandoff::result, String[]::new))
        .addArrayOfString(column(steps, LeadHandoff::routing, String[]::new))
        .addArrayOfString(column(steps, LeadHandoff::team, String[]::new))
        .addArrayOfUUID(column(steps, origins::get, UUID[]::new));
  }

  private static <C> C[] offered(
      List<Handoff> handoffs, Function<Offer, @Nullable C> value, IntFunction<C[]> array) {
    return column(
        handoffs,
        each -> {
          var offer = each.offer();
          return offer == null ? null : value.apply(offer);
        },
        array);
  }
}
