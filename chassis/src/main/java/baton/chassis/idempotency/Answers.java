package baton.chassis.idempotency;

import baton.chassis.database.Purge;
import baton.chassis.json.KeptJson;
import com.fasterxml.jackson.core.type.TypeReference;
import io.quarkus.runtime.StartupEvent;
import io.smallrye.mutiny.Uni;
import io.vertx.core.buffer.Buffer;
import io.vertx.mutiny.core.Vertx;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.SqlResult;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;

/**
 * The answers given in the last 24 hours, in the table {@code idempotency}. Claiming and keeping
 * are set-based, so that a writer that commits many requests together can do it in its own
 * transaction: claim first, have the effects of those that stand {@code First}, keep their answers.
 */
@ApplicationScoped
public class Answers {
  private static final Duration KEPT = Duration.ofHours(24);

  /** Waits for whoever holds one of the keys; takes no lock on those that were answered before. */
  private static final String CLAIM =
      """
      INSERT INTO idempotency (caller, path, key, body_hash, created_at)
      SELECT caller, path, key, body_hash, $5
      FROM unnest($1::text[], $2::text[], $3::text[], $4::text[]) AS new (caller, path, key, body_hash)
      ORDER BY caller, path, key
      ON CONFLICT DO NOTHING
      """;

  private static final String CLAIM_OLD =
      """
      UPDATE idempotency
      SET body_hash = new.body_hash, created_at = $5, status = NULL, headers = NULL, body = NULL
      FROM unnest($1::text[], $2::text[], $3::text[], $4::text[]) AS new (caller, path, key, body_hash)
      WHERE idempotency.caller = new.caller AND idempotency.path = new.path
        AND idempotency.key = new.key AND created_at <= $6
      """;
  private static final String READ =
      """
      SELECT caller, path, key, body_hash, created_at, status, headers, body
      FROM idempotency
      JOIN unnest($1::text[], $2::text[], $3::text[]) AS asked (caller, path, key)
      USING (caller, path, key)
      """;
  private static final String KEEP =
      """
      UPDATE idempotency
      SET status = given.status, headers = given.headers, body = given.body
      FROM unnest($1::text[], $2::text[], $3::text[], $4::int[], $5::text[], $6::bytea[])
        AS given (caller, path, key, status, headers, body)
      WHERE idempotency.caller = given.caller AND idempotency.path = given.path
        AND idempotency.key = given.key
      """;
  private static final String RELEASE =
      "DELETE FROM idempotency WHERE caller = $1 AND path = $2 AND key = $3";
  private static final String BLANK =
      """
      UPDATE idempotency SET body = convert_to('{"erased":true}', 'UTF8')
      WHERE status IS NOT NULL AND EXISTS (
        SELECT FROM unnest($1::text[]) AS id WHERE position(convert_to(id, 'UTF8') IN body) > 0)
      """;
  private static final String PURGE =
      """
      DELETE FROM idempotency WHERE (caller, path, key) IN (
        SELECT caller, path, key FROM idempotency WHERE created_at <= $1
        ORDER BY created_at LIMIT $2 FOR UPDATE SKIP LOCKED)
      """;

  private final Pool pool;
  private final Vertx vertx;
  private final InstantSource clock;

  Answers(Pool pool, Vertx vertx, InstantSource clock) {
    this.pool = pool;
    this.vertx = vertx;
    this.clock = clock;
  }

  void purgeNowAndThen(@Observes StartupEvent start) {
    Purge.nowAndThen(vertx, "old answers", this::purge);
  }

  /**
   * How each claim stands, in the order given. Waits for a transaction that holds one of them. A
   * list must not hold the same caller, path and key twice.
   */
  public Uni<List<Standing>> claim(SqlConnection tx, List<Claim> claims) {
    var now = clock.instant();
    return tx.preparedQuery(CLAIM)
        .execute(Tuple.from(claimed(claims, now)))
        .chain(
            inserted ->
                inserted.rowCount() == claims.size()
                    ? Uni.createFrom().item(claims.stream().map(claim -> first()).toList())
                    : known(tx, claims, now));
  }

  private Uni<List<Standing>> known(SqlConnection tx, List<Claim> claims, Instant now) {
    return read(tx, claims)
        .chain(
            known ->
                known.values().stream().anyMatch(row -> isOld(row, now))
                    ? tx.preparedQuery(CLAIM_OLD)
                        .execute(Tuple.from(claimedAnew(claims, now)))
                        .chain(claimed -> read(tx, claims))
                    : Uni.createFrom().item(known))
        .map(known -> claims.stream().map(claim -> standing(claim, known)).toList());
  }

