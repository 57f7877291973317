package baton.feedback.objection.postgres;

import static baton.chassis.database.Columns.column;

import baton.contracts.HandoffStep;
import baton.contracts.LeadCaptured;
import baton.contracts.LeadEvent;
import baton.contracts.LeadHandoff;
import baton.contracts.LeadQualified;
import baton.feedback.lead.HearsLeads;
import baton.feedback.objection.Objections;
import baton.feedback.objection.Register;
import baton.feedback.objection.Register.Count;
import baton.feedback.objection.Register.Dimension;
import baton.feedback.objection.Register.Trend;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

@ApplicationScoped
class PostgresObjections implements Objections, HearsLeads {
  /** The persona of the capture gives way to any qualification's. */
  private static final Instant AT_CAPTURE = Instant.parse("9999-12-31T00:00:00Z");

  private static final String LEARN_PROFILES =
      """
      INSERT INTO lead_profile AS known (lead_id, campaign, persona, persona_at)
      SELECT lead_id, max(campaign), (array_agg(persona ORDER BY persona_at))[1], min(persona_at)
      FROM unnest($1::uuid[], $2::text[], $3::text[], $4::timestamptz[])
        AS told (lead_id, campaign, persona, persona_at)
      GROUP BY lead_id ORDER BY lead_id
      ON CONFLICT (lead_id) DO UPDATE SET
        campaign = coalesce(known.campaign, excluded.campaign),
        persona = CASE WHEN excluded.persona_at < known.persona_at OR known.persona IS NULL
          THEN coalesce(excluded.persona, known.persona) ELSE known.persona END,
        persona_at = least(known.persona_at, excluded.persona_at)
      """;
  private static final String LEARN_STAGES =
      """
      INSERT INTO lead_stage AS known (lead_id, stage, reached_at)
      SELECT lead_id, stage, min(reached_at)
      FROM unnest($1::uuid[], $2::text[], $3::timestamptz[]) AS told (lead_id, stage, reached_at)
      GROUP BY lead_id, stage ORDER BY lead_id, stage
      ON CONFLICT (lead_id, stage) DO UPDATE SET reached_at = excluded.reached_at
      WHERE excluded.reached_at < known.reached_at
      """;

  /** Mentions with what their leads were at the time. */
  private static final String SAID =
      """
      WITH mention AS (
        SELECT o.objection, f.lead_id, f.occurred_at, p.persona, p.campaign,
          CASE
            WHEN f.lead_id IS NULL THEN NULL
            WHEN EXISTS (SELECT FROM outcome w WHERE w.lead_id = f.lead_id AND w.result = 'won'
              AND w.occurred_at <= f.occurred_at) THEN 'won'
            ELSE coalesce((SELECT s.stage FROM lead_stage s
              WHERE s.lead_id = f.lead_id AND s.reached_at <= f.occurred_at
              ORDER BY array_position(ARRAY['mql', 'sal', 'sql'], s.stage) DESC LIMIT 1), 'captured')
          END AS stage
        FROM feedback f CROSS JOIN unnest(f.objections) AS o (objection)
        LEFT JOIN lead_profile p USING (lead_id)
        WHERE cardinality(f.objections) > 0 AND f.occurred_at >= $1 AND f.occurred_at < $2),
      said AS (
        SELECT * FROM mention
        WHERE ($3::text IS NULL OR persona = $3) AND ($4::text IS NULL OR campaign = $4)
          AND ($5::text IS NULL OR stage = $5))
      """;

  private static final String COUNT =
      SAID
          + """
            SELECT objection, persona, campaign, stage, grouping(persona, campaign, stage) AS without,
              count(*) AS said, count(DISTINCT lead_id) AS leads
            FROM said
            GROUP BY GROUPING SETS ((objection), (objection, persona), (objection, campaign),
              (objection, stage))
            """;
  private static final String TREND =
      SAID
          + """
            SELECT objection, count(*) FILTER (WHERE occurred_at >= $6) AS this_month,
              count(*) FILTER (WHERE occurred_at < $6) AS last_month
            FROM said GROUP BY objection
            """;
  private static final String REQUESTED =
      """
      SELECT objection, state, count(*) AS requests FROM content_request
      WHERE objection IS NOT NULL GROUP BY objection, state
      """;

  private final Pool pool;

  PostgresObjections(Pool pool) {
    this.pool = pool;
  }

  private record Profile(
      UUID leadId, @Nullable String campaign, @Nullable String persona, Instant at) {}

  private record Reached(UUID leadId, String stage, Instant at) {}

