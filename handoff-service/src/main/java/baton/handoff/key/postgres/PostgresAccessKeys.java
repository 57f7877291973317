package baton.handoff.key.postgres;

import baton.chassis.audit.Audit;
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
import java.util.HashMap;
import java.util.List;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

@ApplicationScoped
class PostgresAccessKeys implements AccessKeys {
  private static final String COLUMNS =
      "key_id, secret_hash, role, seller_id, source, created_at, expires_at, revoked_at";

  /** So that two of the same are not minted beside each other, each seeing one. */
  private static final String ONE_AT_A_TIME = "LOCK TABLE access_key IN SHARE ROW EXCLUSIVE MODE";

  private static final String ADD =
      "INSERT INTO access_key ("
          + COLUMNS
          + ") SELECT $1, $2, $3, $4, $5, $6, $7, NULL"
          + """
             WHERE (
               SELECT count(*) FROM access_key
               WHERE role = $3
                 AND seller_id IS NOT DISTINCT FROM $4
                 AND source IS NOT DISTINCT FROM $5
                 AND revoked_at IS NULL
                 AND (expires_at IS NULL OR expires_at > $6)
             ) < $8
            """;

  private static final String LOCK =
      "SELECT " + COLUMNS + " FROM access_key WHERE key_id = $1 FOR UPDATE";

  private static final String REVOKE = "UPDATE access_key SET revoked_at = $2 WHERE key_id = $1";

  private static final String LIST =
      "SELECT "
          + COLUMNS
          + ", last_at FROM access_key LEFT JOIN key_use USING (key_id)"
          + " WHERE key_id > $1 ORDER BY key_id LIMIT $2";

  private final Outbox outbox;
  private final Audit audit;

  PostgresAccessKeys(Outbox outbox, Audit audit) {
    this.outbox = outbox;
    this.audit = audit;
  }

  @Override
  public Uni<Boolean> add(SqlConnection tx, AccessKey key) {
    return tx.query(ONE_AT_A_TIME).execute().chain(() -> insert(tx, key));
  }

  private Uni<Boolean> insert(SqlConnection tx, AccessKey key) {
    return tx.preparedQuery(ADD)
        .execute(
            Tuple.tuple()
                .addString(key.keyId())
                .addString(key.secretHash())
                .addString(key.role())
                .addString(key.sellerId())
                .addString(key.source())
                .addOffsetDateTime(utc(key.occurredAt()))
                .addOffsetDateTime(utc(key.expiresAt()))
                .addInteger(SIDE_BY_SIDE))
        .map(rows -> rows.rowCount() == 1)
        .call(
            added ->
                added
                    ? outbox.append(tx, List.of(key)).chain(() -> noted(tx, "key.minted", key))
                    : Uni.createFrom().voidItem());
  }

  @Override
  public Uni<Boolean> revoke(SqlConnection tx, String keyId, Instant at) {
    return tx.preparedQuery(LOCK)
        .execute(Tuple.of(keyId))
        .chain(
            rows -> {
              var row = rows.iterator();
              return row.hasNext()
                  ? revoke(tx, key(row.next()), at).replaceWith(true)
                  : Uni.createFrom().item(false);
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

  private Uni<Void> revoke(SqlConnection tx, AccessKey key, Instant at) {
    if (key.revokedAt() != null) {
      return Uni.createFrom().voidItem();
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
        .chain(() -> noted(tx, "key.revoked", revoked));
  }

  private static Held held(Row row) {
    return new Held(
        key(row), row.getOffsetDateTime("created_at").toInstant(), instant(row, "last_at"));
  }

  private static AccessKey key(Row row) {
    var mintedAt = row.getOffsetDateTime("created_at").toInstant();
    var revokedAt = instant(row, "revoked_at");
    return new AccessKey(
        row.getString("key_id"),
        revokedAt == null ? mintedAt : revokedAt,
        0,
        row.getString("secret_hash"),
        row.getString("role"),
        row.getString("seller_id"),
        row.getString("source"),
        instant(row, "expires_at"),
        revokedAt);
  }

  private Uni<Void> noted(SqlConnection tx, String act, AccessKey key) {
    var details = new HashMap<String, Object>();
    details.put("role", key.role());
    details.computeIfAbsent("sellerId", _ -> key.sellerId());
    details.computeIfAbsent("source", _ -> key.source());
    return audit.note(tx, act, key.keyId(), details);
  }

  private static @Nullable Instant instant(Row row, String column) {
    var at = row.getOffsetDateTime(column);
    return at == null ? null : at.toInstant();
  }

  private static @Nullable OffsetDateTime utc(@Nullable Instant instant) {
    return instant == null ? null : instant.atOffset(ZoneOffset.UTC);
  }
}
