package baton.handoff.notification.postgres;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.mapping;
import static java.util.stream.Collectors.toList;

import baton.contracts.Json;
import baton.handoff.notification.Deliveries;
import baton.handoff.notification.Delivery;
import baton.handoff.notification.Delivery.Attempt;
import baton.handoff.notification.Errand;
import baton.handoff.notification.Format;
import baton.handoff.notification.Next.Again;
import baton.handoff.notification.Next.Delivered;
import baton.handoff.notification.Next.Failed;
import baton.handoff.notification.Next.Gone;
import baton.handoff.notification.Reply.Answered;
import baton.handoff.notification.Reply.Refused;
import baton.handoff.notification.Reply.Silence;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

@ApplicationScoped
class PostgresDeliveries implements Deliveries {
  private static final int PRUNED_AT_ONCE = 2000;

  /**
   * Every subscription's own due deliveries are looked up by themselves, so that one with a million
   * of them hides nobody's; who has the fewest under way comes first.
   */
  private static final String CLAIM =
      """
      WITH room AS MATERIALIZED (
        SELECT s.subscription_id, s.url, s.format,
          coalesce(b.count, 0) AS busy,
          greatest(0, CASE WHEN s.failing_since IS NULL THEN $1 ELSE 1 END - coalesce(b.count, 0))
            AS free
        FROM subscription s
        LEFT JOIN unnest($2::uuid[], $3::int[]) AS b (subscription_id, count)
          USING (subscription_id)
        WHERE s.disabled_at IS NULL AND s.removed_at IS NULL
      ), due AS MATERIALIZED (
        SELECT d.number, r.url, r.format,
          r.busy + row_number() OVER (PARTITION BY r.subscription_id ORDER BY d.due_at, d.number)
            AS nth
        FROM room r CROSS JOIN LATERAL (
          SELECT w.number, w.due_at FROM delivery w
          WHERE w.subscription_id = r.subscription_id AND w.state = 'pending' AND w.due_at <= statement_timestamp()
          ORDER BY w.due_at, w.number LIMIT r.free FOR UPDATE SKIP LOCKED
        ) d
      )
      UPDATE delivery d SET attempts = d.attempts + 1, tried = d.tried + 1, claimed = true,
        due_at = clock_timestamp() + make_interval(secs => $5)
      FROM (SELECT number, url, format FROM due ORDER BY nth, number LIMIT $4) c
      WHERE d.number = c.number
      RETURNING d.number, d.subscription_id, d.webhook_id, d.attempts, d.tried, c.url, c.format,
        d.type, d.occurred_at, d.data
      """;

  private static final String SECRETS =
      """
      SELECT subscription_id, sealed FROM subscription_secret
      WHERE subscription_id = ANY($1) AND (ends_at IS NULL OR ends_at > now())
      ORDER BY subscription_id, number DESC
      """;

  private static final String REPORT =
      """
      WITH told AS (
        INSERT INTO delivery_attempt (number, attempt, started_at, millis, status, error, excerpt)
        SELECT number, $2::int, $3::timestamptz, $4::bigint, $5::int, $6::text, $7::text
        FROM delivery WHERE number = $1
        ON CONFLICT DO NOTHING
      ), moved AS (
        UPDATE delivery SET state = $8, claimed = false,
          due_at = clock_timestamp() + make_interval(secs => $9),
          settled_at = CASE WHEN $8 = 'pending' THEN NULL ELSE clock_timestamp() END
        WHERE number = $1 AND state = 'pending' AND (attempts = $2 OR $8 = 'delivered')
      )
      UPDATE subscription s SET
        failing_since = CASE WHEN $8 = 'delivered' THEN NULL
          ELSE coalesce(s.failing_since, clock_timestamp()) END,
        disabled_at = CASE WHEN $11 THEN coalesce(s.disabled_at, clock_timestamp())
          ELSE s.disabled_at END,
        disabled_because = CASE WHEN $11 THEN 'the receiver answered 410' ELSE s.disabled_because END
      WHERE s.subscription_id = $10 AND (($8 = 'delivered') = (s.failing_since IS NOT NULL) OR $11)
      """;

  private static final String COLUMNS =
      """
      SELECT number, webhook_id, type, occurred_at, state, created_at, due_at, settled_at, data
      FROM delivery
      """;

  private static final String ATTEMPTS =
      """
      SELECT number, attempt, started_at, millis, status, error, excerpt
      FROM delivery_attempt WHERE number = ANY($1) ORDER BY number, attempt
      """;

  private static final String LOCK =
      """
      SELECT d.claimed AND d.due_at > now() AS under_way, s.disabled_at IS NOT NULL AS disabled
      FROM delivery d JOIN subscription s USING (subscription_id)
      WHERE d.subscription_id = $1 AND d.number = $2 FOR UPDATE OF d
      """;

  private static final String REDELIVER =
      """
      UPDATE delivery SET state = 'pending', tried = 0, claimed = false, settled_at = NULL,
        due_at = clock_timestamp()
      """;

