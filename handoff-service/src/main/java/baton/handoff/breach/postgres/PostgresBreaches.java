package baton.handoff.breach.postgres;

import static baton.chassis.database.Columns.column;

import baton.chassis.outbox.Outbox;
import baton.contracts.BreachStep;
import baton.contracts.Side;
import baton.contracts.SlaBreach;
import baton.handoff.breach.Breach;
import baton.handoff.breach.Breaches;
import baton.handoff.notification.Notice;
import baton.handoff.notification.Notifications;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

@ApplicationScoped
class PostgresBreaches implements Breaches {
  /** Evidence is lines of one text; none of them holds a line break. */
  private static final String KEEP =
      """
      INSERT INTO breach (breach_id, revision, state, clause_id, owed_by, subject_id, handoff_id,
        lead_id, pass_id, seller_id, team, charter_version, started_at, due_at, judged_at,
        tzdb_version, evidence)
      SELECT n.breach_id, 1, 'breached', n.clause_id, n.owed_by, n.subject_id, n.handoff_id,
        n.lead_id, n.pass_id, n.seller_id, n.team, n.charter_version, n.started_at, n.due_at,
        n.judged_at, n.tzdb_version, string_to_array(n.evidence, E'\\n')
      FROM unnest($1::uuid[], $2::text[], $3::text[], $4::uuid[], $5::uuid[], $6::uuid[], $7::uuid[],
        $8::text[], $9::text[], $10::int[], $11::timestamptz[], $12::timestamptz[],
        $13::timestamptz[], $14::text[], $15::text[])
        AS n(breach_id, clause_id, owed_by, subject_id, handoff_id, lead_id, pass_id, seller_id, team,
          charter_version, started_at, due_at, judged_at, tzdb_version, evidence)
      ON CONFLICT (subject_id, clause_id, started_at) DO NOTHING
      RETURNING breach_id
      """;

  private static final String EXCUSE_LATE =
      """
      UPDATE breach b SET revision = b.revision + 1, state = 'excused', reason = $4
      FROM unnest($1::uuid[], $2::text[], $3::timestamptz[]) AS n(subject_id, clause_id, started_at)
      WHERE b.subject_id = n.subject_id AND b.clause_id = n.clause_id
        AND b.started_at = n.started_at AND b.state <> 'excused'
      RETURNING b.*
      """;

  private static final String RULE =
      "UPDATE breach SET revision = $2, state = $3, reason = $4 WHERE breach_id = $1";

  private static final String STEP =
      """
      INSERT INTO breach_step (breach_id, revision, step, at, reason)
      SELECT * FROM unnest($1::uuid[], $2::bigint[], $3::text[], $4::timestamptz[], $5::text[])
      """;

  /** One after the other: a step that is written meanwhile is written before its breach is held. */
  private static final List<String> FORGET =
      List.of(
          """
          UPDATE breach SET reason = CASE WHEN reason = $2 THEN reason END
          WHERE lead_id = ANY($1) AND revision > 1
          """,
          """
          UPDATE breach_step s SET reason = NULL FROM breach b
          WHERE b.lead_id = ANY($1) AND b.revision > 1 AND s.breach_id = b.breach_id
            AND s.reason <> $2
          """);

  private static final String IS_ERASED =
      "EXISTS (SELECT FROM erased_lead e WHERE e.lead_id = breach.lead_id) AS erased";

  private static final String ONE = "SELECT * FROM breach WHERE breach_id = $1";

  /** The first is the verdict, which is the breach. */
  private static final String STEPS =
      """
      SELECT 1::bigint AS revision, 'breached' AS step, judged_at AS at, NULL AS reason
      FROM breach WHERE breach_id = $1
      UNION ALL
      SELECT revision, step, at, reason FROM breach_step WHERE breach_id = $1
      ORDER BY revision
      """;

  private final Outbox outbox;
  private final Notifications notifications;

  PostgresBreaches(Outbox outbox, Notifications notifications) {
    this.outbox = outbox;
    this.notifications = notifications;
  }

