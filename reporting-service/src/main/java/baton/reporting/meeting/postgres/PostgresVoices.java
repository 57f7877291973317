package baton.reporting.meeting.postgres;

import static baton.chassis.database.Columns.column;

import baton.chassis.database.Transactions;
import baton.contracts.BreachStep;
import baton.contracts.ContentRequest;
import baton.contracts.LeadFeedback;
import baton.contracts.RequestStep;
import baton.contracts.Side;
import baton.contracts.SlaBreach;
import baton.reporting.meeting.Voices;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.function.Function;

/** Of each fact the highest revision. */
@ApplicationScoped
class PostgresVoices implements Voices {
  /** Stands between the objections of one feedback, and in none of them. */
  private static final String BETWEEN = "\u001f";

  private static final String RATED =
      """
      INSERT INTO objection_heard AS o (feedback_id, revision, occurred_at, objections)
      SELECT DISTINCT ON (id) id, revision, at, coalesce(string_to_array(said, chr(31)), '{}')
        FROM unnest($1::uuid[], $2::bigint[], $3::timestamptz[], $4::text[])
          AS n(id, revision, at, said)
       ORDER BY id, revision DESC
      ON CONFLICT (feedback_id) DO UPDATE SET revision = excluded.revision,
        occurred_at = excluded.occurred_at, objections = excluded.objections
      WHERE o.revision < excluded.revision
      """;

  private static final String ASKED =
      """
      INSERT INTO content_wanted AS c (request_id, revision, step, objection)
      SELECT DISTINCT ON (id) id, revision, step, objection
        FROM unnest($1::uuid[], $2::bigint[], $3::text[], $4::text[])
          AS n(id, revision, step, objection)
       ORDER BY id, revision DESC
      ON CONFLICT (request_id) DO UPDATE SET revision = excluded.revision, step = excluded.step,
        objection = excluded.objection
      WHERE c.revision < excluded.revision
      """;

  private static final String DISPUTED =
      """
      INSERT INTO breach_disputed AS d (breach_id, revision, clause_id, owed_by, step, since)
      SELECT DISTINCT ON (id) id, revision, clause_id, owed_by, step, since
        FROM unnest($1::uuid[], $2::bigint[], $3::text[], $4::text[], $5::text[], $6::timestamptz[])
          AS n(id, revision, clause_id, owed_by, step, since)
       ORDER BY id, revision DESC
      ON CONFLICT (breach_id) DO UPDATE SET revision = excluded.revision, step = excluded.step,
        since = excluded.since
      WHERE d.revision < excluded.revision
      """;

  private static final String OBJECTIONS =
      """
      SELECT said AS objection, count(*) FILTER (WHERE occurred_at >= $2) AS times,
             count(*) FILTER (WHERE occurred_at < $2) AS before
        FROM objection_heard, unnest(objections) AS said
       WHERE occurred_at >= $1 AND occurred_at < $3
       GROUP BY said ORDER BY times DESC, before DESC, said
      """;

  private static final String WANTED =
      "SELECT objection, step, count(*) AS many FROM content_wanted GROUP BY objection, step"
          + " ORDER BY objection, step";

  private static final String DISPUTES =
      """
      SELECT clause_id, owed_by, step, count(*) AS many FROM breach_disputed
       WHERE since < $2 AND (since >= $1 OR step = 'disputed')
       GROUP BY clause_id, owed_by, step ORDER BY owed_by, clause_id, step
      """;

  private final Transactions transactions;

  PostgresVoices(Transactions transactions) {
    this.transactions = transactions;
  }

  @Override
  public Uni<Void> rated(SqlConnection tx, List<LeadFeedback> feedback) {
    return tx.preparedQuery(RATED)
        .execute(
            Tuple.tuple()
                .addArrayOfUUID(column(feedback, LeadFeedback::feedbackId, UUID[]::new))
                .addArrayOfLong(column(feedback, LeadFeedback::revision, Long[]::new))
                .addArrayOfOffsetDateTime(
                    column(feedback, each -> utc(each.occurredAt()), OffsetDateTime[]::new))
                .addArrayOfString(
                    column(
                        feedback, each -> String.join(BETWEEN, each.objections()), String[]::new)))
        .replaceWithVoid();
  }

  @Override
  public Uni<Void> asked(SqlConnection tx, List<ContentRequest> requests) {
    var about = requests.stream().filter(request -> request.objection() != null).toList();
    return about.isEmpty()
        ? Uni.createFrom().voidItem()
        : tx.preparedQuery(ASKED)
            .execute(
                Tuple.tuple()
                    .addArrayOfUUID(column(about, ContentRequest::requestId, UUID[]::new))
                    .addArrayOfLong(column(about, ContentRequest::revision, Long[]::new))
                    .addArrayOfString(column(about, each -> each.step().word(), String[]::new))
                    .addArrayOfString(
                        column(
                            about,
                            each -> Objects.requireNonNullElse(each.objection(), ""),
                            String[]::new)))
            .replaceWithVoid();
  }

  @Override
  public Uni<Void> disputed(SqlConnection tx, List<SlaBreach> breaches) {
    return breaches.isEmpty()
        ? Uni.createFrom().voidItem()
        : tx.preparedQuery(DISPUTED)
            .execute(
                Tuple.tuple()
                    .addArrayOfUUID(column(breaches, SlaBreach::breachId, UUID[]::new))
                    .addArrayOfLong(column(breaches, SlaBreach::revision, Long[]::new))
                    .addArrayOfString(column(breaches, SlaBreach::clauseId, String[]::new))
                    .addArrayOfString(column(breaches, each -> each.owedBy().word(), String[]::new))
                    .addArrayOfString(column(breaches, each -> each.step().word(), String[]::new))
                    .addArrayOfOffsetDateTime(
                        column(breaches, each -> utc(each.occurredAt()), OffsetDateTime[]::new)))
            .replaceWithVoid();
  }

  @Override
  public Uni<List<Objection>> objections(Instant before, Instant from, Instant to) {
    return read(
        OBJECTIONS,
        Tuple.of(utc(before), utc(from), utc(to)),
        row ->
            new Objection(row.getString("objection"), row.getLong("times"), row.getLong("before")));
  }

  @Override
  public Uni<List<Wanted>> wanted() {
    return read(
        WANTED,
        Tuple.tuple(),
        row ->
            new Wanted(
                row.getString("objection"),
                RequestStep.of(row.getString("step")),
                row.getLong("many")));
  }

  @Override
  public Uni<List<Disputed>> disputes(Instant from, Instant to) {
    return read(
        DISPUTES,
        Tuple.of(utc(from), utc(to)),
        row ->
            new Disputed(
                row.getString("clause_id"),
                Side.of(row.getString("owed_by")),
                BreachStep.of(row.getString("step")),
                row.getLong("many")));
  }

  private <T> Uni<List<T>> read(String statement, Tuple parameters, Function<Row, T> of) {
    return transactions
        .single(connection -> connection.preparedQuery(statement).execute(parameters))
        .map((RowSet<Row> rows) -> rows.stream().map(of).toList());
  }

  private static OffsetDateTime utc(Instant instant) {
    return instant.atOffset(ZoneOffset.UTC);
  }
}
