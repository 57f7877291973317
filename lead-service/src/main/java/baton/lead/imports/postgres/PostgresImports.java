package baton.lead.imports.postgres;

import baton.chassis.audit.Audit;
import baton.chassis.database.Purge;
import baton.chassis.database.Transactions;
import baton.chassis.json.KeptJson;
import baton.chassis.mapping.MappingBody;
import baton.chassis.table.Columns;
import baton.chassis.table.Dialect;
import baton.lead.dossier.PersonalData;
import baton.lead.dossier.Retractions;
import baton.lead.dossier.Subject;
import baton.lead.imports.Import;
import baton.lead.imports.Import.Pace;
import baton.lead.imports.Import.Progress;
import baton.lead.imports.Import.State;
import baton.lead.imports.Import.Undone;
import baton.lead.imports.Imports;
import baton.lead.imports.RowIds;
import com.fasterxml.jackson.core.type.TypeReference;
import io.quarkus.runtime.StartupEvent;
import io.smallrye.mutiny.Uni;
import io.vertx.core.buffer.Buffer;
import io.vertx.mutiny.core.Vertx;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

@ApplicationScoped
class PostgresImports implements Imports, PersonalData {
  private static final String COLUMNS =
      """
      id, state, key_id, source, file, mapping_name, mapping, dialect, columns, received_at, bytes,
      started_at, finished_at, problem, rows, bytes_read, fresh, recognised, unchanged, rejected,
      undone_to, retracted, kept, taken_at, rows_at_taken, progressed_at
      """;
  private static final String OPEN =
      """
      INSERT INTO lead_import
        (id, state, key_id, source, file, mapping_name, mapping, dialect, columns, received_at)
      VALUES ($1, 'receiving', $2, $3, $4, $5, $6, $7, $8, $9)
      """;
  private static final String KEEP =
      "INSERT INTO import_chunk (import_id, number, bytes) VALUES ($1, $2, $3)";
  private static final String RECEIVED =
      "UPDATE lead_import SET state = 'waiting', bytes = $2 WHERE id = $1";
  private static final String FORGET = "DELETE FROM lead_import WHERE id = $1";
  private static final String FIND = "SELECT " + COLUMNS + " FROM lead_import WHERE id = $1";
  private static final String LIST =
      "SELECT "
          + COLUMNS
          + " FROM lead_import WHERE $1::uuid IS NULL OR id < $1 ORDER BY id DESC LIMIT $2";
  private static final String TAKE =
      """
      UPDATE lead_import
      SET worker = $1, lease_until = now() + interval '1 minute', taken_at = now(),
          rows_at_taken = rows, started_at = coalesce(started_at, now()),
          state = CASE state WHEN 'waiting' THEN 'running' ELSE state END
      WHERE id = (
        SELECT id FROM lead_import
        WHERE state IN ('waiting', 'running', 'undoing')
          AND (lease_until IS NULL OR lease_until < now())
        ORDER BY id LIMIT 1 FOR UPDATE SKIP LOCKED)
      RETURNING
      """
          + COLUMNS;
  private static final String LEAVE =
      "UPDATE lead_import SET worker = NULL, lease_until = NULL WHERE id = $1 AND worker = $2";
  private static final String PIECE =
      "SELECT bytes FROM import_chunk WHERE import_id = $1 AND number = $2";
  private static final String PROGRESS =
      """
      UPDATE lead_import
      SET rows = $3, bytes_read = $4, fresh = $5, recognised = $6, unchanged = $7, rejected = $8,
          progressed_at = now(), lease_until = now() + interval '1 minute'
      WHERE id = $1 AND worker = $2 RETURNING state
      """;
  private static final String REJECT =
      """
      INSERT INTO import_reject (import_id, line, reasons, cells, about)
      SELECT $1, line, reasons, cells,
        CASE about WHEN '' THEN '{}' ELSE string_to_array(about, ' ')::uuid[] END
      FROM unnest($2::bigint[], $3::text[], $4::text[], $5::text[])
        AS given (line, reasons, cells, about)
      ON CONFLICT DO NOTHING
      """;
  private static final String FINISH =
      """
      UPDATE lead_import
      SET state = $3, finished_at = now(), problem = $4, worker = NULL, lease_until = NULL
      WHERE id = $1 AND worker = $2 AND (state = 'undoing') = ($3 = 'undone')
      """;
  private static final String EMPTY =
      """
      DELETE FROM import_chunk WHERE (import_id, number) IN (
        SELECT import_id, number FROM import_chunk WHERE import_id = $1 LIMIT %d)
      """
          .formatted(Purge.BATCH);
  private static final String ERASED = "SELECT about FROM import_erased WHERE import_id = $1";
  private static final String FORGET_ERASED = "DELETE FROM import_erased WHERE import_id = $1";
  private static final String TELL =
      "SELECT import_id, line, cells FROM import_reject WHERE about && $1 ORDER BY import_id, line";

