package baton.reporting.calibration.postgres;

import baton.chassis.database.Transactions;
import baton.reporting.calibration.Histories;
import baton.reporting.journey.Group;
import baton.reporting.journey.Journey;
import baton.reporting.journey.Journeys;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.UUID;
import java.util.function.BiConsumer;

/** Reads journeys page by page in the order of their ids, and keeps none. */
@ApplicationScoped
class PostgresHistories implements Histories {
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final int AT_A_TIME = 2000;
  private static final int ALL = 1 << 20;
  private static final UUID BEFORE_ALL = new UUID(0, 0);

  private static final String EXTENT =
      """
      SELECT (SELECT complete_to FROM report.watermark) AS complete_to,
             CASE (SELECT live % 2 FROM fold_state)
               WHEN 0 THEN (SELECT count(*) FROM journey_0) ELSE (SELECT count(*) FROM journey_1) END AS leads
      """;
  private static final String PAGE =
      """
      (SELECT id, body FROM journey_0
        WHERE id > $1 AND (SELECT live % 2 FROM fold_state) = 0
          AND (uuid_hash_extended(id, 0) & 1048575) < $2 ORDER BY id LIMIT $3)
      UNION ALL
      (SELECT id, body FROM journey_1
        WHERE id > $1 AND (SELECT live % 2 FROM fold_state) = 1
          AND (uuid_hash_extended(id, 0) & 1048575) < $2 ORDER BY id LIMIT $3)
      """;

  private final Transactions transactions;
  private final Journeys journeys;

  PostgresHistories(Transactions transactions, Journeys journeys) {
    this.transactions = transactions;
    this.journeys = journeys;
  }

  @Override
  public Extent extent() {
    var row =
        wait(transactions.run(connection -> connection.query(EXTENT).execute())).iterator().next();
    OffsetDateTime completeTo = row.getOffsetDateTime("complete_to");
    return new Extent(row.getLong("leads"), completeTo == null ? null : completeTo.toInstant());
  }

  @Override
  public void each(double share, BiConsumer<UUID, Journey> shown) {
    long drawn = Math.round(share * ALL);
    var last = BEFORE_ALL;
    while (true) {
      var page = page(last, drawn);
      for (var row : page) {
        last = row.getUUID("id");
        show(last, Journey.of(row.getBuffer("body").getBytes()), shown);
      }
      if (page.size() < AT_A_TIME) {
        return;
      }
    }
  }

  private RowSet<Row> page(UUID after, long drawn) {
    return wait(
        transactions.run(
            connection ->
                connection.preparedQuery(PAGE).execute(Tuple.of(after, drawn, AT_A_TIME))));
  }

  private void show(UUID lead, Journey journey, BiConsumer<UUID, Journey> shown) {
    if (journey.merges().isEmpty()) {
      shown.accept(lead, journey);
      return;
    }
    wait(journeys.find(lead))
        .filter(group -> group.survivor().equals(lead))
        .map(Group::journey)
        .ifPresent(whole -> shown.accept(lead, whole));
  }

  private static <T> T wait(Uni<T> uni) {
    return uni.await().atMost(PATIENCE);
  }
}
