package baton.chassis.inbox;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;

/** Tells events that a consumer has seen from those it hasn't. */
@ApplicationScoped
public class Inbox {
  private static final String REMEMBER =
      """
      INSERT INTO inbox (consumer, event_id)
      SELECT $1, id FROM unnest($2::uuid[]) AS id ORDER BY id
      ON CONFLICT DO NOTHING
      RETURNING event_id
      """;

  /**
   * Those of these events that this consumer never saw before, remembered in the transaction at
   * hand. A concurrent twin waits for it to end.
   */
  public Uni<Set<UUID>> firstSeen(SqlConnection tx, String consumer, List<UUID> eventIds) {
    if (eventIds.isEmpty()) {
      return Uni.createFrom().item(Set.of());
    }
    return tx.preparedQuery(REMEMBER)
        .execute(Tuple.of(consumer, eventIds.stream().distinct().toArray(UUID[]::new)))
        .map(
            rows -> {
              var first = new HashSet<UUID>();
              rows.forEach(row -> first.add(row.getUUID("event_id")));
              return first;
            });
  }
}