  private static final String FAILED_SINCE =
      """
      WHERE number = ANY(ARRAY(
        SELECT number FROM delivery
        WHERE subscription_id = $1 AND state = 'failed' AND created_at >= $2
        ORDER BY number LIMIT $3 FOR UPDATE))
      """;

  private static final String MEASURE =
      """
      SELECT
        (SELECT count(*) FROM (SELECT FROM delivery WHERE state = 'pending' LIMIT 1000000) p)
          AS pending,
        (SELECT count(*) FROM (SELECT FROM delivery WHERE state = 'failed' LIMIT 1000000) f)
          AS failed
      """;

  private static final String PRUNE =
      """
      DELETE FROM delivery WHERE number = ANY(ARRAY(
        SELECT number FROM delivery
        WHERE state <> 'pending' AND settled_at < now() - make_interval(secs => $1)
        ORDER BY settled_at LIMIT $2))
      """;

  private static final String PRUNE_REMOVED =
      """
      DELETE FROM delivery WHERE number = ANY(ARRAY(
        SELECT d.number FROM subscription s JOIN delivery d USING (subscription_id)
        WHERE s.removed_at IS NOT NULL LIMIT $1))
      """;

  private static final String FORGET =
      """
      DELETE FROM subscription s WHERE s.removed_at < now() - interval '1 hour'
        AND NOT EXISTS (SELECT FROM delivery d WHERE d.subscription_id = s.subscription_id)
      """;

  private static final String FORGET_SECRETS =
      "DELETE FROM subscription_secret WHERE ends_at < now()";

  private final Secrets secrets;

  PostgresDeliveries(Secrets secrets) {
    this.secrets = secrets;
  }

  @Override
  public Uni<List<Errand>> claim(SqlConnection tx, Room room, Duration lease) {
    var busy = List.copyOf(room.underWay().entrySet());
    return tx.preparedQuery(CLAIM)
        .execute(
            Tuple.tuple()
                .addInteger(room.each())
                .addArrayOfUUID(busy.stream().map(Map.Entry::getKey).toArray(UUID[]::new))
                .addArrayOfInteger(busy.stream().map(Map.Entry::getValue).toArray(Integer[]::new))
                .addInteger(room.all())
                .addDouble(seconds(lease)))
        .chain(
            rows ->
                rows.size() == 0
                    ? Uni.createFrom().item(List.of())
                    : secrets(tx, rows)
                        .map(live -> rows(rows).map(row -> errand(row, live)).toList()));
  }

  @Override
  public Uni<Void> report(SqlConnection tx, Report report) {
    var errand = report.errand();
    return tx.preparedQuery(REPORT)
        .execute(
            Tuple.tuple()
                .addLong(errand.number())
                .addInteger(errand.attempt())
                .addOffsetDateTime(report.startedAt().atOffset(ZoneOffset.UTC))
                .addLong(report.took().toMillis())
                .addInteger(report.reply() instanceof Answered answered ? answered.status() : null)
                .addString(error(report))
                .addString(report.reply() instanceof Answered answered ? answered.excerpt() : null)
                .addString(
                    switch (report.next()) {
                      case Delivered _ -> "delivered";
                      case Again _ -> "pending";
                      case Failed _, Gone _ -> "failed";
                    })
                .addDouble(report.next() instanceof Again(var after) ? seconds(after) : 0.0)
                .addUUID(errand.subscriptionId())
                .addBoolean(report.next() instanceof Gone))
        .replaceWithVoid();
  }

  @Override
  public Uni<List<Delivery>> list(
      SqlConnection tx,
      UUID subscriptionId,
      @Nullable String state,
      @Nullable Long before,
      int limit) {
    return tx.preparedQuery(
            COLUMNS
                + """
                WHERE subscription_id = $1 AND ($2::text IS NULL OR state = $2)
                  AND ($3::bigint IS NULL OR number < $3)
                ORDER BY number DESC LIMIT $4
                """)
        .execute(Tuple.of(subscriptionId, state, before, limit))
        .chain(rows -> withAttempts(tx, rows));
  }

  @Override
  public Uni<Optional<Delivery>> find(SqlConnection tx, UUID subscriptionId, long number) {
    return tx.preparedQuery(COLUMNS + "WHERE subscription_id = $1 AND number = $2")
        .execute(Tuple.of(subscriptionId, number))
        .chain(rows -> withAttempts(tx, rows))
        .map(found -> found.stream().findAny());
  }

  @Override
  public Uni<Redelivery> redeliver(SqlConnection tx, UUID subscriptionId, long number) {
    return tx.preparedQuery(LOCK)
        .execute(Tuple.of(subscriptionId, number))
        .chain(
            rows -> {
              if (rows.size() == 0) {
                return Uni.createFrom().item(Redelivery.UNKNOWN);
              }
              var row = rows.iterator().next();
              if (row.getBoolean("disabled")) {
                return Uni.createFrom().item(Redelivery.DISABLED);
              }
              return row.getBoolean("under_way")
                  ? Uni.createFrom().item(Redelivery.UNDER_WAY)
                  : tx.preparedQuery(REDELIVER + " WHERE number = $1")
                      .execute(Tuple.of(number))
                      .replaceWith(Redelivery.ASKED);
            });
  }

