package baton.lead.dossier.postgres;

import baton.chassis.database.Contended;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;

/**
 * Locks leads with all that are one with them. Everybody locks in id order and in one go: who held
 * one of two merged leads and then asked for the other would wait for who did it the other way
 * round.
 */
final class Locks {
  private static final String LOCK =
      """
      SELECT id, survivor_id FROM lead
      WHERE id = ANY (ARRAY(
        SELECT unnest($1::uuid[])
        UNION
        SELECT kin.id FROM lead named JOIN lead kin USING (survivor_id)
        WHERE named.id = ANY ($1)))
      ORDER BY id FOR UPDATE OF lead
      """;
  private static final String MEMBERS = "SELECT id FROM lead WHERE survivor_id = ANY ($1)";

  private Locks() {}

  /**
   * All that are locked now and one with these. Fails as contended where somebody was merged with
   * them while this waited.
   */
  static Uni<UUID[]> take(SqlConnection tx, UUID[] ids) {
    var wanted = new HashSet<>(List.of(ids));
    return tx.preparedQuery(LOCK)
        .execute(Tuple.of(ids))
        .chain(
            rows -> {
              var held = new HashSet<UUID>();
              var named = new HashSet<UUID>();
              var survivors = new HashSet<UUID>();
              for (var row : rows) {
                var id = row.getUUID("id");
                held.add(id);
                if (wanted.contains(id)) {
                  named.add(id);
                  var survivor = row.getUUID("survivor_id");
                  if (survivor != null) {
                    survivors.add(survivor);
                  }
                }
              }
              return survivors.isEmpty()
                  ? Uni.createFrom().item(named.toArray(UUID[]::new))
                  : members(tx, survivors.toArray(UUID[]::new), held, named);
            });
  }

  private static Uni<UUID[]> members(
      SqlConnection tx, UUID[] survivors, Set<UUID> held, Set<UUID> named) {
    return tx.preparedQuery(MEMBERS)
        .execute(Tuple.of(survivors))
        .map(
            rows -> {
              rows.forEach(row -> named.add(row.getUUID("id")));
              if (!held.containsAll(named)) {
                throw new Contended("somebody was merged meanwhile");
              }
              return named.toArray(UUID[]::new);
            });
  }
}