  /** The row stays for what is counted. */
  private static final String SCRUB =
      "UPDATE import_reject SET cells = '[]', about = '{}' WHERE about && $1";

  /** Files that aren't read yet, or not to their end, may have more of them. */
  private static final String REMEMBER =
      """
      INSERT INTO import_erased (import_id, about)
      SELECT id, about FROM lead_import CROSS JOIN unnest($1::uuid[]) AS about
      WHERE state IN ('receiving', 'waiting', 'running')
      ON CONFLICT DO NOTHING
      """;

  private static final String REJECTS =
      """
      SELECT line, reasons, cells FROM import_reject
      WHERE import_id = $1 AND line > $2 ORDER BY line LIMIT $3
      """;
  private static final String UNDO =
      """
      UPDATE lead_import
      SET state = CASE WHEN state = 'undone' THEN state ELSE 'undoing' END
      WHERE id = $1 AND state <> 'receiving' RETURNING
      """
          + COLUMNS;
  private static final String UNDONE_SO_FAR =
      """
      UPDATE lead_import
      SET undone_to = $3, retracted = retracted + $4, kept = kept + $5,
          lease_until = now() + interval '1 minute'
      WHERE id = $1 AND worker = $2
      """;
  private static final String BECAME =
      """
      INSERT INTO import_undone (import_id, lead_id, retracted)
      SELECT $1, lead_id, retracted
      FROM unnest($2::uuid[], $3::boolean[]) AS given (lead_id, retracted)
      """;
  private static final String UNDONE =
      """
      SELECT lead_id, retracted FROM import_undone
      WHERE import_id = $1 AND ($2::uuid IS NULL OR lead_id > $2) ORDER BY lead_id LIMIT $3
      """;

  /** Cells hold what people typed; nobody mends a file of last month. */
  private static final String FORGET_REJECTS =
      """
      DELETE FROM import_reject WHERE (import_id, line) IN (
        SELECT import_id, line FROM import_reject JOIN lead_import ON id = import_id
        WHERE finished_at < now() - interval '30 days' LIMIT %d)
      """
          .formatted(Purge.BATCH);

  private static final String FORGET_FILES =
      """
      DELETE FROM import_chunk WHERE (import_id, number) IN (
        SELECT import_id, number FROM import_chunk JOIN lead_import ON id = import_id
        WHERE state IN ('done', 'failed', 'undone') LIMIT %d)
      """
          .formatted(Purge.BATCH);

  private static final String FORGET_TORN =
      """
      DELETE FROM lead_import WHERE id IN (
        SELECT id FROM lead_import
        WHERE state = 'receiving' AND received_at < now() - interval '1 day' LIMIT %d)
      """
          .formatted(Purge.BATCH);

  /** A row that was refused, as it is told to whom it is about. */
  private record RefusedRow(UUID importId, long line, List<String> cells) {}

  private final Transactions transactions;
  private final Retractions retractions;
  private final Audit audit;
  private final Vertx vertx;

  PostgresImports(Transactions transactions, Retractions retractions, Audit audit, Vertx vertx) {
    this.transactions = transactions;
    this.retractions = retractions;
    this.audit = audit;
    this.vertx = vertx;
  }

  void forgetting(@Observes StartupEvent started) {
    for (var statement : List.of(FORGET_REJECTS, FORGET_FILES, FORGET_TORN)) {
      Purge.nowAndThen(
          vertx,
          "parts of imports",
          () -> Purge.inBatches(() -> run(statement, Tuple.tuple()).map(rows -> rows.rowCount())));
    }
  }

  @Override
  public Uni<Void> open(Import job) {
    var mapping = job.mappingName();
    return transactions.run(
        tx ->
            tx.preparedQuery(OPEN)
                .execute(
                    Tuple.tuple()
                        .addUUID(job.importId())
                        .addString(job.keyId())
                        .addString(job.source())
                        .addString(job.file())
                        .addString(mapping)
                        .addString(KeptJson.of(job.mapping()))
                        .addString(KeptJson.of(job.dialect()))
                        .addString(KeptJson.of(job.columns().names()))
                        .addOffsetDateTime(job.receivedAt().atOffset(ZoneOffset.UTC)))
                .chain(
                    () ->
                        audit.note(
                            tx,
                            "import.begun",
                            job.importId().toString(),
                            mapping == null ? Map.of() : Map.of("mapping", mapping))));
  }

  @Override
  public Uni<Void> keep(UUID importId, int number, byte[] piece) {
    return run(KEEP, Tuple.of(importId, number, Buffer.buffer(piece))).replaceWithVoid();
  }

  @Override
  public Uni<Void> received(UUID importId, long bytes) {
    return run(RECEIVED, Tuple.of(importId, bytes)).replaceWithVoid();
  }

