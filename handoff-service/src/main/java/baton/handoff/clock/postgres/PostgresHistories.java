package baton.handoff.clock.postgres;

import static baton.chassis.database.Columns.column;
import static baton.handoff.clock.postgres.PromiseRow.stream;
import static baton.handoff.clock.postgres.PromiseRow.utc;

import baton.charter.clause.Clock.OwnerChange;
import baton.charter.clause.Deed;
import baton.charter.clause.Moves;
import baton.contracts.HandoffStep;
import baton.handoff.clock.Clocks.Done;
import baton.handoff.clock.History;
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
import java.util.Map;
import java.util.UUID;

/** What was done about handoffs and requests, from their steps and from what else was told. */
@ApplicationScoped
class PostgresHistories {
  /** A deed that tells its own time can't have happened after it was learned. */
  private static final String READ =
      """
      SELECT handoff_id AS subject_id, revision, step AS kind, true AS step,
        least(occurred_at, clock_timestamp()) AS at, channel, seller_id
      FROM handoff_step WHERE handoff_id = ANY($1)
      UNION ALL
      SELECT subject_id, NULL, kind, false, least(at, clock_timestamp()), NULL, NULL
      FROM deed WHERE subject_id = ANY($1)
      ORDER BY subject_id, revision
      """;

  private static final String DO =
      """
      INSERT INTO deed (subject_id, source, kind, at)
      SELECT * FROM unnest($1::uuid[], $2::uuid[], $3::text[], $4::timestamptz[])
      ON CONFLICT DO NOTHING
      """;

  Uni<Map<UUID, History>> of(SqlConnection tx, Collection<UUID> subjects) {
    if (subjects.isEmpty()) {
      return Uni.createFrom().item(Map.of());
    }
    return tx.preparedQuery(READ)
        .execute(Tuple.of(subjects.toArray(UUID[]::new)))
        .map(
            rows -> {
              var deeds = new HashMap<UUID, List<Deed>>();
              var owners = new HashMap<UUID, List<OwnerChange>>();
              stream(rows).forEach(row -> read(row, deeds, owners));
              var histories = new HashMap<UUID, History>();
              deeds.forEach(
                  (subject, done) ->
                      histories.put(
                          subject, new History(done, owners.getOrDefault(subject, List.of()))));
              return histories;
            });
  }

  Uni<Void> done(SqlConnection tx, List<Done> done) {
    return tx.preparedQuery(DO)
        .execute(
            Tuple.of(
                column(done, each -> each.subject().subjectId(), UUID[]::new),
                column(done, Done::source, UUID[]::new),
                column(done, each -> each.deed().kind().name(), String[]::new),
                column(done, each -> utc(each.deed().at()), OffsetDateTime[]::new)))
        .replaceWithVoid();
  }

  private static void read(
      Row row, Map<UUID, List<Deed>> deeds, Map<UUID, List<OwnerChange>> owners) {
    var subject = row.getUUID("subject_id");
    var at = row.getOffsetDateTime("at").toInstant();
    var kind = row.getString("kind");
    var all = deeds.computeIfAbsent(subject, _ -> new ArrayList<>());
    if (!row.getBoolean("step")) {
      all.add(Deed.of(Deed.Kind.valueOf(kind), at));
      return;
    }
    var step = HandoffStep.of(kind);
    var seller = row.getString("seller_id");
    all.addAll(Moves.deeds(step, at, row.getString("channel"), seller != null));
    if (step == HandoffStep.REASSIGNED && seller != null) {
      owners.computeIfAbsent(subject, _ -> new ArrayList<>()).add(new OwnerChange(at, seller));
    }
  }
}
