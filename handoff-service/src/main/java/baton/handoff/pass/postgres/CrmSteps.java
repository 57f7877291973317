package baton.handoff.pass.postgres;

import static baton.chassis.database.Columns.column;
import static baton.handoff.pass.postgres.HandoffRow.instant;
import static baton.handoff.pass.postgres.HandoffRow.utc;

import baton.contracts.HandoffStep;
import baton.contracts.LeadHandoff;
import baton.contracts.SalesStep;
import baton.contracts.SellerStep;
import baton.handoff.pass.Handoff;
import baton.handoff.pass.Pass;
import baton.handoff.pass.Weaving.Reported;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The CRM's steps as they were told, and what was said of each. */
@ApplicationScoped
class CrmSteps {
  /** "pass" in ASCII. */
  private static final int LOCKS = 0x70617373;

  /** Who learns of a pass and who learns of what belongs to it must not miss each other. */
  private static final String MEET =
      """
      SELECT pg_advisory_xact_lock($1, bucket) FROM (
        SELECT DISTINCT hashtext(id::text) & 63 AS bucket FROM unnest($2::uuid[]) AS id
        ORDER BY 1) AS buckets
      """;

  private static final String HEAR =
      """
      INSERT INTO sales_step AS known
        (step_id, revision, lead_id, occurred_at, name, step, channel, seller_id, reason)
      SELECT DISTINCT ON (n.step_id) n.*
      FROM unnest($1::uuid[], $2::bigint[], $3::uuid[], $4::timestamptz[], $5::text[], $6::text[],
        $7::text[], $8::text[], $9::text[])
        AS n(step_id, revision, lead_id, occurred_at, name, step, channel, seller_id, reason)
      ORDER BY n.step_id, n.revision DESC
      ON CONFLICT (step_id) DO UPDATE SET
        revision = excluded.revision, lead_id = excluded.lead_id,
        occurred_at = excluded.occurred_at, name = excluded.name, step = excluded.step,
        channel = excluded.channel, seller_id = excluded.seller_id, reason = excluded.reason,
        taken = NULL
      WHERE known.revision < excluded.revision
      """;

  private static final String OF_LEADS =
      """
      SELECT c.*, s.team FROM sales_step c LEFT JOIN seller s USING (seller_id)
      WHERE c.lead_id = ANY($1)
      """;

  private static final String OWN =
      """
      SELECT s.*, coalesce(s.team, CASE WHEN h.seller_id = s.seller_id THEN h.team END) AS his_team
      FROM handoff_step s JOIN handoff h USING (handoff_id)
      WHERE s.handoff_id = ANY($1) AND s.sales_step IS NULL
      ORDER BY s.handoff_id, s.revision
      """;

  private static final String SAID =
      """
      UPDATE sales_step c SET handoff_id = n.handoff_id, taken = n.taken
      FROM unnest($1::uuid[], $2::uuid[], $3::boolean[]) AS n(step_id, handoff_id, taken)
      WHERE c.step_id = n.step_id
      """;

  /** A step of the CRM, its lead, and the handoff of which it was said to be. */
  record OfLead(UUID leadId, @Nullable UUID handoffId, Reported step) {}

  /** What is said of a step now. */
  record Said(UUID stepId, UUID handoffId, boolean taken) {}

  /** Waits for whoever else is learning of these leads, until the transaction ends. */
  Uni<Void> meet(SqlConnection tx, UUID[] leads) {
    return tx.preparedQuery(MEET).execute(Tuple.of(LOCKS, leads)).replaceWithVoid();
  }

  Uni<Void> hear(SqlConnection tx, List<SalesStep> steps) {
    return tx.preparedQuery(HEAR)
        .execute(
            Tuple.tuple()
                .addArrayOfUUID(column(steps, SalesStep::stepId, UUID[]::new))
                .addArrayOfLong(column(steps, SalesStep::revision, Long[]::new))
                .addArrayOfUUID(column(steps, SalesStep::leadId, UUID[]::new))
                .addArrayOfOffsetDateTime(
                    column(steps, each -> utc(each.occurredAt()), OffsetDateTime[]::new))
                .addArrayOfString(column(steps, CrmSteps::name, String[]::new))
                .addArrayOfString(column(steps, each -> each.step().word(), String[]::new))
                .addArrayOfString(column(steps, SalesStep::channel, String[]::new))
                .addArrayOfString(column(steps, SalesStep::sellerId, String[]::new))
                .addArrayOfString(column(steps, SalesStep::reason, String[]::new)))
        .replaceWithVoid();
  }

  private static String name(SalesStep step) {
    var name = step.externalId();
    return name == null ? "" : name.id();
  }

  Uni<List<OfLead>> of(SqlConnection tx, UUID[] leads) {
    return tx.preparedQuery(OF_LEADS)
        .execute(Tuple.of(leads))
        .map(rows -> rows.stream().map(CrmSteps::read).toList());
  }

  private static OfLead read(Row row) {
    return new OfLead(
        row.getUUID("lead_id"),
        row.getUUID("handoff_id"),
        new Reported(
            row.getUUID("step_id"),
            instant(row, "occurred_at"),
            row.getString("name"),
            SellerStep.valueOf(row.getString("step").toUpperCase(Locale.ROOT)),
            row.getString("channel"),
            row.getString("seller_id"),
            row.getString("team"),
            row.getString("reason"),
            row.getBoolean("taken")));
  }

  /** The steps of these handoffs that come from no CRM, in their order. */
  Uni<Map<UUID, List<LeadHandoff>>> own(SqlConnection tx, Collection<Handoff> handoffs) {
    var passes = new HashMap<UUID, Pass>();
    handoffs.forEach(each -> passes.put(each.pass().handoffId(), each.pass()));
    return tx.preparedQuery(OWN)
        .execute(Tuple.of(passes.keySet().toArray(UUID[]::new)))
        .map(
            rows -> {
              var own = new HashMap<UUID, List<LeadHandoff>>();
              for (var row : rows) {
                var pass = Objects.requireNonNull(passes.get(row.getUUID("handoff_id")));
                own.computeIfAbsent(pass.handoffId(), _ -> new ArrayList<>()).add(step(row, pass));
              }
              return own;
            });
  }

  private static LeadHandoff step(Row row, Pass pass) {
    return new LeadHandoff(
        pass.leadId(),
        instant(row, "occurred_at"),
        pass.charterVersion(),
        pass.handoffId(),
        pass.passId(),
        row.getLong("revision"),
        HandoffStep.of(row.getString("step")),
        row.getString("seller_id"),
        row.getString("his_team"),
        row.getString("reason"),
        row.getString("channel"),
        row.getString("result"),
        List.of(),
        row.getString("routing"));
  }

  Uni<Void> said(SqlConnection tx, List<Said> said) {
    return said.isEmpty()
        ? Uni.createFrom().voidItem()
        : tx.preparedQuery(SAID)
            .execute(
                Tuple.of(
                    column(said, Said::stepId, UUID[]::new),
                    column(said, Said::handoffId, UUID[]::new),
                    column(said, Said::taken, Boolean[]::new)))
            .replaceWithVoid();
  }
}