  @Override
  public Uni<Void> heard(SqlConnection tx, List<? extends LeadEvent> events) {
    var profiles = new ArrayList<Profile>();
    var reached = new ArrayList<Reached>();
    for (var event : events) {
      switch (event) {
        case LeadCaptured captured ->
            profiles.add(
                new Profile(
                    captured.leadId(), captured.campaignId(), captured.persona(), AT_CAPTURE));
        case LeadQualified mql -> {
          profiles.add(new Profile(mql.leadId(), null, mql.persona(), mql.occurredAt()));
          reached.add(new Reached(mql.leadId(), "mql", mql.occurredAt()));
        }
        case LeadHandoff step -> {
          var stage = stage(step.step());
          if (stage != null) {
            reached.add(new Reached(step.leadId(), stage, step.occurredAt()));
          }
        }
        default -> {}
      }
    }
    return learn(tx, profiles).chain(() -> reach(tx, reached));
  }

  private static @Nullable String stage(HandoffStep step) {
    return switch (step) {
      case ACCEPTED, DEEMED_ACCEPTED -> "sal";
      case QUALIFIED -> "sql";
      case OFFERED, REJECTED, RETURNED, REASSIGNED, ATTEMPTED, CONNECTED, CLOSED, REFUSED -> null;
    };
  }

  private static Uni<Void> learn(SqlConnection tx, List<Profile> profiles) {
    return profiles.isEmpty()
        ? Uni.createFrom().voidItem()
        : tx.preparedQuery(LEARN_PROFILES)
            .execute(
                Tuple.of(
                    column(profiles, Profile::leadId, UUID[]::new),
                    column(profiles, Profile::campaign, String[]::new),
                    column(profiles, Profile::persona, String[]::new),
                    column(profiles, each -> utc(each.at()), OffsetDateTime[]::new)))
            .replaceWithVoid();
  }

  private static Uni<Void> reach(SqlConnection tx, List<Reached> reached) {
    return reached.isEmpty()
        ? Uni.createFrom().voidItem()
        : tx.preparedQuery(LEARN_STAGES)
            .execute(
                Tuple.of(
                    column(reached, Reached::leadId, UUID[]::new),
                    column(reached, Reached::stage, String[]::new),
                    column(reached, each -> utc(each.at()), OffsetDateTime[]::new)))
            .replaceWithVoid();
  }

  @Override
  public Uni<Register> register(Wanted wanted) {
    var month = wanted.month();
    return pool.preparedQuery(COUNT)
        .execute(mentions(wanted, wanted.from(), wanted.to()))
        .map(rows -> rows.stream().map(PostgresObjections::count).toList())
        .chain(
            counts ->
                pool.preparedQuery(TREND)
                    .execute(
                        mentions(
                                wanted,
                                wanted.begins(month.minusMonths(1)),
                                wanted.begins(month.plusMonths(1)))
                            .addOffsetDateTime(utc(wanted.begins(month))))
                    .map(rows -> trends(rows.stream().toList()))
                    .chain(
                        trends ->
                            pool.query(REQUESTED)
                                .execute()
                                .map(rows -> requests(rows.stream().toList()))
                                .map(
                                    requests ->
                                        Register.of(
                                            wanted.vocabulary(), counts, trends, requests))));
  }

  private static Tuple mentions(Wanted wanted, Instant from, Instant to) {
    return Tuple.tuple()
        .addOffsetDateTime(utc(from))
        .addOffsetDateTime(utc(to))
        .addString(wanted.persona())
        .addString(wanted.campaign())
        .addString(wanted.stage());
  }

  private static Count count(Row row) {
    var dimension =
        switch (row.getInteger("without")) {
          case 0b011 -> Dimension.PERSONA;
          case 0b101 -> Dimension.CAMPAIGN;
          case 0b110 -> Dimension.STAGE;
          default -> null;
        };
    return new Count(
        row.getString("objection"),
        dimension,
        dimension == null ? null : row.getString(dimension.word()),
        row.getLong("said"),
        row.getLong("leads"));
  }

  private static Map<String, Trend> trends(List<Row> rows) {
    var trends = new HashMap<String, Trend>();
    rows.forEach(
        row ->
            trends.put(
                row.getString("objection"),
                new Trend(row.getLong("this_month"), row.getLong("last_month"))));
    return trends;
  }

  private static Map<String, Map<String, Long>> requests(List<Row> rows) {
    var requests = new HashMap<String, Map<String, Long>>();
    rows.forEach(
        row ->
            requests
                .computeIfAbsent(row.getString("objection"), _ -> new TreeMap<>())
                .put(row.getString("state"), row.getLong("requests")));
    return requests;
  }

  private static OffsetDateTime utc(Instant instant) {
    return instant.atOffset(ZoneOffset.UTC);
  }
}
