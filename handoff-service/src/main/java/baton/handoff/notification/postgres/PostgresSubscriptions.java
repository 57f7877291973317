package baton.handoff.notification.postgres;

import baton.handoff.notification.Format;
import baton.handoff.notification.Subscription;
import baton.handoff.notification.Subscriptions;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

@ApplicationScoped
class PostgresSubscriptions implements Subscriptions {
  /** Each is looked at whenever something is due. */
  private static final int MOST = 500;

  private static final String COLUMNS =
      """
      SELECT subscription_id, url, format, events, owned_by, created_at, failing_since,
        disabled_at, disabled_because
      FROM subscription WHERE removed_at IS NULL AND ($1::text IS NULL OR owned_by = $1)
      """;

  private static final String ADD =
      """
      INSERT INTO subscription (subscription_id, url, format, events, owned_by, created_at)
      SELECT $1::uuid, $2::text, $3::text, $4::text[], $5::text, $6::timestamptz
      WHERE (SELECT count(*) FROM subscription WHERE removed_at IS NULL) < $7::int
      """;

  private static final String ADD_SECRET =
      """
      INSERT INTO subscription_secret (subscription_id, number, sealed)
      SELECT $1::uuid, 1 + coalesce(max(number), 0), $2::bytea FROM subscription_secret
      WHERE subscription_id = $1::uuid
      """;

  private static final String LOCK =
      "SELECT FROM subscription WHERE subscription_id = $1 FOR UPDATE";

  private static final String DROP_OLDER =
      "DELETE FROM subscription_secret WHERE subscription_id = $1 AND ends_at IS NOT NULL";

  private static final String END_NEWEST =
      "UPDATE subscription_secret SET ends_at = $2 WHERE subscription_id = $1";

  private static final String REMOVE =
      """
      WITH gone AS (
        UPDATE subscription SET removed_at = now()
        WHERE subscription_id = $1 AND removed_at IS NULL AND ($2::text IS NULL OR owned_by = $2)
        RETURNING subscription_id
      ), forgotten AS (
        DELETE FROM subscription_secret WHERE subscription_id IN (SELECT subscription_id FROM gone)
      )
      SELECT subscription_id FROM gone
      """;

  private static final String ENABLE =
      """
      UPDATE subscription SET disabled_at = NULL, disabled_because = NULL, failing_since = NULL
      WHERE subscription_id = $1
      """;

  private final Secrets secrets;

  PostgresSubscriptions(Secrets secrets) {
    this.secrets = secrets;
  }

  @Override
  public Uni<Boolean> add(SqlConnection tx, Subscription subscription, byte[] secret) {
    var id = subscription.subscriptionId();
    return tx.preparedQuery(ADD)
        .execute(
            Tuple.tuple()
                .addUUID(id)
                .addString(subscription.url())
                .addString(subscription.format().word())
                .addArrayOfString(subscription.events().toArray(String[]::new))
                .addString(subscription.ownedBy())
                .addOffsetDateTime(subscription.createdAt().atOffset(ZoneOffset.UTC))
                .addInteger(MOST))
        .chain(
            added ->
                added.rowCount() == 0
                    ? Uni.createFrom().item(false)
                    : addSecret(tx, id, secret).replaceWith(true));
  }

  @Override
  public Uni<Optional<Subscription>> find(
      SqlConnection tx, UUID subscriptionId, @Nullable String ownedBy) {
    return tx.preparedQuery(COLUMNS + " AND subscription_id = $2")
        .execute(Tuple.of(ownedBy, subscriptionId))
        .map(
            rows ->
                StreamSupport.stream(rows.spliterator(), false)
                    .map(PostgresSubscriptions::subscription)
                    .findAny());
  }

  @Override
  public Uni<List<Subscription>> list(
      SqlConnection tx, @Nullable String ownedBy, @Nullable UUID after, int limit) {
    return tx.preparedQuery(
            COLUMNS
                + " AND ($2::uuid IS NULL OR subscription_id > $2)"
                + " ORDER BY subscription_id LIMIT $3")
        .execute(Tuple.of(ownedBy, after, limit))
        .map(
            rows ->
                StreamSupport.stream(rows.spliterator(), false)
                    .map(PostgresSubscriptions::subscription)
                    .toList());
  }

  @Override
  public Uni<Boolean> remove(SqlConnection tx, UUID subscriptionId, @Nullable String ownedBy) {
    return tx.preparedQuery(REMOVE)
        .execute(Tuple.of(subscriptionId, ownedBy))
        .map(rows -> rows.size() > 0);
  }

  @Override
  public Uni<Void> rotate(SqlConnection tx, UUID subscriptionId, byte[] secret, Instant oldUntil) {
    return tx.preparedQuery(LOCK)
        .execute(Tuple.of(subscriptionId))
        .chain(() -> tx.preparedQuery(DROP_OLDER).execute(Tuple.of(subscriptionId)))
        .chain(
            () ->
                tx.preparedQuery(END_NEWEST)
                    .execute(Tuple.of(subscriptionId, oldUntil.atOffset(ZoneOffset.UTC))))
        .chain(() -> addSecret(tx, subscriptionId, secret));
  }

  @Override
  public Uni<Void> enable(SqlConnection tx, UUID subscriptionId) {
    return tx.preparedQuery(ENABLE).execute(Tuple.of(subscriptionId)).replaceWithVoid();
  }

  private Uni<Void> addSecret(SqlConnection tx, UUID subscriptionId, byte[] secret) {
    return tx.preparedQuery(ADD_SECRET)
        .execute(Tuple.of(subscriptionId, secrets.closed(subscriptionId, secret)))
        .replaceWithVoid();
  }

  private static Subscription subscription(Row row) {
    return new Subscription(
        row.getUUID("subscription_id"),
        row.getString("url"),
        Format.valueOf(row.getString("format").toUpperCase(Locale.ROOT)),
        List.of(row.getArrayOfStrings("events")),
        row.getString("owned_by"),
        row.getOffsetDateTime("created_at").toInstant(),
        instant(row.getOffsetDateTime("failing_since")),
        instant(row.getOffsetDateTime("disabled_at")),
        row.getString("disabled_because"));
  }

  private static @Nullable Instant instant(@Nullable OffsetDateTime at) {
    return at == null ? null : at.toInstant();
  }
}