  @Override
  public Uni<Void> forget(UUID importId) {
    return empty(importId).chain(() -> run(FORGET, Tuple.of(importId))).replaceWithVoid();
  }

  @Override
  public Uni<Optional<Import>> find(UUID importId) {
    return one(FIND, Tuple.of(importId));
  }

  @Override
  public Uni<List<Import>> list(@Nullable UUID before, int limit) {
    return run(LIST, Tuple.of(before, limit))
        .map(rows -> rows.stream().map(PostgresImports::job).toList());
  }

  @Override
  public Uni<Optional<Import>> take(UUID worker) {
    return one(TAKE, Tuple.of(worker));
  }

  @Override
  public Uni<Void> leave(UUID importId, UUID worker) {
    return run(LEAVE, Tuple.of(importId, worker)).replaceWithVoid();
  }

  @Override
  public Uni<Optional<byte[]>> piece(UUID importId, int number) {
    return run(PIECE, Tuple.of(importId, number))
        .map(rows -> rows.stream().map(row -> row.getBuffer(0).getBytes()).findAny());
  }

  @Override
  public Uni<Optional<State>> progress(
      UUID importId, UUID worker, Progress progress, List<Reject> rejects) {
    return transactions.run(
        tx ->
            tx.preparedQuery(PROGRESS)
                .execute(
                    Tuple.tuple()
                        .addUUID(importId)
                        .addUUID(worker)
                        .addLong(progress.rows())
                        .addLong(progress.bytes())
                        .addLong(progress.fresh())
                        .addLong(progress.recognised())
                        .addLong(progress.unchanged())
                        .addLong(progress.rejected()))
                .map(rows -> rows.stream().map(row -> State.of(row.getString(0))).findAny())
                .call(
                    state ->
                        state.isEmpty() || rejects.isEmpty()
                            ? Uni.createFrom().voidItem()
                            : reject(tx, importId, rejects)));
  }

  private static Uni<Void> reject(SqlConnection tx, UUID importId, List<Reject> rejects) {
    return tx.preparedQuery(REJECT)
        .execute(
            Tuple.of(
                importId,
                rejects.stream().map(Reject::line).toArray(Long[]::new),
                rejects.stream().map(one -> KeptJson.of(one.reasons())).toArray(String[]::new),
                rejects.stream().map(one -> KeptJson.of(one.cells())).toArray(String[]::new),
                rejects.stream().map(PostgresImports::about).toArray(String[]::new)))
        .replaceWithVoid();
  }

  private static String about(Reject reject) {
    return reject.about().stream().map(UUID::toString).collect(Collectors.joining(" "));
  }

  @Override
  public Uni<Set<UUID>> erased(UUID importId) {
    return run(ERASED, Tuple.of(importId))
        .map(rows -> rows.stream().map(row -> row.getUUID(0)).collect(Collectors.toSet()));
  }

  @Override
  public Uni<Map<String, List<?>>> tell(SqlConnection tx, Subject subject) {
    return tx.preparedQuery(TELL)
        .execute(named(subject))
        .map(
            rows ->
                rows.size() == 0
                    ? Map.of()
                    : Map.of("refusedRows", rows.stream().map(PostgresImports::refused).toList()));
  }

  @Override
  public Uni<Map<String, Integer>> erase(SqlConnection tx, Subject subject) {
    return tx.preparedQuery(REMEMBER)
        .execute(named(subject))
        .chain(() -> tx.preparedQuery(SCRUB).execute(named(subject)))
        .map(rows -> rows.rowCount() == 0 ? Map.of() : Map.of("refusedRows", rows.rowCount()));
  }

  private static Tuple named(Subject subject) {
    return Tuple.tuple().addArrayOfUUID(subject.names().toArray(UUID[]::new));
  }

  private static RefusedRow refused(Row row) {
    return new RefusedRow(
        row.getUUID("import_id"),
        row.getLong("line"),
        KeptJson.read(row.getString("cells"), new TypeReference<List<String>>() {}));
  }

  @Override
  public Uni<Boolean> finish(UUID importId, UUID worker, State end, @Nullable String problem) {
    return run(FINISH, Tuple.of(importId, worker, end.word(), problem))
        .chain(
            rows ->
                rows.rowCount() == 0
                    ? Uni.createFrom().item(false)
                    : empty(importId).replaceWith(true));
  }

  private Uni<Void> empty(UUID importId) {
    return Purge.inBatches(() -> run(EMPTY, Tuple.of(importId)).map(rows -> rows.rowCount()))
        .chain(() -> run(FORGET_ERASED, Tuple.of(importId)))
        .replaceWithVoid();
  }

