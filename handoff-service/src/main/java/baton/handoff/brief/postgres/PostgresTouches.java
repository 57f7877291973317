package baton.handoff.brief.postgres;

import baton.chassis.kin.Kin;
import baton.contracts.LeadTouched;
import baton.contracts.TouchSeen;
import baton.handoff.brief.Touches;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.UUID;
import java.util.stream.StreamSupport;

@ApplicationScoped
class PostgresTouches implements Touches {
  private static final String KEEP =
      """
      INSERT INTO touch (lead_id, touch_id, kind, at)
      SELECT * FROM unnest($1::uuid[], $2::uuid[], $3::text[], $4::timestamptz[])
        AS n(lead_id, touch_id, kind, at)
      WHERE n.at > now() - interval '90 days'
      ON CONFLICT DO NOTHING
      """;

  /** Twice as many as come, so that what is kept doesn't grow. */
  private static final String FORGET =
      """
      DELETE FROM touch WHERE (lead_id, touch_id) IN (
        SELECT lead_id, touch_id FROM touch WHERE at <= now() - interval '90 days'
        ORDER BY at LIMIT $1 FOR UPDATE SKIP LOCKED)
      """;

  private static final String OF =
      "SELECT touch_id, kind, at FROM touch WHERE lead_id = ANY ("
          + Kin.of("$1::uuid")
          + ") ORDER BY at DESC, touch_id LIMIT $2";

  @Override
  public Uni<Void> keep(SqlConnection tx, List<LeadTouched> touches) {
    return tx.preparedQuery(KEEP)
        .execute(
            Tuple.of(
                touches.stream().map(LeadTouched::leadId).toArray(UUID[]::new),
                touches.stream().map(LeadTouched::touchId).toArray(UUID[]::new),
                touches.stream().map(LeadTouched::kind).toArray(String[]::new),
                touches.stream()
                    .map(each -> each.occurredAt().atOffset(ZoneOffset.UTC))
                    .toArray(OffsetDateTime[]::new)))
        .chain(() -> tx.preparedQuery(FORGET).execute(Tuple.of(2 * touches.size())))
        .replaceWithVoid();
  }

  @Override
  public Uni<List<TouchSeen>> of(SqlConnection tx, UUID leadId, int limit) {
    return tx.preparedQuery(OF)
        .execute(Tuple.of(leadId, limit))
        .map(
            rows ->
                StreamSupport.stream(rows.spliterator(), false)
                    .map(
                        row ->
                            new TouchSeen(
                                row.getUUID("touch_id"),
                                row.getString("kind"),
                                row.getOffsetDateTime("at").toInstant()))
                    .toList());
  }
}
