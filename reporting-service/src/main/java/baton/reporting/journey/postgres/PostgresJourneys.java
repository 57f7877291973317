package baton.reporting.journey.postgres;

import baton.chassis.database.Transactions;
import baton.reporting.journey.Group;
import baton.reporting.journey.Journey;
import baton.reporting.journey.Journeys;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

@ApplicationScoped
class PostgresJourneys implements Journeys {
  private static final String FIND =
      """
      SELECT id, body FROM journey_0
       WHERE id = ANY ($1) AND (SELECT live % 2 FROM fold_state) = 0
      UNION ALL
      SELECT id, body FROM journey_1
       WHERE id = ANY ($1) AND (SELECT live % 2 FROM fold_state) = 1
      """;

  private final Transactions transactions;

  PostgresJourneys(Transactions transactions) {
    this.transactions = transactions;
  }

  @Override
  public Uni<Optional<Group>> find(UUID lead) {
    var known = new HashMap<UUID, Journey>();
    return transactions
        .run(connection -> know(connection, known, List.of(lead)))
        .map(
            _ ->
                known.getOrDefault(lead, Journey.UNTRAVELLED).untravelled()
                    ? Optional.empty()
                    : Optional.of(Group.of(lead, known)));
  }

  /** These and, as far as merges lead, those they are merged with. */
  private static Uni<Void> know(
      SqlConnection connection, Map<UUID, Journey> known, Collection<UUID> leads) {
    return connection
        .preparedQuery(FIND)
        .execute(Tuple.of(leads.toArray(UUID[]::new)))
        .chain(
            rows -> {
              leads.forEach(lead -> known.put(lead, Journey.UNTRAVELLED));
              rows.forEach(
                  row ->
                      known.put(row.getUUID("id"), Journey.of(row.getBuffer("body").getBytes())));
              var missing = Group.missing(known);
              return missing.isEmpty()
                  ? Uni.createFrom().voidItem()
                  : know(connection, known, missing);
            });
  }
}
