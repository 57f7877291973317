package baton.reporting.journey.postgres;

import baton.chassis.database.Transactions;
import baton.reporting.journey.Group;
import baton.reporting.journey.Journey;
import baton.reporting.journey.Journeys;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.infrastructure.Infrastructure;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
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

  private static final String SLOT = "SELECT live % 2 AS slot FROM fold_state";
  private static final String NEXT =
      """
      SELECT id, body FROM journey_%d
       WHERE id > $1 AND (uuid_hash_extended(id, 0) & 1048575) < $2 ORDER BY id LIMIT $3
      """;
  private static final String COUNT =
      """
      SELECT CASE live % 2 WHEN 0 THEN (SELECT count(*) FROM journey_0)
                           ELSE (SELECT count(*) FROM journey_1) END AS leads
        FROM fold_state
      """;

  /** As many draws as the hash of an id is cut down to. */
  private static final int ALL = 1 << 20;

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

  @Override
  public Uni<SortedMap<UUID, Group>> after(UUID lead, int most, double share) {
    return transactions
        .run(
            connection ->
                connection
                    .preparedQuery(SLOT)
                    .execute()
                    .map(rows -> rows.iterator().next().getInteger("slot"))
                    .chain(
                        slot ->
                            connection
                                .preparedQuery(NEXT.formatted(slot))
                                .execute(Tuple.of(lead, Math.round(share * ALL), most))))
        .emitOn(Infrastructure.getDefaultWorkerPool())
        .chain(
            rows -> {
              var known = new HashMap<UUID, Journey>();
              rows.forEach(row -> read(row, known));
              var page = List.copyOf(known.keySet());
              return withKin(known).map(_ -> groups(page, known));
            });
  }

  private Uni<Void> withKin(Map<UUID, Journey> known) {
    var missing = Group.missing(known);
    return missing.isEmpty()
        ? Uni.createFrom().voidItem()
        : transactions
            .run(connection -> know(connection, known, missing))
            .emitOn(Infrastructure.getDefaultWorkerPool());
  }

  private static SortedMap<UUID, Group> groups(List<UUID> leads, Map<UUID, Journey> known) {
    var groups = new TreeMap<UUID, Group>();
    leads.forEach(lead -> groups.put(lead, Group.of(lead, known)));
    return groups;
  }

  @Override
  public Uni<Long> count() {
    return transactions.run(
        connection ->
            connection
                .preparedQuery(COUNT)
                .execute()
                .map(rows -> rows.iterator().next().getLong("leads")));
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
              rows.forEach(row -> read(row, known));
              var missing = Group.missing(known);
              return missing.isEmpty()
                  ? Uni.createFrom().voidItem()
                  : know(connection, known, missing);
            });
  }

  private static void read(Row row, Map<UUID, Journey> into) {
    into.put(row.getUUID("id"), Journey.of(row.getBuffer("body").getBytes()));
  }
}
