package baton.feedback.content.postgres;

import baton.chassis.outbox.Outbox;
import baton.chassis.paging.Cursor;
import baton.chassis.paging.Page;
import baton.contracts.RequestStep;
import baton.feedback.content.Request;
import baton.feedback.content.Request.Verdict;
import baton.feedback.content.Requests;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;

@ApplicationScoped
class PostgresRequests implements Requests {
  private static final String WRITE =
      """
      INSERT INTO content_request (request_id, revision, state, since, charter_version,
        requested_at, objection, pain_point, persona, note, reply, seller_id)
      VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)
      ON CONFLICT (request_id) DO UPDATE SET (revision, state, since, charter_version, reply)
        = ROW (excluded.revision, excluded.state, excluded.since, excluded.charter_version,
          excluded.reply)
      """;

  private static final String ONE = "SELECT * FROM content_request WHERE request_id = $1";

  private static final String LIST =
      """
      SELECT * FROM content_request
      WHERE (cardinality($1::text[]) = 0 OR state = ANY($1))
        AND ($2::text IS NULL OR objection = $2) AND ($3::text IS NULL OR pain_point = $3)
        AND ($4::text IS NULL OR persona = $4) AND ($5::text IS NULL OR seller_id = $5)
        AND ($6::uuid IS NULL OR request_id < $6)
      ORDER BY request_id DESC LIMIT $7
      """;

  private final Outbox outbox;
  private final Pool pool;

  PostgresRequests(Outbox outbox, Pool pool) {
    this.outbox = outbox;
    this.pool = pool;
  }

  @Override
  public Uni<Void> open(SqlConnection tx, Request request) {
    return write(tx, request);
  }

  @Override
  public Uni<Optional<Verdict>> decide(
      SqlConnection tx, UUID requestId, Function<Request, Verdict> decision) {
    return tx.preparedQuery(ONE + " FOR UPDATE")
        .execute(Tuple.of(requestId))
        .map(rows -> rows.stream().findFirst().map(PostgresRequests::read).map(decision))
        .call(
            verdict ->
                verdict.orElse(null) instanceof Verdict.Moved(var request)
                    ? write(tx, request)
                    : Uni.createFrom().voidItem());
  }

  @Override
  public Uni<Optional<Request>> find(UUID requestId) {
    return pool.preparedQuery(ONE)
        .execute(Tuple.of(requestId))
        .map(rows -> rows.stream().findFirst().map(PostgresRequests::read));
  }

  @Override
  public Uni<Page<Request>> list(Wanted wanted) {
    return pool.preparedQuery(LIST)
        .execute(
            Tuple.tuple()
                .addArrayOfString(
                    wanted.states().stream().map(RequestStep::word).toArray(String[]::new))
                .addString(wanted.objection())
                .addString(wanted.painPoint())
                .addString(wanted.persona())
                .addString(wanted.seller())
                .addUUID(wanted.before())
                .addInteger(wanted.limit() + 1))
        .map(
            rows ->
                Page.of(
                    rows.stream().map(PostgresRequests::read).toList(),
                    wanted.limit(),
                    last -> Cursor.of(last.requestId())));
  }

  private Uni<Void> write(SqlConnection tx, Request request) {
    return tx.preparedQuery(WRITE)
        .execute(
            Tuple.tuple()
                .addUUID(request.requestId())
                .addLong(request.revision())
                .addString(request.state().word())
                .addOffsetDateTime(utc(request.since()))
                .addInteger(request.charterVersion())
                .addOffsetDateTime(utc(request.requestedAt()))
                .addString(request.objection())
                .addString(request.painPoint())
                .addString(request.persona())
                .addString(request.note())
                .addString(request.reply())
                .addString(request.sellerId()))
        .chain(() -> outbox.append(tx, List.of(request.fact())));
  }

  private static Request read(Row row) {
    return new Request(
        row.getUUID("request_id"),
        row.getLong("revision"),
        RequestStep.of(row.getString("state")),
        row.getOffsetDateTime("since").toInstant(),
        row.getInteger("charter_version"),
        row.getOffsetDateTime("requested_at").toInstant(),
        row.getString("objection"),
        row.getString("pain_point"),
        row.getString("persona"),
        row.getString("note"),
        row.getString("reply"),
        row.getString("seller_id"));
  }

  private static OffsetDateTime utc(Instant instant) {
    return instant.atOffset(ZoneOffset.UTC);
  }
}