  @Override
  public Uni<Integer> redeliverFailed(
      SqlConnection tx, UUID subscriptionId, Instant since, int limit) {
    return tx.preparedQuery(REDELIVER + FAILED_SINCE)
        .execute(Tuple.of(subscriptionId, since.atOffset(ZoneOffset.UTC), limit))
        .map(RowSet::rowCount);
  }

  @Override
  public Uni<Backlog> measure(SqlConnection tx) {
    return tx.query(MEASURE)
        .execute()
        .map(
            rows -> {
              var row = rows.iterator().next();
              return new Backlog(row.getLong("pending"), row.getLong("failed"));
            });
  }

  @Override
  public Uni<Boolean> prune(SqlConnection tx, Duration keptFor) {
    return tx.preparedQuery(PRUNE)
        .execute(Tuple.of(seconds(keptFor), PRUNED_AT_ONCE))
        .chain(
            old ->
                tx.preparedQuery(PRUNE_REMOVED)
                    .execute(Tuple.of(PRUNED_AT_ONCE))
                    .call(() -> tx.query(FORGET).execute())
                    .call(() -> tx.query(FORGET_SECRETS).execute())
                    .map(
                        removed ->
                            old.rowCount() == PRUNED_AT_ONCE
                                || removed.rowCount() == PRUNED_AT_ONCE));
  }

  private Uni<Map<UUID, List<byte[]>>> secrets(SqlConnection tx, RowSet<Row> claimed) {
    var subscriptions =
        rows(claimed).map(row -> row.getUUID("subscription_id")).distinct().toArray(UUID[]::new);
    return tx.preparedQuery(SECRETS)
        .execute(Tuple.of(subscriptions))
        .map(
            rows ->
                rows(rows)
                    .collect(
                        groupingBy(
                            row -> row.getUUID("subscription_id"),
                            mapping(
                                row ->
                                    secrets.open(
                                        row.getUUID("subscription_id"),
                                        row.getBuffer("sealed").getBytes()),
                                toList()))));
  }

  private static Errand errand(Row row, Map<UUID, List<byte[]>> secrets) {
    var subscriptionId = row.getUUID("subscription_id");
    return new Errand(
        row.getLong("number"),
        subscriptionId,
        row.getUUID("webhook_id"),
        row.getInteger("attempts"),
        row.getInteger("tried"),
        row.getString("url"),
        Format.valueOf(row.getString("format").toUpperCase(Locale.ROOT)),
        secrets.getOrDefault(subscriptionId, List.of()),
        row.getString("type"),
        row.getOffsetDateTime("occurred_at").toInstant(),
        row.getString("data"));
  }

  private static @Nullable String error(Report report) {
    return switch (report.reply()) {
      case Answered _ -> null;
      case Silence(var why) -> why;
      case Refused(var why) -> why;
    };
  }

  private static Uni<List<Delivery>> withAttempts(SqlConnection tx, RowSet<Row> deliveries) {
    var numbers = rows(deliveries).map(row -> row.getLong("number")).toArray(Long[]::new);
    return numbers.length == 0
        ? Uni.createFrom().item(List.of())
        : tx.preparedQuery(ATTEMPTS)
            .execute(Tuple.of((Object) numbers))
            .map(
                rows ->
                    rows(rows)
                        .collect(
                            groupingBy(
                                row -> row.getLong("number"),
                                mapping(PostgresDeliveries::attempt, toList()))))
            .map(
                attempts ->
                    rows(deliveries)
                        .map(
                            row ->
                                delivery(
                                    row, attempts.getOrDefault(row.getLong("number"), List.of())))
                        .toList());
  }

  private static Attempt attempt(Row row) {
    return new Attempt(
        row.getInteger("attempt"),
        row.getOffsetDateTime("started_at").toInstant(),
        row.getLong("millis"),
        row.getInteger("status"),
        row.getString("error"),
        row.getString("excerpt"));
  }

  private static Delivery delivery(Row row, List<Attempt> attempts) {
    var state = row.getString("state");
    return new Delivery(
        row.getLong("number"),
        row.getUUID("webhook_id"),
        row.getString("type"),
        row.getOffsetDateTime("occurred_at").toInstant(),
        state,
        row.getOffsetDateTime("created_at").toInstant(),
        state.equals("pending") ? instant(row.getOffsetDateTime("due_at")) : null,
        instant(row.getOffsetDateTime("settled_at")),
        json(row.getString("data")),
        attempts);
  }

  private static JsonNode json(String text) {
    try {
      return Json.mapper().readTree(text);
    } catch (JsonProcessingException corrupt) {
      throw new UncheckedIOException(corrupt);
    }
  }

  private static Stream<Row> rows(RowSet<Row> rows) {
    return StreamSupport.stream(rows.spliterator(), false);
  }

  private static double seconds(Duration duration) {
    return duration.toMillis() / 1000.0;
  }

  private static @Nullable Instant instant(@Nullable OffsetDateTime at) {
    return at == null ? null : at.toInstant();
  }
}
