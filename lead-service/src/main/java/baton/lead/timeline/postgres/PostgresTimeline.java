package baton.lead.timeline.postgres;

import static java.nio.charset.StandardCharsets.UTF_8;

import baton.chassis.hearing.Heard;
import baton.contracts.Event;
import baton.contracts.Json;
import baton.contracts.LeadEvent;
import baton.contracts.SlaBreach;
import baton.contracts.Topic;
import baton.lead.dossier.PersonalData;
import baton.lead.dossier.Subject;
import baton.lead.timeline.Timeline;
import com.fasterxml.jackson.core.JsonProcessingException;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

@ApplicationScoped
class PostgresTimeline implements Timeline, PersonalData {
  private static final String KEEP =
      """
      INSERT INTO heard_fact (lead_id, at, event_id, topic, fact)
      SELECT * FROM unnest($1::uuid[], $2::timestamptz[], $3::uuid[], $4::text[], $5::text[])
      ON CONFLICT DO NOTHING
      """;

  /** Its own facts are where they were written; what it heard is kept for this. */
  private static final String OF =
      """
      SELECT at, id, topic, fact FROM (
        SELECT captured_at, touch_id, 'lead-captured', json_strip_nulls(json_build_object(
          'touchId', touch_id, 'touchKind', touch_kind, 'asset', touch_asset, 'source', source,
          'campaignId', campaign_id))::text
        FROM lead WHERE id = $1
        UNION ALL
        SELECT occurred_at, id, 'lead-touched', json_strip_nulls(json_build_object(
          'touchId', id, 'kind', kind, 'asset', asset, 'source', source, 'medium', medium,
          'channel', channel, 'campaignId', campaign_id))::text
        FROM touch WHERE lead_id = $1
        UNION ALL
        SELECT qualified_at, pass_id, 'lead-qualified',
          json_build_object('passId', pass_id, 'pass', pass_number)::text
        FROM lead WHERE id = $1 AND pass_id IS NOT NULL
        UNION ALL
        SELECT at, event_id, topic, fact FROM heard_fact WHERE lead_id = $1
      ) AS happened (at, id, topic, fact)
      WHERE $2::timestamptz IS NULL OR (at, id) > ($2, $3::uuid)
      ORDER BY at, id LIMIT $4
      """;

  private static final String TELL =
      "SELECT at, event_id AS id, topic, fact FROM heard_fact WHERE lead_id = $1 ORDER BY 1, 2";

  private final Pool pool;

  PostgresTimeline(Pool pool) {
    this.pool = pool;
  }

  @Override
  public Uni<Void> keep(SqlConnection tx, List<? extends Heard<? extends Event>> heard) {
    var leads = new ArrayList<UUID>();
    var times = new ArrayList<OffsetDateTime>();
    var ids = new ArrayList<UUID>();
    var topics = new ArrayList<String>();
    var facts = new ArrayList<String>();
    for (var one : heard) {
      var event = one.event();
      var leadId = leadOf(event);
      if (leadId != null) {
        leads.add(leadId);
        times.add(event.occurredAt().atOffset(ZoneOffset.UTC));
        ids.add(one.eventId());
        topics.add(Topic.of(event).topicName());
        facts.add(new String(Json.bytes(event), UTF_8));
      }
    }
    return leads.isEmpty()
        ? Uni.createFrom().voidItem()
        : tx.preparedQuery(KEEP)
            .execute(
                Tuple.of(
                    leads.toArray(UUID[]::new),
                    times.toArray(OffsetDateTime[]::new),
                    ids.toArray(UUID[]::new),
                    topics.toArray(String[]::new),
                    facts.toArray(String[]::new)))
            .replaceWithVoid();
  }

  /** A promise about a period is about no lead. */
  private static @Nullable UUID leadOf(Event event) {
    return switch (event) {
      case LeadEvent of -> of.leadId();
      case SlaBreach breach -> breach.leadId();
      default -> null;
    };
  }

  @Override
  public Uni<List<Entry>> of(
      UUID leadId, @Nullable Instant afterAt, @Nullable UUID afterId, int limit) {
    return pool.preparedQuery(OF)
        .execute(
            Tuple.of(
                leadId, afterAt == null ? null : afterAt.atOffset(ZoneOffset.UTC), afterId, limit))
        .map(rows -> rows.stream().map(PostgresTimeline::entry).toList());
  }

  @Override
  public Uni<Map<String, List<?>>> tell(SqlConnection tx, Subject subject) {
    return tx.preparedQuery(TELL)
        .execute(Tuple.of(subject.leadId()))
        .map(rows -> Map.of("heardOfOthers", rows.stream().map(PostgresTimeline::entry).toList()));
  }

  /** Codes, ids and times, which stay as they are on the topics. */
  @Override
  public Uni<Map<String, Integer>> erase(SqlConnection tx, Subject subject) {
    return Uni.createFrom().item(Map.of());
  }

  private static Entry entry(Row row) {
    try {
      return new Entry(
          row.getOffsetDateTime("at").toInstant(),
          row.getUUID("id"),
          row.getString("topic"),
          Json.mapper().readTree(row.getString("fact")));
    } catch (JsonProcessingException ours) {
      throw new UncheckedIOException(ours);
    }
  }
}
