package baton.lead.campaign.postgres;

import static baton.lead.campaign.postgres.CampaignRow.utc;
import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.mapping;
import static java.util.stream.Collectors.toList;

import baton.chassis.charter.Charters;
import baton.chassis.outbox.Outbox;
import baton.chassis.problem.Problem;
import baton.contracts.ReviewVerdict;
import baton.lead.campaign.Campaigns;
import baton.lead.campaign.DaySpend;
import baton.lead.campaign.Described;
import baton.lead.campaign.Plan;
import baton.lead.campaign.Review;
import baton.lead.campaign.State;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;

@ApplicationScoped
class PostgresCampaigns implements Campaigns {
  /** A whole campaign has to fit into one record on the topic. */
  private static final int MOST_SPEND = 4_000;

  private static final String FIND =
      "SELECT " + CampaignRow.COLUMNS + " FROM campaign WHERE id = ANY ($1) ORDER BY id";

  private static final String LOCK =
      "SELECT FROM campaign WHERE id = ANY ($1) ORDER BY id FOR UPDATE";

  private static final String BEGIN =
      """
      INSERT INTO campaign (id, revision, stub, updated_at)
      SELECT id, 0, true, $2 FROM unnest($1::text[]) AS named (id) ORDER BY id
      ON CONFLICT DO NOTHING RETURNING id
      """;

  private static final String DESCRIBE =
      """
      UPDATE campaign SET revision = revision + 1, stub = false, updated_at = $2, name = $3,
        offer = $4, message = $5, audience = $6, owner = $7, channel = $8, source = $9,
        starts_on = $10, ends_on = $11, assets = $12, personas = $13, announced_at = $14,
        announced_under = $15, review = CASE WHEN $16 OR review IS NULL THEN review ELSE 'in-review' END
      WHERE id = $1
      """;

  private static final String OVERTAKEN =
      "UPDATE campaign_review SET holds = false WHERE campaign_id = $1 AND holds";

  private static final String REVIEW =
      """
      INSERT INTO campaign_review (review_id, campaign_id, occurred_at, verdict, comment, reviewer, role)
      VALUES ($1, $2, $3, $4, $5, $6, $7)
      """;

  private static final String REVIEWED =
      """
      UPDATE campaign SET revision = revision + 1, updated_at = $2, review = coalesce($3, review, 'in-review')
      WHERE id = $1
      """;

  /** Of a kind a day cost this much in all: what it cost in another currency is taken back. */
  private static final String TAKE_BACK =
      """
      UPDATE campaign_spend SET amount = 0
      WHERE campaign_id = $1 AND day = $2 AND kind = $3 AND currency <> $4 AND amount <> 0
      RETURNING campaign_id
      """;

  private static final String SPEND =
      """
      INSERT INTO campaign_spend AS s (campaign_id, day, kind, currency, amount)
      SELECT campaign_id, day::date, kind, currency, amount::numeric
      FROM unnest($1::text[], $2::text[], $3::text[], $4::text[], $5::text[])
        AS n (campaign_id, day, kind, currency, amount)
      ON CONFLICT (campaign_id, day, kind, currency) DO UPDATE SET amount = excluded.amount
      WHERE s.amount <> excluded.amount
      RETURNING campaign_id
      """;

  private static final String CHANGED =
      "UPDATE campaign SET revision = revision + 1, updated_at = $2 WHERE id = ANY ($1)";

  private static final String SPENT =
      """
      SELECT campaign_id, day, kind, currency, amount FROM campaign_spend
      WHERE campaign_id = ANY ($1) AND amount <> 0 ORDER BY campaign_id, day, kind, currency
      """;

  private static final String REVIEWS =
      """
      SELECT campaign_id, review_id, occurred_at, verdict, comment, reviewer, role, holds
      FROM campaign_review WHERE campaign_id = ANY ($1) ORDER BY campaign_id, review_id
      """;

  private static final String COST =
      """
      SELECT campaign_id, kind, currency, sum(amount) AS amount FROM campaign_spend
      WHERE campaign_id = ANY ($1) AND amount <> 0
      GROUP BY campaign_id, kind, currency ORDER BY campaign_id, kind, currency
      """;

