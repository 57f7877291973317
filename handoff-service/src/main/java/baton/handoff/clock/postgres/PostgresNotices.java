package baton.handoff.clock.postgres;

import static baton.chassis.database.Columns.column;
import static baton.handoff.clock.postgres.PromiseRow.stream;
import static baton.handoff.clock.postgres.PromiseRow.utc;
import static java.util.stream.Collectors.toMap;

import baton.charter.Clause;
import baton.charter.clause.Notice;
import baton.charter.clause.Verdict;
import baton.chassis.charter.Charters;
import baton.contracts.Campaign;
import baton.handoff.clock.Notices;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.Stream;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

@ApplicationScoped
class PostgresNotices implements Notices {
  private static final Logger LOG = Logger.getLogger(PostgresNotices.class);

  /** A campaign that was heard of before is not taken back to what it was. */
  private static final String OVERTAKE =
      """
      UPDATE campaign_notice c SET revision = n.revision,
        state = CASE WHEN c.state = 'running' AND c.starts_on IS DISTINCT FROM n.starts_on
          THEN 'cancelled' ELSE c.state END
      FROM unnest($1::text[], $2::bigint[], $3::date[]) AS n(campaign_id, revision, starts_on)
      WHERE c.campaign_id = n.campaign_id AND c.revision < n.revision
      """;

  private static final String BEGIN =
      """
      INSERT INTO campaign_notice AS c (campaign_id, starts_on, clause_id, charter_version,
        announced_at, due_at, revision)
      SELECT n.* FROM unnest($1::text[], $2::date[], $3::text[], $4::int[], $5::timestamptz[],
          $6::timestamptz[], $7::bigint[])
        AS n(campaign_id, starts_on, clause_id, charter_version, announced_at, due_at, revision)
      WHERE NOT EXISTS (SELECT FROM campaign_notice k
        WHERE k.campaign_id = n.campaign_id AND k.revision > n.revision)
      ON CONFLICT (campaign_id, starts_on, clause_id) DO UPDATE SET state = 'running',
        charter_version = excluded.charter_version, announced_at = excluded.announced_at,
        due_at = excluded.due_at, stuck = NULL
      WHERE c.state = 'cancelled' AND c.revision = excluded.revision
      """;

  private static final String GONE =
      """
      UPDATE campaign_notice SET state = 'cancelled'
      WHERE campaign_id = ANY($1) AND state = 'running'
      """;

  private static final String DUE =
      """
      SELECT *, clock_timestamp() AS now FROM campaign_notice
      WHERE state = 'running' AND stuck IS NULL AND due_at <= (SELECT clock_timestamp())
      ORDER BY due_at LIMIT 200 FOR UPDATE SKIP LOCKED
      """;

  private static final String GOING_ON =
      """
      SELECT *, clock_timestamp() AS now FROM campaign_notice
      WHERE state = 'running' AND due_at > (SELECT clock_timestamp())
      ORDER BY due_at, campaign_id, clause_id LIMIT 500
      """;

  private static final String JUDGED =
      """
      UPDATE campaign_notice c SET state = n.state, due_at = n.due_at,
        judged_at = CASE WHEN n.state = 'running' THEN NULL ELSE n.judged_at END
      FROM unnest($1::text[], $2::date[], $3::text[], $4::text[], $5::timestamptz[],
          $6::timestamptz[])
        AS n(campaign_id, starts_on, clause_id, state, due_at, judged_at)
      WHERE c.campaign_id = n.campaign_id AND c.starts_on = n.starts_on
        AND c.clause_id = n.clause_id
      """;

  private static final String STUCK =
      """
      UPDATE campaign_notice SET stuck = $4
      WHERE campaign_id = $1 AND starts_on = $2 AND clause_id = $3
      """;

  /** A start as it was announced. */
  private record Announced(Notice notice, Instant at, long revision) {}

  private record Over(Notice notice, Instant announcedAt, Verdict verdict, Instant at)
      implements PostgresTidings.Over {
    @Override
    public Clause clause() {
      return notice.clause();
    }

    @Override
    public int charterVersion() {
      return notice.charterVersion();
    }

    @Override
    public UUID subject() {
      return UUID.nameUUIDFromBytes(
          "%s/%d/%s/%s"
              .formatted(clause().id(), charterVersion(), notice.startsOn(), notice.campaign())
              .getBytes(StandardCharsets.UTF_8));
    }

    /** Notice that came late was owed from when it was due. */
    @Override
    public Instant startedAt() {
      return announcedAt.isBefore(dueAt()) ? announcedAt : dueAt();
    }

    @Override
    public Instant dueAt() {
      return notice.due();
    }

    @Override
    public List<String> evidence() {
      return notice.evidence(announcedAt, verdict);
    }
  }

  private final Charters charters;
  private final PostgresTidings tidings;

  PostgresNotices(Charters charters, PostgresTidings tidings) {
    this.charters = charters;
    this.tidings = tidings;
  }

  @Override
  public Uni<Void> heard(SqlConnection tx, List<Campaign> campaigns) {
    var latest =
        List.copyOf(
            campaigns.stream()
                .collect(
                    toMap(
                        Campaign::campaignId,
                        each -> each,
                        (one, other) -> one.revision() < other.revision() ? other : one,
                        TreeMap::new))
                .values());
    var announced = latest.stream().flatMap(this::announced).toList();
    return tx.preparedQuery(OVERTAKE)
        .execute(
            Tuple.of(
                column(latest, Campaign::campaignId, String[]::new),
                column(latest, Campaign::revision, Long[]::new),
                column(latest, Campaign::startsOn, LocalDate[]::new)))
        .chain(() -> announced.isEmpty() ? Uni.createFrom().voidItem() : begin(tx, announced));
  }

