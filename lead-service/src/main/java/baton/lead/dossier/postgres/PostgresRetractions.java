package baton.lead.dossier.postgres;

import baton.chassis.charter.Charters;
import baton.chassis.outbox.Outbox;
import baton.contracts.ErasureKind;
import baton.contracts.LeadErased;
import baton.contracts.Topic;
import baton.lead.dossier.Published;
import baton.lead.dossier.Retractions;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Locks leads, judges them, and deletes all that is kept of those that go. */
@ApplicationScoped
class PostgresRetractions implements Retractions {
  private static final String BETWEEN =
      "SELECT id FROM lead WHERE id > $1 AND id <= $2 ORDER BY id LIMIT $3";
  private static final String LOCK = "SELECT FROM lead WHERE id = ANY ($1) ORDER BY id FOR UPDATE";

  /** Who was never changed is at the first revision; own touches may have changed it since. */
  private static final String GO =
      """
      WITH gone AS (
        DELETE FROM lead WHERE id = ANY ($1) AND stage IN ('captured', 'mql')
          AND survivor_id IS NULL AND erased_at IS NULL
          AND (revision = 1 OR updated_at <= $3)
          AND NOT EXISTS (
            SELECT FROM touch WHERE touch.lead_id = lead.id AND right(touch.id::text, 10) <> $2)
        RETURNING id, sequence
      ), nobody AS (
        DELETE FROM lead_contact USING gone WHERE lead_id = gone.id RETURNING lead_id
      ), unknown AS (
        DELETE FROM lead_identity known USING gone WHERE lead_id = gone.id
          AND NOT EXISTS (SELECT FROM withdrawal w WHERE w.key = known.key)
      ), reserved AS (
        UPDATE lead_identity known SET lead_id = '%s' FROM gone WHERE lead_id = gone.id
          AND EXISTS (SELECT FROM withdrawal w WHERE w.key = known.key)
      ), unlike AS (
        DELETE FROM likeness USING gone WHERE likeness.lead_id = gone.id OR other_id = gone.id
      ), unasked AS (
        DELETE FROM consent USING gone WHERE consent.lead_id = gone.id
      ), untold AS (
        DELETE FROM heard_fact USING gone WHERE heard_fact.lead_id = gone.id
      ), untouched AS (
        DELETE FROM touch USING gone WHERE lead_id = gone.id
      )
      SELECT gone.id, sequence, nobody.lead_id FROM gone LEFT JOIN nobody ON nobody.lead_id = gone.id
      """
          .formatted(PostgresConsents.NOBODY);

  /** Nothing under a lead's key: that is how a compacted topic forgets. */
  private static final String FORGET =
      """
      INSERT INTO outbox (event_id, topic, key, sequence, occurred_at)
      SELECT event_id, $1, lead_id::text, sequence, $2
      FROM unnest($3::uuid[], $4::uuid[], $5::bigint[]) AS gone (event_id, lead_id, sequence)
      """;

  private record Gone(UUID leadId, long sequence, @Nullable UUID contact) {}

  private final Charters charters;

  PostgresRetractions(Charters charters) {
    this.charters = charters;
  }

  @Override
  public Uni<List<UUID>> between(SqlConnection tx, UUID after, UUID last, int limit) {
    return tx.preparedQuery(BETWEEN)
        .execute(Tuple.of(after, last, limit))
        .map(rows -> rows.stream().map(row -> row.getUUID("id")).toList());
  }

  @Override
  public Uni<Set<UUID>> retract(
      SqlConnection tx,
      List<UUID> leadIds,
      String ending,
      Instant lastFact,
      UUID receipt,
      Instant at) {
    if (leadIds.isEmpty()) {
      return Uni.createFrom().item(Set.of());
    }
    var ids = leadIds.toArray(UUID[]::new);
    return tx.preparedQuery(LOCK)
        .execute(Tuple.of(ids))
        .chain(() -> tx.preparedQuery(GO).execute(Tuple.of(ids, ending, LeadRow.time(lastFact))))
        .map(rows -> rows.stream().map(PostgresRetractions::gone).toList())
        .call(gone -> tell(tx, gone, receipt, at))
        .map(gone -> gone.stream().map(Gone::leadId).collect(Collectors.toSet()));
  }

  private static Gone gone(Row row) {
    return new Gone(row.getUUID(0), row.getLong(1), row.getUUID(2));
  }

  private Uni<Void> tell(SqlConnection tx, List<Gone> gone, UUID receipt, Instant at) {
    if (gone.isEmpty()) {
      return Uni.createFrom().voidItem();
    }
    int charter = charters.versionAt(at);
    var told =
        gone.stream()
            .map(
                lead ->
                    new Published(
                        new LeadErased(lead.leadId(), at, charter, ErasureKind.RETRACTED, receipt),
                        lead.sequence() + 1,
                        null))
            .toList();
    var named = gone.stream().filter(lead -> lead.contact() != null).toList();
    return Writing.outbox(tx, told).chain(() -> forget(tx, named, at));
  }

  private static Uni<Void> forget(SqlConnection tx, List<Gone> named, Instant at) {
    if (named.isEmpty()) {
      return Uni.createFrom().voidItem();
    }
    return tx.preparedQuery(FORGET)
        .execute(
            Tuple.of(
                Topic.LEAD_CONTACT.topicName(),
                Objects.requireNonNull(LeadRow.time(at)),
                named.stream().map(_ -> Outbox.newEventId()).toArray(UUID[]::new),
                named.stream().map(Gone::leadId).toArray(UUID[]::new),
                named.stream().map(lead -> lead.sequence() + 2).toArray(Long[]::new)))
        .replaceWithVoid();
  }
}
