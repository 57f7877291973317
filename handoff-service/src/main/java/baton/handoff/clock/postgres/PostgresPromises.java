package baton.handoff.clock.postgres;

import static baton.chassis.database.Columns.column;
import static baton.handoff.clock.postgres.PromiseRow.stream;
import static baton.handoff.clock.postgres.PromiseRow.times;
import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.toList;

import baton.handoff.clock.ClockSet;
import baton.handoff.clock.Promise;
import baton.handoff.clock.State;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Event;
import java.time.Instant;
import java.util.BitSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.stream.Stream;

/**
 * How promises stand, read and written by whoever holds what they are about. Who judges reads what
 * is due before he holds anything; {@link #settle} then writes what still is as he read it.
 */
@ApplicationScoped
class PostgresPromises {
  private static final String OF =
      "SELECT " + PromiseRow.COLUMNS + " FROM clock c WHERE c.subject_id = ANY($1)";

  private static final String SETTLE =
      """
      UPDATE clock c SET state = n.state, due_at = n.due_at, warn_at = n.warn_at,
        judged_at = n.judged_at, settled_at = n.settled_at
      FROM unnest($1::uuid[], $2::text[], $3::timestamptz[], $4::timestamptz[], $5::timestamptz[],
          $6::text[], $7::timestamptz[], $8::timestamptz[])
        WITH ORDINALITY AS n(subject_id, clause_id, started_at, due_at, warn_at, state, judged_at,
          settled_at, nth)
      WHERE c.subject_id = n.subject_id AND c.clause_id = n.clause_id
        AND c.state = 'running' AND c.started_at = n.started_at
      RETURNING n.nth::int
      """;

  private static final String STUCK =
      """
      UPDATE clock c SET stuck = n.why
      FROM unnest($1::uuid[], $2::text[], $3::text[]) AS n(subject_id, clause_id, why)
      WHERE c.subject_id = n.subject_id AND c.clause_id = n.clause_id
      """;

  /** A promise that can't be judged, and why. */
  record Stuck(UUID subjectId, String clauseId, String why) {}

  private final Event<ClockSet> set;

  PostgresPromises(Event<ClockSet> set) {
    this.set = set;
  }

  Uni<Map<UUID, List<Promise>>> of(SqlConnection tx, UUID[] subjects) {
    if (subjects.length == 0) {
      return Uni.createFrom().item(new LinkedHashMap<>());
    }
    return tx.preparedQuery(OF)
        .execute(Tuple.of(subjects))
        .map(
            rows ->
                stream(rows)
                    .map(PromiseRow::read)
                    .collect(groupingBy(Promise::subjectId, LinkedHashMap::new, toList())));
  }

  /** New ones, and those that were read under the lock. */
  Uni<Void> write(SqlConnection tx, List<Promise> changed) {
    if (changed.isEmpty()) {
      return Uni.createFrom().voidItem();
    }
    announce(changed);
    return tx.preparedQuery(PromiseRow.WRITE).execute(PromiseRow.rows(changed)).replaceWithVoid();
  }

  /** Answers which of them had changed meanwhile, by their places: those stay as they are. */
  Uni<BitSet> settle(SqlConnection tx, List<Promise> judged) {
    var missed = new BitSet(judged.size());
    if (judged.isEmpty()) {
      return Uni.createFrom().item(missed);
    }
    announce(judged);
    missed.set(0, judged.size());
    return tx.preparedQuery(SETTLE)
        .execute(
            PromiseRow.deadlines(judged)
                .addArrayOfString(column(judged, each -> each.state().word(), String[]::new))
                .addArrayOfOffsetDateTime(times(judged, Promise::judgedAt))
                .addArrayOfOffsetDateTime(times(judged, Promise::settledAt)))
        .map(
            rows -> {
              for (var row : rows) {
                missed.clear(row.getInteger(0) - 1);
              }
              return missed;
            });
  }

  Uni<Void> stuck(SqlConnection tx, List<Stuck> stuck) {
    return stuck.isEmpty()
        ? Uni.createFrom().voidItem()
        : tx.preparedQuery(STUCK)
            .execute(
                Tuple.of(
                    column(stuck, Stuck::subjectId, UUID[]::new),
                    column(stuck, Stuck::clauseId, String[]::new),
                    column(stuck, Stuck::why, String[]::new)))
            .replaceWithVoid();
  }

  private void announce(List<Promise> changed) {
    changed.stream()
        .filter(promise -> promise.state() == State.RUNNING)
        .flatMap(promise -> Stream.of(promise.dueAt(), promise.warnAt()))
        .filter(Objects::nonNull)
        .min(Instant::compareTo)
        .ifPresent(due -> set.fire(new ClockSet(due)));
  }
}
