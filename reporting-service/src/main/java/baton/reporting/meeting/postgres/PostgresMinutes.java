package baton.reporting.meeting.postgres;

import baton.chassis.database.Transactions;
import baton.reporting.meeting.Attendance;
import baton.reporting.meeting.Decision;
import baton.reporting.meeting.Minutes;
import baton.reporting.meeting.Week;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

@ApplicationScoped
class PostgresMinutes implements Minutes {
  private static final String DECIDE =
      """
      INSERT INTO meeting_decision (decision_id, week, text, owner, due, decided_at)
      VALUES ($1, $2, $3, $4, $5, $6)
      """;

  private static final String DONE =
      """
      UPDATE meeting_decision SET done_at = coalesce(done_at, $3)
       WHERE decision_id = $1 AND week = $2 RETURNING *
      """;

  private static final String DECISIONS =
      """
      SELECT * FROM meeting_decision
       WHERE week = $1 OR week < $1 AND (done_at IS NULL OR done_at >= $2)
       ORDER BY due, decision_id
      """;

  private static final String ATTENDED =
      """
      INSERT INTO meeting_attendance (week, marketing, sales) VALUES ($1, $2, $3)
      ON CONFLICT (week) DO UPDATE SET marketing = excluded.marketing, sales = excluded.sales
      """;

  private static final String ATTENDANCE =
      "SELECT marketing, sales FROM meeting_attendance WHERE week = $1";

  private final Transactions transactions;

  PostgresMinutes(Transactions transactions) {
    this.transactions = transactions;
  }

  @Override
  public Uni<Void> decide(SqlConnection tx, Decision decision) {
    return tx.preparedQuery(DECIDE)
        .execute(
            Tuple.tuple()
                .addUUID(decision.id())
                .addLocalDate(decision.week().from())
                .addString(decision.text())
                .addString(decision.owner())
                .addLocalDate(decision.due())
                .addOffsetDateTime(decision.decidedAt().atOffset(ZoneOffset.UTC)))
        .replaceWithVoid();
  }

  @Override
  public Uni<Optional<Decision>> done(Week week, UUID decision, Instant at) {
    return transactions
        .single(
            connection ->
                connection
                    .preparedQuery(DONE)
                    .execute(Tuple.of(decision, week.from(), at.atOffset(ZoneOffset.UTC))))
        .map(rows -> rows.stream().map(PostgresMinutes::decision).findFirst());
  }

  @Override
  public Uni<List<Decision>> decisions(Week week, Instant begins) {
    return transactions
        .single(
            connection ->
                connection
                    .preparedQuery(DECISIONS)
                    .execute(Tuple.of(week.from(), begins.atOffset(ZoneOffset.UTC))))
        .map(rows -> rows.stream().map(PostgresMinutes::decision).toList());
  }

  private static Decision decision(Row row) {
    var done = row.getOffsetDateTime("done_at");
    return new Decision(
        row.getUUID("decision_id"),
        new Week(row.getLocalDate("week")),
        row.getString("text"),
        row.getString("owner"),
        row.getLocalDate("due"),
        row.getOffsetDateTime("decided_at").toInstant(),
        done == null ? null : done.toInstant());
  }

  @Override
  public Uni<Void> attended(Week week, Attendance attendance) {
    return transactions
        .single(
            connection ->
                connection
                    .preparedQuery(ATTENDED)
                    .execute(
                        Tuple.tuple()
                            .addLocalDate(week.from())
                            .addArrayOfString(attendance.marketing().toArray(String[]::new))
                            .addArrayOfString(attendance.sales().toArray(String[]::new))))
        .replaceWithVoid();
  }

  @Override
  public Uni<Attendance> attendance(Week week) {
    return transactions
        .single(connection -> connection.preparedQuery(ATTENDANCE).execute(Tuple.of(week.from())))
        .map(
            rows ->
                rows.stream()
                    .map(
                        row ->
                            new Attendance(
                                List.of(row.getArrayOfStrings("marketing")),
                                List.of(row.getArrayOfStrings("sales"))))
                    .findFirst()
                    .orElse(Attendance.NOBODY));
  }
}