  @Override
  public Uni<List<Reject>> rejects(UUID importId, long afterLine, int limit) {
    return run(REJECTS, Tuple.of(importId, afterLine, limit))
        .map(rows -> rows.stream().map(PostgresImports::rejected).toList());
  }

  private static Reject rejected(Row row) {
    var words = new TypeReference<List<String>>() {};
    return new Reject(
        row.getLong("line"),
        KeptJson.read(row.getString("reasons"), words),
        KeptJson.read(row.getString("cells"), words),
        Set.of());
  }

  @Override
  public Uni<Optional<Import>> undo(UUID importId) {
    return transactions.run(
        tx ->
            one(tx, UNDO, Tuple.of(importId))
                .call(
                    asked ->
                        asked.isEmpty()
                            ? Uni.createFrom().voidItem()
                            : audit.note(tx, "import.undone", importId.toString())));
  }

  @Override
  public Uni<Boolean> undoNext(Import job, UUID worker, int limit, Instant at) {
    var ids = new RowIds(job.importId());
    return transactions.run(
        tx ->
            one(tx, FIND, Tuple.of(job.importId()))
                .map(now -> now.map(Import::undone).map(Undone::to).orElse(ids.first()))
                .chain(to -> retractions.between(tx, to, ids.last(), limit))
                .chain(found -> undo(tx, job, worker, ids, found, at).replaceWith(found))
                .map(found -> found.size() == limit));
  }

  private Uni<Void> undo(
      SqlConnection tx, Import job, UUID worker, RowIds ids, List<UUID> found, Instant at) {
    if (found.isEmpty()) {
      return Uni.createFrom().voidItem();
    }
    var own = found.stream().filter(ids::has).toList();
    var lastFact = Optional.ofNullable(job.pace().progressedAt()).orElse(job.receivedAt());
    return retractions
        .retract(tx, own, ids.ending(), lastFact, job.importId(), at)
        .chain(gone -> became(tx, job, worker, own, gone, found.getLast()));
  }

  private static Uni<Void> became(
      SqlConnection tx, Import job, UUID worker, List<UUID> own, Set<UUID> gone, UUID to) {
    return tx.preparedQuery(UNDONE_SO_FAR)
        .execute(
            Tuple.of(
                job.importId(), worker, to, (long) gone.size(), (long) own.size() - gone.size()))
        .invoke(
            rows -> {
              if (rows.rowCount() == 0) {
                throw new IllegalStateException("somebody else works on this import");
              }
            })
        .chain(
            () ->
                tx.preparedQuery(BECAME)
                    .execute(
                        Tuple.of(
                            job.importId(),
                            own.toArray(UUID[]::new),
                            own.stream().map(gone::contains).toArray(Boolean[]::new))))
        .replaceWithVoid();
  }

  @Override
  public Uni<List<Outcome>> undone(UUID importId, @Nullable UUID after, int limit) {
    return run(UNDONE, Tuple.of(importId, after, limit))
        .map(
            rows ->
                rows.stream().map(row -> new Outcome(row.getUUID(0), row.getBoolean(1))).toList());
  }

  private Uni<RowSet<Row>> run(String statement, Tuple values) {
    return transactions.single(connection -> connection.preparedQuery(statement).execute(values));
  }

  private Uni<Optional<Import>> one(String statement, Tuple values) {
    return transactions.single(connection -> one(connection, statement, values));
  }

  private static Uni<Optional<Import>> one(SqlConnection on, String statement, Tuple values) {
    return on.preparedQuery(statement)
        .execute(values)
        .map(rows -> rows.stream().map(PostgresImports::job).findAny());
  }

  private static Import job(Row row) {
    return new Import(
        row.getUUID("id"),
        State.of(row.getString("state")),
        row.getString("key_id"),
        row.getString("source"),
        row.getString("file"),
        row.getString("mapping_name"),
        KeptJson.read(row.getString("mapping"), new TypeReference<MappingBody>() {}),
        KeptJson.read(row.getString("dialect"), new TypeReference<Dialect>() {}),
        new Columns(KeptJson.read(row.getString("columns"), new TypeReference<List<String>>() {})),
        Objects.requireNonNull(time(row, "received_at")),
        row.getLong("bytes"),
        time(row, "started_at"),
        time(row, "finished_at"),
        row.getString("problem"),
        new Progress(
            row.getLong("rows"),
            row.getLong("bytes_read"),
            row.getLong("fresh"),
            row.getLong("recognised"),
            row.getLong("unchanged"),
            row.getLong("rejected")),
        new Pace(time(row, "taken_at"), row.getLong("rows_at_taken"), time(row, "progressed_at")),
        new Undone(row.getUUID("undone_to"), row.getLong("retracted"), row.getLong("kept")));
  }

  private static @Nullable Instant time(Row row, String column) {
    var time = row.getOffsetDateTime(column);
    return time == null ? null : time.toInstant();
  }
}