  /** As {@link State#on} says it. */
  private static final String STATE =
      """
      CASE WHEN review = 'rejected' THEN 'rejected' WHEN ends_on < $1 THEN 'ended'
        WHEN starts_on <= $1 THEN 'live' ELSE coalesce(review, 'planned') END
      """;

  private static final String LIST =
      "SELECT "
          + CampaignRow.COLUMNS
          + " FROM campaign WHERE ($2::text IS NULL OR $2 = "
          + STATE
          + """
            )
              AND ($3::text IS NULL OR owner = $3)
              AND ($4::text IS NULL OR channel = $4)
              AND ($5::date IS NULL OR starts_on IS NOT NULL AND coalesce(ends_on, 'infinity') >= $5)
              AND ($6::date IS NULL OR starts_on < $6)
              AND ($7::text IS NULL OR strpos(lower(concat_ws(' ', id, name, offer)), lower($7)) > 0)
              AND ($9::text IS NULL
                OR (coalesce(starts_on, 'infinity'), id) > (coalesce($8::date, 'infinity'), $9))
            ORDER BY coalesce(starts_on, 'infinity'), id LIMIT $10
            """;

  private final Outbox outbox;
  private final Charters charters;

  PostgresCampaigns(Outbox outbox, Charters charters) {
    this.outbox = outbox;
    this.charters = charters;
  }

  @Override
  public Uni<Optional<Entry>> find(SqlConnection tx, String campaignId) {
    return whole(tx, List.of(campaignId)).map(found -> found.stream().findAny());
  }

  @Override
  public Uni<List<Listed>> list(SqlConnection tx, Search search, LocalDate today) {
    var state = search.state();
    var after = search.after();
    return tx.preparedQuery(LIST)
        .execute(
            Tuple.tuple()
                .addLocalDate(today)
                .addString(state == null ? null : state.word())
                .addString(search.owner())
                .addString(search.channel())
                .addLocalDate(search.from())
                .addLocalDate(search.to())
                .addString(search.q())
                .addLocalDate(after == null ? null : after.startsOn())
                .addString(after == null ? null : after.campaignId())
                .addInteger(search.limit()))
        .chain(
            rows ->
                tx.preparedQuery(COST)
                    .execute(
                        Tuple.of(rows.stream().map(PostgresCampaigns::id).toArray(String[]::new)))
                    .map(costs -> listed(rows, costs)));
  }

  private List<Listed> listed(RowSet<Row> rows, RowSet<Row> costs) {
    var cost = byCampaign(costs, row -> new Cost(CampaignRow.kind(row), CampaignRow.money(row)));
    return rows.stream()
        .map(
            row ->
                new Listed(
                    CampaignRow.campaign(row, stamp(row), List.of(), List.of()),
                    CampaignRow.reviewed(row),
                    cost.getOrDefault(id(row), List.of())))
        .toList();
  }

  @Override
  public Uni<Entry> describe(
      SqlConnection tx,
      String campaignId,
      Instant at,
      Function<Optional<Entry>, Described> description) {
    return begun(tx, List.of(campaignId), at)
        .chain(
            begun ->
                locked(tx, campaignId)
                    .chain(
                        found -> {
                          var before = found.filter(_ -> begun.isEmpty());
                          var described = description.apply(before);
                          return before.filter(known -> says(known, described.plan())).isPresent()
                              ? Uni.createFrom().item(before.orElseThrow())
                              : write(tx, campaignId, at, described)
                                  .chain(() -> published(tx, List.of(campaignId)))
                                  .map(List::getFirst);
                        }));
  }

  private static boolean says(Entry known, Plan plan) {
    return !known.campaign().stub() && Plan.of(known.campaign()).equals(plan);
  }

