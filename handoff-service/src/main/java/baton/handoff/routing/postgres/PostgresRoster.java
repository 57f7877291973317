package baton.handoff.routing.postgres;

import baton.handoff.routing.Candidate;
import baton.handoff.routing.Roster;
import baton.handoff.routing.Rotation;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Optional;
import java.util.stream.StreamSupport;

@ApplicationScoped
class PostgresRoster implements Roster {
  private static final String HOLD = "SELECT one FROM rotation FOR UPDATE";

  private static final String CANDIDATES =
      """
      SELECT s.seller_id, s.team, s.weight, coalesce(t.credit, 0) AS credit,
             CASE WHEN s.capacity IS NULL THEN 2147483647
                  ELSE greatest(0, s.capacity - (
                    SELECT count(*) FROM handoff h
                    WHERE h.seller_id = s.seller_id AND h.state IN ('offered', 'accepted')))
             END AS room
      FROM seller s LEFT JOIN turn t ON t.seller_id = s.seller_id
      WHERE s.active AND ($1::text IS NULL OR s.seller_id = $1)
      ORDER BY s.seller_id
      FOR SHARE OF s
      """;

  private static final String KEEP =
      """
      INSERT INTO turn (seller_id, credit) SELECT * FROM unnest($1::text[], $2::float8[])
      ON CONFLICT (seller_id) DO UPDATE SET credit = excluded.credit
      """;

  @Override
  public Uni<Rotation> hold(SqlConnection tx) {
    return tx.query(HOLD)
        .execute()
        .chain(() -> tx.preparedQuery(CANDIDATES).execute(Tuple.of(null)))
        .map(
            rows ->
                new Rotation(
                    StreamSupport.stream(rows.spliterator(), false)
                        .map(PostgresRoster::candidate)
                        .toList()));
  }

  @Override
  public Uni<Void> keep(SqlConnection tx, Rotation rotation) {
    var credits = rotation.credits();
    if (credits.isEmpty()) {
      return Uni.createFrom().voidItem();
    }
    return tx.preparedQuery(KEEP)
        .execute(
            Tuple.of(
                credits.keySet().toArray(String[]::new), credits.values().toArray(Double[]::new)))
        .replaceWithVoid();
  }

  @Override
  public Uni<Optional<Candidate>> find(SqlConnection tx, String sellerId) {
    return tx.preparedQuery(CANDIDATES)
        .execute(Tuple.of(sellerId))
        .map(
            rows ->
                StreamSupport.stream(rows.spliterator(), false)
                    .map(PostgresRoster::candidate)
                    .findAny());
  }

  private static Candidate candidate(Row row) {
    return new Candidate(
        row.getString("seller_id"),
        row.getString("team"),
        row.getBigDecimal("weight").doubleValue(),
        row.getDouble("credit"),
        row.getLong("room").intValue());
  }
}