  private static Uni<Void> begin(SqlConnection tx, List<Announced> announced) {
    return tx.preparedQuery(BEGIN)
        .execute(
            Tuple.tuple()
                .addArrayOfString(
                    column(announced, each -> each.notice().campaign(), String[]::new))
                .addArrayOfLocalDate(
                    column(announced, each -> each.notice().startsOn(), LocalDate[]::new))
                .addArrayOfString(
                    column(announced, each -> each.notice().clause().id(), String[]::new))
                .addArrayOfInteger(
                    column(announced, each -> each.notice().charterVersion(), Integer[]::new))
                .addArrayOfOffsetDateTime(
                    column(announced, each -> utc(each.at()), OffsetDateTime[]::new))
                .addArrayOfOffsetDateTime(
                    column(announced, each -> utc(each.notice().due()), OffsetDateTime[]::new))
                .addArrayOfLong(column(announced, Announced::revision, Long[]::new)))
        .replaceWithVoid();
  }

  /** Before a charter is signed nobody owes notice. */
  private Stream<Announced> announced(Campaign campaign) {
    var startsOn = campaign.startsOn();
    var at = campaign.announcedAt();
    var version = campaign.announcedUnder();
    return startsOn == null || at == null || version == null || version == 0
        ? Stream.of()
        : charters.agreement(version).terms().marketing().stream()
            .filter(Clause.CampaignNotice.class::isInstance)
            .map(Clause.CampaignNotice.class::cast)
            .map(clause -> notice(clause, version, campaign.campaignId(), startsOn))
            .map(notice -> new Announced(notice, at, campaign.revision()));
  }

  private Notice notice(
      Clause.CampaignNotice clause, int version, String campaign, LocalDate startsOn) {
    return new Notice(
        clause,
        version,
        charters.agreement(version).calendar(clause.calendar()),
        campaign,
        startsOn);
  }

  @Override
  public Uni<Void> gone(SqlConnection tx, List<String> campaignIds) {
    return tx.preparedQuery(GONE)
        .execute(Tuple.tuple().addArrayOfString(campaignIds.toArray(String[]::new)))
        .replaceWithVoid();
  }

  @Override
  public Uni<Void> judge(SqlConnection tx) {
    return tx.query(DUE)
        .execute()
        .chain(rows -> judged(tx, stream(rows).toList()))
        .chain(
            over ->
                over.isEmpty()
                    ? Uni.createFrom().voidItem()
                    : kept(tx, over).chain(() -> tidings.tell(tx, over)));
  }

  private static Uni<Void> kept(SqlConnection tx, List<Over> over) {
    return tx.preparedQuery(JUDGED)
        .execute(
            Tuple.of(
                column(over, each -> each.notice().campaign(), String[]::new),
                column(over, each -> each.notice().startsOn(), LocalDate[]::new),
                column(over, each -> each.clause().id(), String[]::new),
                column(over, each -> each.state().word(), String[]::new),
                column(over, each -> utc(each.dueAt()), OffsetDateTime[]::new),
                column(over, each -> utc(each.at()), OffsetDateTime[]::new)))
        .replaceWithVoid();
  }

  @Override
  public Uni<List<Standing>> current(SqlConnection tx) {
    return tx.query(GOING_ON)
        .execute()
        .map(
            rows ->
                stream(rows)
                    .map(
                        row -> {
                          var notice = notice(row);
                          return notice == null
                              ? null
                              : new Standing(notice, announcedAt(row), PostgresTime.now(row));
                        })
                    .filter(Objects::nonNull)
                    .toList());
  }

  /** One that can't be judged says nothing of the others. */
  private Uni<List<Over>> judged(SqlConnection tx, List<Row> rows) {
    var over = new ArrayList<Over>();
    var stuck = Uni.createFrom().voidItem();
    for (var row : rows) {
      try {
        var notice = notice(row);
        if (notice != null) {
          var now = PostgresTime.now(row);
          over.add(new Over(notice, announcedAt(row), notice.judged(announcedAt(row), now), now));
        }
      } catch (RuntimeException unjudgeable) {
        stuck = stuck.chain(() -> stuck(tx, row, unjudgeable));
      }
    }
    return stuck.replaceWith(over);
  }

  private static Uni<Void> stuck(SqlConnection tx, Row row, RuntimeException why) {
    var campaign = row.getString("campaign_id");
    var clause = row.getString("clause_id");
    LOG.errorf(why, "%s of campaign %s can't be judged", clause, campaign);
    return tx.preparedQuery(STUCK)
        .execute(Tuple.of(campaign, row.getLocalDate("starts_on"), clause, why.toString()))
        .replaceWithVoid();
  }

  /** Null while this instance hasn't heard of the charter. */
  private @Nullable Notice notice(Row row) {
    var version = row.getInteger("charter_version");
    return charters.knows(version)
            && charters.agreement(version).clause(row.getString("clause_id"))
                instanceof Clause.CampaignNotice clause
        ? notice(clause, version, row.getString("campaign_id"), row.getLocalDate("starts_on"))
        : null;
  }

  private static Instant announcedAt(Row row) {
    return row.getOffsetDateTime("announced_at").toInstant();
  }
}
