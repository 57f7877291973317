package baton.handoff.pass.postgres;

import static baton.chassis.database.Columns.column;
import static baton.handoff.pass.postgres.HandoffRow.utc;

import baton.chassis.kin.People;
import baton.contracts.LeadOutcome;
import baton.contracts.OutcomeResult;
import baton.handoff.pass.Handoff;
import baton.handoff.pass.Pass;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What became of leads outside of their handoffs. */
final class Deals {
  private static final String HEAR_DEALS =
      """
      INSERT INTO deal (outcome_id, revision, lead_id, pass_id, result, occurred_at)
      SELECT DISTINCT ON (n.outcome_id) n.*
      FROM unnest($1::uuid[], $2::bigint[], $3::uuid[], $4::uuid[], $5::text[], $6::timestamptz[])
        AS n(outcome_id, revision, lead_id, pass_id, result, occurred_at)
      ORDER BY n.outcome_id, n.revision DESC
      ON CONFLICT (outcome_id) DO UPDATE SET
        revision = excluded.revision, lead_id = excluded.lead_id, pass_id = excluded.pass_id,
        result = excluded.result, occurred_at = excluded.occurred_at
      WHERE deal.revision < excluded.revision
      """;

  private static final String ENDED_DEALS =
      """
      SELECT outcome_id, lead_id, pass_id, result, occurred_at FROM deal
      WHERE lead_id = ANY($1) AND result IN ('won', 'lost', 'disqualified')
      ORDER BY occurred_at, outcome_id
      """;

  record Deal(UUID leadId, @Nullable UUID passId, OutcomeResult result, Instant at) {}

  private Deals() {}

  static Uni<Void> hear(SqlConnection tx, List<LeadOutcome> outcomes) {
    return tx.preparedQuery(HEAR_DEALS)
        .execute(
            Tuple.of(
                column(outcomes, LeadOutcome::outcomeId, UUID[]::new),
                column(outcomes, LeadOutcome::revision, Long[]::new),
                column(outcomes, LeadOutcome::leadId, UUID[]::new),
                column(outcomes, LeadOutcome::passId, UUID[]::new),
                column(outcomes, each -> each.result().word(), String[]::new),
                column(outcomes, each -> utc(each.occurredAt()), OffsetDateTime[]::new)))
        .replaceWithVoid();
  }

  static Uni<List<Deal>> ended(SqlConnection tx, People people) {
    return tx.preparedQuery(ENDED_DEALS)
        .execute(Tuple.of(people.leads()))
        .map(
            rows ->
                StoredHandoffs.rows(rows)
                    .map(
                        row ->
                            new Deal(
                                row.getUUID("lead_id"),
                                row.getUUID("pass_id"),
                                OutcomeResult.of(row.getString("result")),
                                HandoffRow.instant(row, "occurred_at")))
                    .toList());
  }

  /**
   * The deals, by pass, that had ended before their pass was heard of: events of two topics race.
   */
  static Uni<Map<UUID, Deal>> before(
      SqlConnection tx, List<Pass> fresh, List<Deal> deals, People people) {
    if (deals.isEmpty()) {
      return Uni.createFrom().item(Map.of());
    }
    return StoredHandoffs.of(tx, people)
        .map(
            before -> {
              var passes =
                  PassesOfPeople.of(
                      people, Stream.concat(before.stream().map(Handoff::pass), fresh.stream()));
              var ends = new LinkedHashMap<UUID, Deal>();
              for (var deal : deals) {
                var pass = passes.pass(deal.leadId(), deal.passId(), deal.at());
                if (pass != null) {
                  ends.putIfAbsent(pass.passId(), deal);
                }
              }
              return ends;
            });
  }
}
