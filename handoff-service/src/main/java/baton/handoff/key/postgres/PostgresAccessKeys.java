package baton.handoff.key.postgres;

import baton.chassis.outbox.Outbox;
import baton.contracts.AccessKey;
import baton.handoff.key.AccessKeys;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

@ApplicationScoped
class PostgresAccessKeys implements AccessKeys {
  private static final String COLUMNS =
      "key_id, secret_hash, role, seller_id, source, created_at, expires_at, revoked_at";

  private static final String ADD =
      "INSERT INTO access_key (" + COLUMNS + ") VALUES ($1, $2, $3, $4, $5, $6, $7, NULL)";

  private static final String LOCK =
      "SELECT " + COLUMNS + " FROM access_key WHERE key_id = $1 FOR UPDATE";

  private static final String REVOKE = "UPDATE access_key SET revoked_at = $2 WHERE key_id = $1";

  private static final String LIST =
      "SELECT " + COLUMNS + " FROM access_key WHERE key_id > $1 ORDER BY key_id LIMIT $2";

  private final Outbox outbox;

  PostgresAccessKeys(Outbox outbox) {
    this.outbox = outbox;
  }

  @Override
  public Uni<Void> add(SqlConnection tx, AccessKey key) {
    return tx.preparedQuery(ADD)
        .execute(
            Tuple.tuple()
                .addString(key.keyId())
                .addString(key.secretHash())
                .addString(key.role())
                .addString(key.sellerId())
                .addString(key.source())
                .addOffsetDateTime(utc(key.occurredAt()))
                .addOffsetDateTime(utc(key.expiresAt())))
        .chain(() -> outbox.append(tx, List.of(key)));
  }

  @Override
  public Uni<Optional<Held>> revoke(SqlConnection tx, String keyId, Instant at) {
    return tx.preparedQuery(LOCK)
        .execute(Tuple.of(keyId))
        .chain(
            rows -> {
              var row = rows.iterator();
              return row.hasNext()
                  ? revoke(tx, held(row.next()), at).map(Optional::of)
                  : Uni.createFrom().item(Optional.empty());
            });
  }

  @Override
  public Uni<List<Held>> list(SqlConnection tx, @Nullable String after, int limit) {
    return tx.preparedQuery(LIST)
        .execute(Tuple.of(after == null ? "" : after, limit))
        .map(
            rows ->
                StreamSupport.stream(rows.spliterator(), false)
                    .map(PostgresAccessKeys::held)
                    .toList());
  }

  private Uni<Held> revoke(SqlConnection tx, Held held, Instant at) {
    var key = held.key();
    if (key.revokedAt() != null) {
      return Uni.createFrom().item(held);
    }
    var revoked =
        new AccessKey(
            key.keyId(),
            at,
            key.charterVersion(),
            key.secretHash(),
            key.role(),
            key.sellerId(),
            key.source(),
            key.expiresAt(),
            at);
    return tx.preparedQuery(REVOKE)
        .execute(Tuple.of(key.keyId(), utc(at)))
        .chain(() -> outbox.append(tx, List.of(revoked)))
        .replaceWith(new Held(revoked, held.mintedAt()));
  }

  private static Held held(Row row) {
    var mintedAt = row.getOffsetDateTime("created_at").toInstant();
    var revokedAt = instant(row, "revoked_at");
    return new Held(
        new AccessKey(
            row.getString("key_id"),
            revokedAt == null ? mintedAt : revokedAt,
            0,
            row.getString("secret_hash"),
            row.getString("role"),
            row.getString("seller_id"),
            row.getString("source"),
            instant(row, "expires_at"),
            revokedAt),
        mintedAt);
  }

  private static @Nullable Instant instant(Row row, String column) {
    var at = row.getOffsetDateTime(column);
    return at == null ? null : at.toInstant();
  }

  private static @Nullable OffsetDateTime utc(@Nullable Instant instant) {
    return instant == null ? null : instant.atOffset(ZoneOffset.UTC);
  }
}