  @Override
  public Uni<List<SlaBreach>> keep(SqlConnection tx, List<Breach> judged) {
    if (judged.isEmpty()) {
      return Uni.createFrom().item(List.of());
    }
    return tx.preparedQuery(KEEP)
        .execute(columns(judged))
        .map(rows -> rows(rows).map(row -> row.getUUID(0)).collect(Collectors.toSet()))
        .chain(
            kept -> {
              var fresh =
                  judged.stream()
                      .filter(each -> kept.contains(each.breachId()))
                      .map(each -> each.told(each.judgedAt()))
                      .toList();
              return notifications.enqueue(tx, fresh, Notice::of).replaceWith(fresh);
            });
  }

  @Override
  public Uni<List<SlaBreach>> excuseLate(SqlConnection tx, List<Run> runs, Instant at) {
    if (runs.isEmpty()) {
      return Uni.createFrom().item(List.of());
    }
    return tx.preparedQuery(EXCUSE_LATE)
        .execute(
            Tuple.of(
                column(runs, Run::subjectId, UUID[]::new),
                column(runs, Run::clauseId, String[]::new),
                column(runs, run -> utc(run.startedAt()), OffsetDateTime[]::new),
                Breach.LATE_SYNC))
        .map(rows -> rows(rows).map(PostgresBreaches::breach).toList())
        .chain(excused -> moved(tx, excused, at));
  }

  @Override
  public Uni<Breach> decide(
      SqlConnection tx, UUID breachId, Instant at, Function<Optional<Breach>, Breach> decision) {
    return tx.preparedQuery(
            "SELECT *, " + IS_ERASED + " FROM breach WHERE breach_id = $1 FOR UPDATE OF breach")
        .execute(Tuple.of(breachId))
        .map(
            found -> {
              var ruled = decision.apply(rows(found).map(PostgresBreaches::breach).findAny());
              boolean erased = rows(found).anyMatch(row -> row.getBoolean("erased"));
              return erased ? ruled.wordless() : ruled;
            })
        .call(
            ruled ->
                tx.preparedQuery(RULE)
                    .execute(
                        Tuple.of(breachId, ruled.revision(), ruled.state().word(), ruled.reason())))
        .call(ruled -> moved(tx, List.of(ruled), at).chain(events -> outbox.append(tx, events)));
  }

  @Override
  public Uni<List<Breach>> list(SqlConnection tx, Filter filter, @Nullable UUID after, int limit) {
    var conditions = new ArrayList<String>();
    var values = Tuple.tuple();
    add(conditions, values, "breach_id < $%d", after);
    add(
        conditions,
        values,
        "owed_by = $%d",
        filter.owedBy() instanceof Side side ? side.word() : null);
    add(conditions, values, "seller_id = $%d", filter.sellerId());
    add(conditions, values, "clause_id = $%d", filter.clauseId());
    add(conditions, values, "subject_id = $%1$d AND handoff_id = $%1$d", filter.handoffId());
    add(conditions, values, "due_at >= $%d", utc(filter.from()));
    add(conditions, values, "due_at < $%d", utc(filter.to()));
    if (!filter.states().isEmpty()) {
      conditions.add(states(filter.states()));
    }
    return tx.preparedQuery(
            "SELECT * FROM breach"
                + (conditions.isEmpty() ? "" : " WHERE " + String.join(" AND ", conditions))
                + " ORDER BY breach_id DESC LIMIT "
                + limit)
        .execute(values)
        .map(rows -> rows(rows).map(PostgresBreaches::breach).toList());
  }

  @Override
  public Uni<Optional<Breach>> find(SqlConnection tx, UUID breachId) {
    return tx.preparedQuery(ONE)
        .execute(Tuple.of(breachId))
        .map(rows -> rows(rows).map(PostgresBreaches::breach).findAny());
  }

  @Override
  public Uni<List<Step>> steps(SqlConnection tx, UUID breachId) {
    return tx.preparedQuery(STEPS)
        .execute(Tuple.of(breachId))
        .map(
            rows ->
                rows(rows)
                    .map(
                        row ->
                            new Step(
                                row.getLong("revision"),
                                BreachStep.of(row.getString("step")),
                                instant(row, "at"),
                                row.getString("reason")))
                    .toList());
  }

