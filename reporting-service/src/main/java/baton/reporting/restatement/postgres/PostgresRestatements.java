package baton.reporting.restatement.postgres;

import baton.chassis.database.Purge;
import baton.chassis.database.Transactions;
import baton.reporting.restatement.By;
import baton.reporting.restatement.Figure;
import baton.reporting.restatement.Restatement;
import baton.reporting.restatement.Restatements;
import io.quarkus.runtime.StartupEvent;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.core.Vertx;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.SqlResult;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jspecify.annotations.Nullable;

@ApplicationScoped
class PostgresRestatements implements Restatements {
  private static final String WHICH =
      """
      WHERE ($1::date IS NULL OR day >= $1) AND ($2::date IS NULL OR day < $2)
        AND ($3::timestamptz IS NULL OR heard_at >= $3)
        AND ($4::timestamptz IS NULL OR heard_at < $4)
        AND ($5::bigint IS NULL OR restatement_id < $5)
      """;

  private static final String COUNTS =
      "SELECT metric, count(*) AS many FROM restatement " + WHICH + " GROUP BY metric";

  private static final String LIST =
      """
      SELECT r.*, k.source, k.medium, k.channel, k.campaign,
             (SELECT coalesce(sum(l.amount), 0) FROM restatement l
               WHERE l.day = r.day AND l.metric = r.metric AND l.label = r.label
                 AND l.origin IS NOT DISTINCT FROM r.origin
                 AND l.restatement_id > r.restatement_id) AS later
        FROM (SELECT * FROM restatement
      """
          + WHICH
          + """
             ORDER BY restatement_id DESC LIMIT $6) r
        LEFT JOIN keys k ON k.id = r.origin
       ORDER BY r.restatement_id DESC
      """;

  /** What a number came to needs those after it only. */
  private static final String FORGET =
      """
      DELETE FROM restatement WHERE restatement_id IN
        (SELECT restatement_id FROM restatement WHERE heard_at < $1 ORDER BY heard_at LIMIT $2)
      """;

  private final Transactions transactions;
  private final InstantSource clock;
  private final Duration kept;

  PostgresRestatements(
      Transactions transactions,
      InstantSource clock,
      @ConfigProperty(name = "baton.restatements.kept", defaultValue = "P400D") Duration kept) {
    this.transactions = transactions;
    this.clock = clock;
    this.kept = kept;
  }

  void forgetNowAndThen(@Observes StartupEvent started, Vertx vertx) {
    Purge.nowAndThen(vertx, "old restatements", () -> forget(clock.instant().minus(kept)));
  }

  @Override
  public Uni<Integer> forget(Instant before) {
    return Purge.inBatches(
        () ->
            transactions.single(
                connection ->
                    connection
                        .preparedQuery(FORGET)
                        .execute(Tuple.of(utc(before), Purge.BATCH))
                        .map(SqlResult::rowCount)));
  }

  @Override
  public Uni<List<Restatement>> list(Asked asked) {
    return transactions
        .single(
            connection ->
                connection.preparedQuery(LIST).execute(which(asked).addInteger(asked.most())))
        .map(rows -> rows.stream().map(PostgresRestatements::restatement).toList());
  }

  @Override
  public Uni<Map<String, Long>> counts(Asked asked) {
    return transactions
        .single(connection -> connection.preparedQuery(COUNTS).execute(which(asked)))
        .map(
            rows ->
                rows.stream()
                    .collect(
                        Collectors.toMap(
                            row -> row.getString("metric"), row -> row.getLong("many"))));
  }

  private static Tuple which(Asked asked) {
    return Tuple.tuple()
        .addLocalDate(asked.from())
        .addLocalDate(asked.to())
        .addOffsetDateTime(utc(asked.heardFrom()))
        .addOffsetDateTime(utc(asked.heardTo()))
        .addLong(asked.before());
  }

  private static Restatement restatement(Row row) {
    return new Restatement(
        row.getLong("restatement_id"),
        row.getOffsetDateTime("heard_at").toInstant(),
        row.getLocalDate("day"),
        new Figure(row.getString("metric"), row.getString("label")),
        row.getUUID("origin") == null
            ? null
            : Arrays.asList(
                row.getString("source"),
                row.getString("medium"),
                row.getString("channel"),
                row.getString("campaign")),
        decimal(row, "amount"),
        decimal(row, "later"),
        row.getInteger("leads"),
        by(row));
  }

  private static @Nullable By by(Row row) {
    var type = row.getString("event_type");
    return type == null
        ? null
        : new By(
            type,
            row.getUUID("event_id"),
            row.getLong("revision"),
            row.getUUID("lead_id"),
            row.getOffsetDateTime("occurred_at").toInstant());
  }

  private static BigDecimal decimal(Row row, String name) {
    return Objects.requireNonNull(row.getNumeric(name)).bigDecimalValue();
  }

  private static @Nullable OffsetDateTime utc(@Nullable Instant instant) {
    return instant == null ? null : instant.atOffset(ZoneOffset.UTC);
  }
}
