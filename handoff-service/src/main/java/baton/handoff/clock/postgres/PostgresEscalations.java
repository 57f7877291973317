package baton.handoff.clock.postgres;

import static baton.chassis.database.Columns.column;
import static baton.handoff.clock.postgres.PromiseRow.instant;
import static baton.handoff.clock.postgres.PromiseRow.stream;
import static baton.handoff.clock.postgres.PromiseRow.utc;

import baton.charter.Clause;
import baton.charter.clause.Clock;
import baton.contracts.Side;
import baton.handoff.clock.Consequences;
import baton.handoff.clock.Escalations;
import baton.handoff.clock.Look;
import baton.handoff.clock.Promise;
import baton.handoff.clock.State;
import baton.handoff.clock.Subject;
import baton.handoff.notification.Notice;
import baton.handoff.notification.Notifications;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The ladders of breaches. A rung is taken once, when it is due, and only if the breach still
 * stands: it isn't excused, nobody has kept the promise late, and the same seller owes it.
 */
@ApplicationScoped
class PostgresEscalations implements Escalations {
  /**
   * A lead that went through so many hands goes to none of them again by itself: sellers pass it
   * round for ever where nobody answers, and a person has to look why.
   */
  private static final int OFTEN = 3;

  private static final String MANAGER = "sales-manager";

  private static final String KEEP =
      """
      INSERT INTO escalation (breach_id, rung, at, whom)
      SELECT * FROM unnest($1::uuid[], $2::int[], $3::timestamptz[], $4::text[])
      """;

  private static final String DUE =
      """
      SELECT e.breach_id, e.rung, e.whom, b.state, b.clause_id, b.owed_by, b.subject_id,
        b.charter_version, b.started_at, b.due_at, clock_timestamp() AS now,
        (SELECT count(*) FROM handoff_step s WHERE s.handoff_id = b.subject_id
           AND s.step = 'reassigned') AS reassigned
      FROM escalation e JOIN breach b USING (breach_id)
      WHERE e.taken_at IS NULL AND e.at <= (SELECT clock_timestamp())
      ORDER BY e.at, e.breach_id, e.rung LIMIT $1
      FOR UPDATE OF e SKIP LOCKED
      """;

  private static final String TAKE =
      """
      UPDATE escalation e SET taken_at = $3
      FROM unnest($1::uuid[], $2::int[]) AS n(breach_id, rung)
      WHERE e.breach_id = n.breach_id AND e.rung = n.rung
      """;

  /** A rung that is to be taken when its breach is kept. */
  record Rung(UUID breachId, int number, Clock.Rung rung) {}

  private record Due(
      UUID breachId,
      int number,
      @Nullable String whom,
      boolean excused,
      String clauseId,
      Side owedBy,
      UUID subjectId,
      int charterVersion,
      Instant startedAt,
      Instant dueAt,
      long reassigned) {
    /** Who is told; null: the handoff goes to another seller. */
    @Nullable String who() {
      return whom == null && reassigned >= OFTEN ? MANAGER : whom;
    }

    boolean stands(List<Promise> promises) {
      return !excused
          && promises.stream()
              .anyMatch(
                  promise ->
                      promise.clauseId().equals(clauseId)
                          && promise.state() == State.BROKEN
                          && promise.settledAt() == null
                          && startedAt.equals(promise.startedAt()));
    }
  }

  private final PostgresPromises promises;
  private final Notifications notifications;
  private final Consequences consequences;

  PostgresEscalations(
      PostgresPromises promises, Notifications notifications, Consequences consequences) {
    this.promises = promises;
    this.notifications = notifications;
    this.consequences = consequences;
  }

  Uni<Void> keep(SqlConnection tx, List<Rung> rungs) {
    return rungs.isEmpty()
        ? Uni.createFrom().voidItem()
        : tx.preparedQuery(KEEP)
            .execute(
                Tuple.of(
                    column(rungs, Rung::breachId, UUID[]::new),
                    column(rungs, Rung::number, Integer[]::new),
                    column(rungs, each -> utc(each.rung().at()), OffsetDateTime[]::new),
                    column(rungs, each -> whom(each.rung().step()), String[]::new)))
            .replaceWithVoid();
  }

  private static @Nullable String whom(Clause.Escalation step) {
    return switch (step) {
      case Clause.Escalation.Notify notify -> notify.whom();
      case Clause.Escalation.Reassign _ -> null;
    };
  }

  @Override
  public Uni<Look> take(SqlConnection tx, int atMost) {
    return tx.preparedQuery(DUE)
        .execute(Tuple.of(atMost))
        .chain(
            rows -> {
              var due = stream(rows).map(PostgresEscalations::due).toList();
              if (due.isEmpty()) {
                return Uni.createFrom().item(Look.nothing());
              }
              var now = PostgresTime.now(rows.iterator().next());
              return Held.of(tx, due.stream().map(Due::subjectId))
                  .chain(held -> take(tx, due, held, now))
                  .map(count -> Look.took(count, due.size(), atMost));
            });
  }

  private Uni<Integer> take(SqlConnection tx, List<Due> due, Map<UUID, Subject> held, Instant now) {
    var ours = due.stream().filter(each -> held.containsKey(each.subjectId())).toList();
    return promises
        .of(tx, held.keySet().toArray(UUID[]::new))
        .chain(
            promised -> {
              var notices = new ArrayList<Notice>();
              var moved = new LinkedHashMap<UUID, String>();
              for (var each : ours) {
                if (each.stands(promised.getOrDefault(each.subjectId(), List.of()))) {
                  var whom = each.who();
                  if (whom == null) {
                    moved.putIfAbsent(each.subjectId(), each.clauseId() + " was broken");
                  } else {
                    var subject = Objects.requireNonNull(held.get(each.subjectId()));
                    notices.add(notice(each, whom, subject, now));
                  }
                }
              }
              return tx.preparedQuery(TAKE)
                  .execute(
                      Tuple.of(
                          column(ours, Due::breachId, UUID[]::new),
                          column(ours, Due::number, Integer[]::new),
                          utc(now)))
                  .chain(() -> notifications.enqueue(tx, notices))
                  .chain(() -> consequences.passOn(tx, moved, now));
            })
        .replaceWith(ours.size());
  }

  private static Notice notice(Due due, String whom, Subject subject, Instant now) {
    return Notice.of(
        new Notice.Escalation(
            now,
            due.charterVersion(),
            due.breachId(),
            due.clauseId(),
            due.owedBy(),
            whom,
            subject.handoffId(),
            subject.leadId(),
            subject.passId(),
            subject.sellerId(),
            subject.team(),
            due.startedAt(),
            due.dueAt()));
  }

  private static Due due(Row row) {
    return new Due(
        row.getUUID("breach_id"),
        row.getInteger("rung"),
        row.getString("whom"),
        row.getString("state").equals("excused"),
        row.getString("clause_id"),
        Side.of(row.getString("owed_by")),
        row.getUUID("subject_id"),
        row.getInteger("charter_version"),
        Objects.requireNonNull(instant(row, "started_at")),
        Objects.requireNonNull(instant(row, "due_at")),
        row.getLong("reassigned"));
  }
}