  private static boolean isOld(Row row, Instant now) {
    return !row.getOffsetDateTime("created_at").toInstant().isAfter(now.minus(KEPT));
  }

  private static List<Object> claimed(List<Claim> claims, Instant now) {
    return List.of(
        texts(claims, Claim::caller),
        texts(claims, Claim::path),
        texts(claims, Claim::key),
        texts(claims, Claim::bodyHash),
        now.atOffset(ZoneOffset.UTC));
  }

  private static List<Object> claimedAnew(List<Claim> claims, Instant now) {
    var parameters = new ArrayList<>(claimed(claims, now));
    parameters.add(now.minus(KEPT).atOffset(ZoneOffset.UTC));
    return parameters;
  }

  private static Standing first() {
    return new Standing.First();
  }

  private static Uni<Map<List<String>, Row>> read(SqlConnection tx, List<Claim> claims) {
    return tx.preparedQuery(READ)
        .execute(
            Tuple.of(
                texts(claims, Claim::caller),
                texts(claims, Claim::path),
                texts(claims, Claim::key)))
        .map(Answers::byIdentity);
  }

  private static Map<List<String>, Row> byIdentity(RowSet<Row> rows) {
    var known = new HashMap<List<String>, Row>();
    rows.forEach(
        row ->
            known.put(
                List.of(row.getString("caller"), row.getString("path"), row.getString("key")),
                row));
    return known;
  }

  /** A row without an answer can only be our own: others' are seen once they are committed. */
  private static Standing standing(Claim claim, Map<List<String>, Row> known) {
    var row = known.get(List.of(claim.caller(), claim.path(), claim.key()));
    if (row == null || row.getInteger("status") == null) {
      return first();
    }
    if (!claim.bodyHash().equals(row.getString("body_hash"))) {
      return new Standing.Another();
    }
    return new Standing.Again(
        new Answer(
            row.getInteger("status"),
            headers(row.getString("headers")),
            row.getBuffer("body").getBytes()));
  }

  /** Keeps the answers to claims that stood {@code First}. */
  public Uni<Void> keep(SqlConnection tx, Map<Claim, Answer> given) {
    var claims = List.copyOf(new LinkedHashMap<>(given).keySet());
    var answers = claims.stream().map(given::get).toList();
    return tx.preparedQuery(KEEP)
        .execute(
            Tuple.from(
                List.of(
                    texts(claims, Claim::caller),
                    texts(claims, Claim::path),
                    texts(claims, Claim::key),
                    answers.stream().map(Answer::status).toArray(Integer[]::new),
                    answers.stream().map(Answer::headers).map(Answers::text).toArray(String[]::new),
                    answers.stream()
                        .map(answer -> Buffer.buffer(answer.body()))
                        .toArray(Buffer[]::new))))
        .replaceWithVoid();
  }

  public Uni<Void> release(SqlConnection tx, Claim claim) {
    return tx.preparedQuery(RELEASE)
        .execute(Tuple.of(claim.caller(), claim.path(), claim.key()))
        .replaceWithVoid();
  }

  /**
   * Takes what answers say out of those that name one of these ids; their keys stay taken. Reads
   * all answers there are: for what happens seldom.
   */
  public Uni<Integer> blank(SqlConnection tx, Collection<UUID> ids) {
    return tx.preparedQuery(BLANK)
        .execute(Tuple.of(ids.stream().map(UUID::toString).toArray(String[]::new)))
        .map(SqlResult::rowCount);
  }

  /** Forgets what is older than 24 hours, a batch at a time; how many they were. */
  Uni<Integer> purge() {
    OffsetDateTime before = clock.instant().minus(KEPT).atOffset(ZoneOffset.UTC);
    return Purge.inBatches(
        () ->
            pool.preparedQuery(PURGE)
                .execute(Tuple.of(before, Purge.BATCH))
                .map(SqlResult::rowCount));
  }

  private static String[] texts(Collection<Claim> claims, Function<Claim, String> part) {
    return claims.stream().map(part).toArray(String[]::new);
  }

  private static String text(Map<String, String> headers) {
    return KeptJson.of(headers);
  }

  private static Map<String, String> headers(String text) {
    return KeptJson.read(text, new TypeReference<Map<String, String>>() {});
  }
}
