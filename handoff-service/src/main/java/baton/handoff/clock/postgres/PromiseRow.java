package baton.handoff.clock.postgres;

import static baton.chassis.database.Columns.column;

import baton.contracts.Json;
import baton.handoff.clock.Promise;
import baton.handoff.clock.State;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.Tuple;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/** A promise as its row, and its row as a promise. */
final class PromiseRow {
  static final String COLUMNS =
      """
      c.subject_id, c.clause_id, c.charter_version, c.state, c.started_at, c.started_by, c.restarted,
      c.mqls_that_day, c.hours, c.due_at, c.warn_at, c.judged_at, c.settled_at\
      """;

  static final String WRITE =
      """
      INSERT INTO clock AS c (subject_id, clause_id, charter_version, state, started_at, started_by,
        restarted, mqls_that_day, hours, due_at, warn_at, judged_at, settled_at)
      SELECT * FROM unnest($1::uuid[], $2::text[], $3::int[], $4::text[], $5::timestamptz[],
        $6::text[], $7::bool[], $8::int[], $9::text[], $10::timestamptz[], $11::timestamptz[],
        $12::timestamptz[], $13::timestamptz[])
      ON CONFLICT (subject_id, clause_id) DO UPDATE SET
        state = excluded.state, started_at = excluded.started_at, started_by = excluded.started_by,
        restarted = excluded.restarted, mqls_that_day = excluded.mqls_that_day,
        hours = excluded.hours, due_at = excluded.due_at, warn_at = excluded.warn_at,
        judged_at = excluded.judged_at, settled_at = excluded.settled_at,
        stuck = CASE WHEN c.started_at IS NOT DISTINCT FROM excluded.started_at THEN c.stuck END
      """;

  private PromiseRow() {}

  static Promise read(Row row) {
    return new Promise(
        row.getUUID("subject_id"),
        row.getString("clause_id"),
        row.getInteger("charter_version"),
        State.named(row.getString("state")),
        instant(row, "started_at"),
        row.getString("started_by"),
        row.getBoolean("restarted"),
        row.getInteger("mqls_that_day"),
        json(row.getString("hours")),
        instant(row, "due_at"),
        instant(row, "warn_at"),
        instant(row, "judged_at"),
        instant(row, "settled_at"));
  }

  static Tuple rows(List<Promise> promises) {
    return Tuple.tuple()
        .addArrayOfUUID(column(promises, Promise::subjectId, UUID[]::new))
        .addArrayOfString(column(promises, Promise::clauseId, String[]::new))
        .addArrayOfInteger(column(promises, Promise::charterVersion, Integer[]::new))
        .addArrayOfString(column(promises, each -> each.state().word(), String[]::new))
        .addArrayOfOffsetDateTime(times(promises, Promise::startedAt))
        .addArrayOfString(column(promises, Promise::startedBy, String[]::new))
        .addArrayOfBoolean(column(promises, Promise::restarted, Boolean[]::new))
        .addArrayOfInteger(column(promises, Promise::mqlsThatDay, Integer[]::new))
        .addArrayOfString(column(promises, PromiseRow::hours, String[]::new))
        .addArrayOfOffsetDateTime(times(promises, Promise::dueAt))
        .addArrayOfOffsetDateTime(times(promises, Promise::warnAt))
        .addArrayOfOffsetDateTime(times(promises, Promise::judgedAt))
        .addArrayOfOffsetDateTime(times(promises, Promise::settledAt));
  }

  /** Which run of which clock it is, and when it is due. */
  static Tuple deadlines(List<Promise> promises) {
    return Tuple.tuple()
        .addArrayOfUUID(column(promises, Promise::subjectId, UUID[]::new))
        .addArrayOfString(column(promises, Promise::clauseId, String[]::new))
        .addArrayOfOffsetDateTime(times(promises, Promise::startedAt))
        .addArrayOfOffsetDateTime(times(promises, Promise::dueAt))
        .addArrayOfOffsetDateTime(times(promises, Promise::warnAt));
  }

  static Stream<Row> stream(RowSet<Row> rows) {
    return StreamSupport.stream(rows.spliterator(), false);
  }

  static @Nullable OffsetDateTime utc(@Nullable Instant instant) {
    return instant == null ? null : instant.atOffset(ZoneOffset.UTC);
  }

  static @Nullable Instant instant(Row row, String column) {
    var at = row.getOffsetDateTime(column);
    return at == null ? null : at.toInstant();
  }

  static @Nullable JsonNode json(@Nullable String text) {
    try {
      return text == null ? null : Json.mapper().readTree(text);
    } catch (JsonProcessingException corrupt) {
      throw new UncheckedIOException(corrupt);
    }
  }

  private static @Nullable String hours(Promise promise) {
    var hours = promise.hours();
    return hours == null ? null : hours.toString();
  }

  static OffsetDateTime[] times(List<Promise> promises, Function<Promise, @Nullable Instant> time) {
    return column(promises, each -> utc(time.apply(each)), OffsetDateTime[]::new);
  }
}