  private static Uni<Void> write(
      SqlConnection tx, String campaignId, Instant at, Described described) {
    var plan = described.plan();
    var announced = described.announced();
    return tx.preparedQuery(DESCRIBE)
        .execute(
            Tuple.tuple()
                .addString(campaignId)
                .addOffsetDateTime(utc(at))
                .addString(plan.name())
                .addString(plan.offer())
                .addString(plan.message())
                .addString(plan.audience())
                .addString(plan.owner())
                .addString(plan.channel())
                .addString(plan.source())
                .addLocalDate(plan.startsOn())
                .addLocalDate(plan.endsOn())
                .addArrayOfString(plan.assets().toArray(String[]::new))
                .addArrayOfString(plan.personas().toArray(String[]::new))
                .addOffsetDateTime(announced == null ? null : utc(announced.at()))
                .addInteger(announced == null ? null : announced.charterVersion())
                .addBoolean(described.reviewsHold()))
        .chain(
            () ->
                described.reviewsHold()
                    ? Uni.createFrom().voidItem()
                    : tx.preparedQuery(OVERTAKEN).execute(Tuple.of(campaignId)).replaceWithVoid());
  }

  @Override
  public Uni<Optional<Entry>> review(
      SqlConnection tx, String campaignId, Review review, Consumer<Entry> check) {
    return changed(
        tx,
        campaignId,
        check,
        () ->
            tx.preparedQuery(REVIEW)
                .execute(
                    Tuple.tuple()
                        .addUUID(review.reviewId())
                        .addString(campaignId)
                        .addOffsetDateTime(utc(review.occurredAt()))
                        .addString(review.verdict().word())
                        .addString(review.comment())
                        .addString(review.reviewer())
                        .addString(review.role()))
                .chain(
                    () ->
                        tx.preparedQuery(REVIEWED)
                            .execute(
                                Tuple.of(
                                    campaignId,
                                    utc(review.occurredAt()),
                                    review.verdict() == ReviewVerdict.COMMENTED
                                        ? null
                                        : review.verdict().word())))
                .replaceWith(true));
  }

  @Override
  public Uni<Optional<Entry>> spend(
      SqlConnection tx, DaySpend spend, Instant at, Consumer<Entry> check) {
    return changed(
        tx,
        spend.campaignId(),
        check,
        () ->
            tx.preparedQuery(TAKE_BACK)
                .execute(
                    Tuple.of(
                        spend.campaignId(),
                        spend.day(),
                        spend.kind().word(),
                        spend.amount().currency()))
                .chain(
                    taken ->
                        written(tx, List.of(spend))
                            .map(written -> taken.size() > 0 || !written.isEmpty()))
                .call(
                    changed ->
                        changed
                            ? bump(tx, List.of(spend.campaignId()), at)
                            : Uni.createFrom().voidItem()));
  }

  @Override
  public Uni<Spent> spend(SqlConnection tx, List<DaySpend> spend, Instant at) {
    var named = spend.stream().map(DaySpend::campaignId).distinct().sorted().toList();
    return begun(tx, named, at)
        .chain(
            stubs ->
                lock(tx, named)
                    .chain(() -> written(tx, spend))
                    .chain(
                        changed -> {
                          var all = new TreeSet<>(changed);
                          all.addAll(stubs);
                          var ids = List.copyOf(all);
                          return bump(tx, ids, at)
                              .chain(() -> published(tx, ids))
                              .replaceWith(new Spent(ids, stubs));
                        }));
  }

  /** Changes a campaign that is there, under its lock; {@code change} says whether it did. */
  private Uni<Optional<Entry>> changed(
      SqlConnection tx, String campaignId, Consumer<Entry> check, Supplier<Uni<Boolean>> change) {
    return locked(tx, campaignId)
        .chain(
            found -> {
              if (found.isEmpty()) {
                return Uni.createFrom().item(found);
              }
              check.accept(found.get());
              return change
                  .get()
                  .chain(
                      changed ->
                          changed
                              ? published(tx, List.of(campaignId))
                                  .map(List::getFirst)
                                  .map(Optional::of)
                              : Uni.createFrom().item(found));
            });
  }