  @Override
  public Uni<Void> forget(SqlConnection tx, List<UUID> leads) {
    var forgotten = Uni.createFrom().voidItem();
    for (var statement : FORGET) {
      forgotten =
          forgotten.chain(
              () ->
                  tx.preparedQuery(statement)
                      .execute(Tuple.of(leads.toArray(UUID[]::new), Breach.LATE_SYNC))
                      .replaceWithVoid());
    }
    return forgotten;
  }

  /** Keeps the step that each came to, and owes it to subscribers. */
  private Uni<List<SlaBreach>> moved(SqlConnection tx, List<Breach> breaches, Instant at) {
    var events = breaches.stream().map(each -> each.told(at)).toList();
    if (events.isEmpty()) {
      return Uni.createFrom().item(events);
    }
    return tx.preparedQuery(STEP)
        .execute(
            Tuple.of(
                column(events, SlaBreach::breachId, UUID[]::new),
                column(events, SlaBreach::revision, Long[]::new),
                column(events, each -> each.step().word(), String[]::new),
                column(events, each -> utc(each.occurredAt()), OffsetDateTime[]::new),
                column(breaches, Breach::reason, String[]::new)))
        .chain(() -> notifications.enqueue(tx, events, Notice::of))
        .replaceWith(events);
  }

  private static Tuple columns(List<Breach> all) {
    return Tuple.tuple()
        .addArrayOfUUID(column(all, Breach::breachId, UUID[]::new))
        .addArrayOfString(column(all, Breach::clauseId, String[]::new))
        .addArrayOfString(column(all, each -> each.owedBy().word(), String[]::new))
        .addArrayOfUUID(column(all, Breach::subjectId, UUID[]::new))
        .addArrayOfUUID(column(all, Breach::handoffId, UUID[]::new))
        .addArrayOfUUID(column(all, Breach::leadId, UUID[]::new))
        .addArrayOfUUID(column(all, Breach::passId, UUID[]::new))
        .addArrayOfString(column(all, Breach::sellerId, String[]::new))
        .addArrayOfString(column(all, Breach::team, String[]::new))
        .addArrayOfInteger(column(all, Breach::charterVersion, Integer[]::new))
        .addArrayOfOffsetDateTime(column(all, each -> utc(each.startedAt()), OffsetDateTime[]::new))
        .addArrayOfOffsetDateTime(column(all, each -> utc(each.dueAt()), OffsetDateTime[]::new))
        .addArrayOfOffsetDateTime(column(all, each -> utc(each.judgedAt()), OffsetDateTime[]::new))
        .addArrayOfString(column(all, Breach::tzdbVersion, String[]::new))
        .addArrayOfString(column(all, each -> String.join("\n", each.evidence()), String[]::new));
  }

  private static Breach breach(Row row) {
    return new Breach(
        row.getUUID("breach_id"),
        row.getLong("revision"),
        BreachStep.of(row.getString("state")),
        row.getString("clause_id"),
        Side.of(row.getString("owed_by")),
        row.getUUID("subject_id"),
        row.getUUID("handoff_id"),
        row.getUUID("lead_id"),
        row.getUUID("pass_id"),
        row.getString("seller_id"),
        row.getString("team"),
        row.getInteger("charter_version"),
        instant(row, "started_at"),
        instant(row, "due_at"),
        instant(row, "judged_at"),
        row.getString("tzdb_version"),
        row.getString("reason"),
        List.of(row.getArrayOfStrings("evidence")));
  }

  /** Said in the statement, so that the planner sees which. */
  private static String states(Set<BreachStep> states) {
    return states.stream()
        .map(state -> "'" + state.word() + "'")
        .collect(Collectors.joining(", ", "state IN (", ")"));
  }

  private static void add(
      List<String> conditions, Tuple values, String condition, @Nullable Object value) {
    if (value != null) {
      values.addValue(value);
      conditions.add(condition.formatted(values.size()));
    }
  }

  private static Stream<Row> rows(RowSet<Row> rows) {
    return StreamSupport.stream(rows.spliterator(), false);
  }

  private static @Nullable OffsetDateTime utc(@Nullable Instant instant) {
    return instant == null ? null : instant.atOffset(ZoneOffset.UTC);
  }

  private static Instant instant(Row row, String column) {
    return row.getOffsetDateTime(column).toInstant();
  }
}
