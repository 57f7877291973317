package baton.chassis.audit;

import baton.chassis.database.Transactions;
import baton.chassis.json.AnswerJson;
import baton.chassis.trace.Trace;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/** The log of administrative acts. */
@ApplicationScoped
public class Audit {
  private static final String NOTE =
      """
      INSERT INTO audit (at, caller, role, act, subject, details, traceparent)
      VALUES ($1, $2, $3, $4, $5, $6, $7)
      """;

  /** A row is intact if its words, the one before it and the one after it still agree. */
  private static final String LIST =
      """
      SELECT number, at, caller, role, act, subject, details, traceparent, previous, hash,
        hash = audit_hash(previous, number, at, caller, role, act, subject, details)
        AND previous = coalesce(
          (SELECT before.hash FROM audit before WHERE before.number = audit.number - 1),
          CASE number WHEN 1 THEN sha256('baton') END, '')
        AND hash = coalesce(
          (SELECT after.previous FROM audit after WHERE after.number = audit.number + 1),
          (SELECT head.hash FROM audit_head head WHERE head.number = audit.number), '') AS intact
      FROM audit
      WHERE number < $1
        AND ($2::text IS NULL OR act = $2)
        AND ($3::text IS NULL OR subject = $3)
        AND ($4::text IS NULL OR caller = $4)
      ORDER BY number DESC
      LIMIT $5
      """;

  /** Which acts are asked for; null is any. */
  public record Asked(@Nullable String act, @Nullable String subject, @Nullable String caller) {}

  /**
   * An act as it was noted.
   *
   * @param isIntact whether it still is what was noted, and nothing around it is missing
   */
  public record Noted(
      long number,
      Instant at,
      String caller,
      String role,
      String act,
      String subject,
      String details,
      @Nullable String traceparent,
      String previous,
      String hash,
      boolean isIntact) {}

  private final Transactions transactions;
  private final Trace trace;
  private final InstantSource clock;

  Audit(Transactions transactions, Trace trace, InstantSource clock) {
    this.transactions = transactions;
    this.trace = trace;
    this.clock = clock;
  }

  /** Notes an act in the transaction that does it. */
  public Uni<Void> note(SqlConnection tx, String act, String subject) {
    return note(tx, act, subject, Map.of());
  }

  /** Notes an act in the transaction that does it, with what else is worth knowing of it. */
  public Uni<Void> note(SqlConnection tx, String act, String subject, Map<String, ?> details) {
    var actor = Actor.ofThisWork();
    return tx.preparedQuery(NOTE)
        .execute(
            Tuple.tuple()
                .addOffsetDateTime(clock.instant().atOffset(ZoneOffset.UTC))
                .addString(actor.caller())
                .addString(actor.role())
                .addString(act)
                .addString(subject)
                .addString(json(details))
                .addString(trace.current()))
        .replaceWithVoid();
  }

  /** Notes an act that has no transaction here. */
  public Uni<Void> note(String act, String subject, Map<String, ?> details) {
    return transactions.run(tx -> note(tx, act, subject, details));
  }

  /** The newest first, those before a number. */
  public Uni<List<Noted>> list(Asked asked, @Nullable Long before, int limit) {
    return transactions.single(
        connection ->
            connection
                .preparedQuery(LIST)
                .execute(
                    Tuple.of(
                        before == null ? Long.MAX_VALUE : before,
                        asked.act(),
                        asked.subject(),
                        asked.caller(),
                        limit))
                .map(
                    rows ->
                        StreamSupport.stream(rows.spliterator(), false)
                            .map(Audit::noted)
                            .toList()));
  }

  static String json(Map<String, ?> details) {
    return new String(AnswerJson.bytes(new TreeMap<>(details)), StandardCharsets.UTF_8);
  }

  private static Noted noted(Row row) {
    var hex = HexFormat.of();
    return new Noted(
        row.getLong("number"),
        row.getOffsetDateTime("at").toInstant(),
        row.getString("caller"),
        row.getString("role"),
        row.getString("act"),
        row.getString("subject"),
        row.getString("details"),
        row.getString("traceparent"),
        hex.formatHex(row.getBuffer("previous").getBytes()),
        hex.formatHex(row.getBuffer("hash").getBytes()),
        row.getBoolean("intact"));
  }
}
