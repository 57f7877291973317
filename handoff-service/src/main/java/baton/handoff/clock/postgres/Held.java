package baton.handoff.clock.postgres;

import static baton.handoff.clock.postgres.PromiseRow.stream;
import static java.util.stream.Collectors.toMap;
import static java.util.stream.Collectors.toSet;

import baton.handoff.clock.Subject;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;

/** Handoffs and requests that nobody else holds: they are ours until the transaction ends. */
final class Held {
  private static final String HANDOFFS =
      """
      SELECT handoff_id, lead_id, pass_id, seller_id, team FROM handoff
      WHERE handoff_id = ANY($1) ORDER BY handoff_id FOR UPDATE SKIP LOCKED
      """;

  private static final String REQUESTS =
      """
      SELECT request_id FROM content_request
      WHERE request_id = ANY($1) ORDER BY request_id FOR UPDATE SKIP LOCKED
      """;

  private Held() {}

  static Uni<Map<UUID, Subject>> of(SqlConnection tx, Stream<UUID> subjects) {
    var wanted = subjects.collect(toSet());
    return tx.preparedQuery(HANDOFFS)
        .execute(Tuple.of(wanted.toArray(UUID[]::new)))
        .map(
            rows ->
                stream(rows)
                    .map(row -> handoff(row.getUUID("handoff_id"), row))
                    .collect(toMap(Subject::subjectId, each -> each)))
        .chain(
            held -> {
              wanted.removeAll(held.keySet());
              return wanted.isEmpty()
                  ? Uni.createFrom().item(held)
                  : withRequests(tx, wanted, held);
            });
  }

  private static Uni<Map<UUID, Subject>> withRequests(
      SqlConnection tx, Set<UUID> wanted, Map<UUID, Subject> held) {
    return tx.preparedQuery(REQUESTS)
        .execute(Tuple.of(wanted.toArray(UUID[]::new)))
        .map(
            rows -> {
              for (var row : rows) {
                held.put(row.getUUID(0), Subject.ofRequest(row.getUUID(0)));
              }
              return held;
            });
  }

  static Subject handoff(UUID id, Row row) {
    return new Subject(
        id,
        id,
        row.getUUID("lead_id"),
        row.getUUID("pass_id"),
        row.getString("seller_id"),
        row.getString("team"));
  }
}