  /** Those of these that were not there; nobody reads them before they are published. */
  private static Uni<List<String>> begun(SqlConnection tx, List<String> ids, Instant at) {
    return tx.preparedQuery(BEGIN)
        .execute(Tuple.of(ids.toArray(String[]::new), utc(at)))
        .map(rows -> rows.stream().map(row -> row.getString("id")).sorted().toList());
  }

  private static Uni<Void> lock(SqlConnection tx, List<String> ids) {
    return tx.preparedQuery(LOCK).execute(Tuple.of(ids.toArray(String[]::new))).replaceWithVoid();
  }

  private Uni<Optional<Entry>> locked(SqlConnection tx, String campaignId) {
    return lock(tx, List.of(campaignId)).chain(() -> find(tx, campaignId));
  }

  private static Uni<Void> bump(SqlConnection tx, List<String> ids, Instant at) {
    return tx.preparedQuery(CHANGED)
        .execute(Tuple.of(ids.toArray(String[]::new), utc(at)))
        .replaceWithVoid();
  }

  /** The campaigns of which some day cost another amount before. */
  private static Uni<List<String>> written(SqlConnection tx, List<DaySpend> spend) {
    return tx.preparedQuery(SPEND)
        .execute(
            Tuple.tuple()
                .addArrayOfString(column(spend, DaySpend::campaignId))
                .addArrayOfString(column(spend, each -> each.day().toString()))
                .addArrayOfString(column(spend, each -> each.kind().word()))
                .addArrayOfString(column(spend, each -> each.amount().currency()))
                .addArrayOfString(column(spend, each -> each.amount().amount().toPlainString())))
        .map(rows -> rows.stream().map(PostgresCampaigns::campaign).distinct().sorted().toList());
  }

  private static String[] column(List<DaySpend> spend, Function<DaySpend, String> value) {
    return spend.stream().map(value).toArray(String[]::new);
  }

  private Uni<List<Entry>> published(SqlConnection tx, List<String> ids) {
    return whole(tx, ids)
        .invoke(entries -> entries.forEach(PostgresCampaigns::fits))
        .call(entries -> outbox.append(tx, entries.stream().map(Entry::campaign).toList()));
  }

  private static void fits(Entry entry) {
    if (entry.campaign().spend().size() > MOST_SPEND) {
      throw Problem.invalid(
          "", "A campaign has at most %d amounts by day: begin another one.".formatted(MOST_SPEND));
    }
  }

  private Uni<List<Entry>> whole(SqlConnection tx, List<String> campaignIds) {
    var ids = Tuple.of(campaignIds.toArray(String[]::new));
    return tx.preparedQuery(FIND)
        .execute(ids)
        .chain(
            rows ->
                tx.preparedQuery(SPENT)
                    .execute(ids)
                    .chain(
                        spent ->
                            tx.preparedQuery(REVIEWS)
                                .execute(ids)
                                .map(reviewed -> entries(rows, spent, reviewed))));
  }

  private List<Entry> entries(RowSet<Row> rows, RowSet<Row> spent, RowSet<Row> reviewed) {
    var spend = byCampaign(spent, CampaignRow::spend);
    var reviews = byCampaign(reviewed, CampaignRow::review);
    var entries = new ArrayList<Entry>();
    for (var row : rows) {
      var said = reviews.getOrDefault(id(row), List.of());
      entries.add(
          new Entry(
              CampaignRow.campaign(
                  row,
                  stamp(row),
                  spend.getOrDefault(id(row), List.of()),
                  said.stream().map(Review::told).toList()),
              CampaignRow.reviewed(row),
              said));
    }
    return entries;
  }

  private int stamp(Row row) {
    return charters.versionAt(row.getOffsetDateTime("updated_at").toInstant());
  }

  private static <T> Map<String, List<T>> byCampaign(RowSet<Row> rows, Function<Row, T> of) {
    return rows.stream().collect(groupingBy(PostgresCampaigns::campaign, mapping(of, toList())));
  }

  private static String id(Row row) {
    return row.getString("id");
  }

  private static String campaign(Row row) {
    return row.getString("campaign_id");
  }
}
