package baton.lead.dossier.postgres;

import baton.chassis.charter.Charters;
import baton.chassis.outbox.Outbox;
import baton.contracts.Campaign;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Makes a stub of every campaign that a lead names before anybody described it. Campaigns seen
 * committed are remembered, so that leads of known ones cost no statement.
 */
@ApplicationScoped
class Campaigns {
  private static final int REMEMBERED = 20_000;

  private final Outbox outbox;
  private final Charters charters;
  private final InstantSource clock;
  private final Set<String> remembered = ConcurrentHashMap.newKeySet();

  Campaigns(Outbox outbox, Charters charters, InstantSource clock) {
    this.outbox = outbox;
    this.charters = charters;
    this.clock = clock;
  }

  /** Whether a campaign was seen committed. */
  boolean remembers(String id) {
    return remembered.contains(id);
  }

  /** Sees to it that these exist, in the transaction at hand. */
  Uni<Void> know(SqlConnection tx, Set<String> named) {
    var unknown = named.stream().filter(id -> !remembered.contains(id)).sorted().toList();
    if (unknown.isEmpty()) {
      return Uni.createFrom().voidItem();
    }
    var now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
    return tx.preparedQuery(
            """
            INSERT INTO campaign (id, revision, stub, updated_at)
            SELECT id, 1, true, $2 FROM unnest($1::text[]) AS named (id)
            ON CONFLICT DO NOTHING RETURNING id
            """)
        .execute(Tuple.of(unknown.toArray(String[]::new), LeadRow.time(now)))
        .chain(
            rows -> {
              var stubs = rows.stream().map(row -> row.getString(0)).sorted().toList();
              remember(unknown, stubs);
              if (stubs.isEmpty()) {
                return Uni.createFrom().voidItem();
              }
              int charter = charters.versionAt(now);
              return outbox.append(
                  tx, stubs.stream().map(id -> Campaign.stub(id, now, charter)).toList());
            });
  }

  /** A stub of this transaction may yet be rolled back; it is remembered when it is met again. */
  private void remember(List<String> met, List<String> stubs) {
    if (remembered.size() > REMEMBERED) {
      remembered.clear();
    }
    met.stream().filter(id -> !stubs.contains(id)).forEach(remembered::add);
  }
}
