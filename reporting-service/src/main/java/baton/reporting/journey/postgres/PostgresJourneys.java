package baton.reporting.journey.postgres;

import baton.chassis.database.Transactions;
import baton.reporting.journey.Journey;
import baton.reporting.journey.Journeys;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Optional;
import java.util.UUID;

@ApplicationScoped
class PostgresJourneys implements Journeys {
  private static final String FIND =
      """
      SELECT body FROM journey_0 WHERE id = $1 AND (SELECT live % 2 FROM fold_state) = 0
      UNION ALL
      SELECT body FROM journey_1 WHERE id = $1 AND (SELECT live % 2 FROM fold_state) = 1
      """;

  private final Transactions transactions;

  PostgresJourneys(Transactions transactions) {
    this.transactions = transactions;
  }

  @Override
  public Uni<Optional<Journey>> find(UUID lead) {
    return transactions
        .run(connection -> connection.preparedQuery(FIND).execute(Tuple.of(lead)))
        .map(
            rows ->
                rows.size() == 0
                    ? Optional.empty()
                    : Optional.of(Journey.of(rows.iterator().next().getBuffer("body").getBytes())));
  }
}
