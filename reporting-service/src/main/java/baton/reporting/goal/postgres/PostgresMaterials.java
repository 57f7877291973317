package baton.reporting.goal.postgres;

import baton.chassis.database.Transactions;
import baton.contracts.ContentRequest;
import baton.reporting.goal.Materials;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.UUID;

@ApplicationScoped
class PostgresMaterials implements Materials {
  private static final String KEEP =
      """
      INSERT INTO content_delivered AS c (request_id, delivered_at)
      SELECT request_id, min(delivered_at)
      FROM unnest($1::uuid[], $2::timestamptz[]) AS n(request_id, delivered_at)
      GROUP BY request_id ORDER BY request_id
      ON CONFLICT (request_id) DO UPDATE SET delivered_at = excluded.delivered_at
      WHERE excluded.delivered_at < c.delivered_at
      """;

  private static final String DELIVERED =
      "SELECT count(*) FROM content_delivered WHERE delivered_at >= $1 AND delivered_at < $2";

  private final Transactions transactions;

  PostgresMaterials(Transactions transactions) {
    this.transactions = transactions;
  }

  @Override
  public Uni<Void> keep(SqlConnection tx, List<ContentRequest> delivered) {
    return delivered.isEmpty()
        ? Uni.createFrom().voidItem()
        : tx.preparedQuery(KEEP)
            .execute(
                Tuple.tuple()
                    .addArrayOfUUID(
                        delivered.stream().map(ContentRequest::requestId).toArray(UUID[]::new))
                    .addArrayOfOffsetDateTime(
                        delivered.stream()
                            .map(step -> utc(step.occurredAt()))
                            .toArray(OffsetDateTime[]::new)))
            .replaceWithVoid();
  }

  @Override
  public Uni<Long> delivered(Instant from, Instant before) {
    return transactions
        .single(
            connection ->
                connection.preparedQuery(DELIVERED).execute(Tuple.of(utc(from), utc(before))))
        .map(rows -> rows.iterator().next().getLong(0));
  }

  private static OffsetDateTime utc(Instant instant) {
    return instant.atOffset(ZoneOffset.UTC);
  }
}
