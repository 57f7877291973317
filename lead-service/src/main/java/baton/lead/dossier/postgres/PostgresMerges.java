package baton.lead.dossier.postgres;

import baton.chassis.charter.Charters;
import baton.chassis.paging.Cursor;
import baton.chassis.paging.Page;
import baton.chassis.problem.Problem;
import baton.lead.dossier.Intake;
import baton.lead.dossier.Lead;
import baton.lead.dossier.Likeness;
import baton.lead.dossier.Merge;
import baton.lead.dossier.Merges;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Locks all who are or will be one, decides in memory, writes what was decided. */
@ApplicationScoped
class PostgresMerges implements Merges {
  private static final String MERGES =
      "SELECT id, survivor, absorbed, reason, merged_at, undone_at FROM merge ";

  /** Those of leads that were merged since are no longer asked about. */
  private static final String LIKENESSES =
      """
      SELECT k.lead_id, k.other_id, k.because, k.seen_at
      FROM likeness k
      JOIN lead one ON one.id = k.lead_id
      JOIN lead other ON other.id = k.other_id
      WHERE (k.lead_id, k.other_id) > ($1, $2)
        AND coalesce(one.survivor_id, one.id) <> coalesce(other.survivor_id, other.id)
      ORDER BY k.lead_id, k.other_id LIMIT $3
      """;

  private static final UUID FIRST = new UUID(0, 0);

  private final Pool pool;
  private final Charters charters;
  private final Writing writing;

  PostgresMerges(Pool pool, Charters charters, Writing writing) {
    this.pool = pool;
    this.charters = charters;
    this.writing = writing;
  }

  @Override
  public Uni<Merge> merge(SqlConnection tx, Merge wanted, @Nullable String traceparent) {
    var intake = new Intake(charters::at);
    return PostgresLeads.lock(tx, intake, new UUID[] {wanted.survivor(), wanted.absorbed()})
        .chain(() -> require(tx, intake, wanted.survivor(), Lead.unknown()))
        .chain(
            () ->
                require(
                    tx,
                    intake,
                    wanted.absorbed(),
                    Problem.invalid("/absorb", "no lead has this id")))
        .chain(
            () -> {
              var merge = intake.merge(wanted, traceparent);
              return writing.write(tx, intake).replaceWith(merge);
            });
  }

  /** Who was erased is kept as a row that nobody finds, and can't be merged with anybody. */
  private static Uni<Void> require(
      SqlConnection tx, Intake intake, UUID leadId, Problem otherwise) {
    return intake.known().contains(leadId)
        ? Uni.createFrom().voidItem()
        : tx.preparedQuery("SELECT FROM lead WHERE id = $1")
            .execute(Tuple.of(leadId))
            .invoke(
                rows -> {
                  throw rows.size() == 0
                      ? otherwise
                      : Problem.conflict("Lead " + leadId + " was erased.", "erased");
                })
            .replaceWithVoid();
  }

  @Override
  public Uni<Merge> unmerge(
      SqlConnection tx, UUID leadId, UUID mergeId, Instant at, @Nullable String traceparent) {
    var intake = new Intake(charters::at);
    return tx.preparedQuery(MERGES + "WHERE id = $1")
        .execute(Tuple.of(mergeId))
        .map(rows -> rows.stream().map(PostgresMerges::merge).toList())
        .chain(
            found ->
                PostgresLeads.lock(tx, intake, leads(leadId, found))
                    .chain(() -> require(tx, intake, leadId, Lead.unknown()))
                    .invoke(
                        () -> {
                          if (found.isEmpty() || !isOf(found.getFirst(), leadId, intake)) {
                            throw Problem.invalid("/mergeId", "no merge of this lead has this id");
                          }
                        })
                    .chain(() -> require(tx, intake, found.getFirst().survivor(), Lead.unknown()))
                    .chain(() -> require(tx, intake, found.getFirst().absorbed(), Lead.unknown()))
                    .chain(() -> unmerge(tx, intake, mergeId, at, traceparent)));
  }

  private static UUID[] leads(UUID leadId, List<Merge> merges) {
    return Stream.concat(
            Stream.of(leadId),
            merges.stream().flatMap(merge -> Stream.of(merge.survivor(), merge.absorbed())))
        .distinct()
        .toArray(UUID[]::new);
  }

  /** It can be undone at either lead, and at whoever they count under now. */
  private static boolean isOf(Merge merge, UUID leadId, Intake intake) {
    return leadId.equals(merge.survivor())
        || leadId.equals(merge.absorbed())
        || intake.isKeptBy(merge.absorbed(), leadId);
  }

  /** What stands is read only now that all leads it is about are held. */
  private Uni<Merge> unmerge(
      SqlConnection tx, Intake intake, UUID mergeId, Instant at, @Nullable String traceparent) {
    return tx.preparedQuery(MERGES + "WHERE id = $1 OR (undone_at IS NULL AND absorbed = ANY ($2))")
        .execute(Tuple.of(mergeId, intake.known().toArray(UUID[]::new)))
        .chain(
            rows -> {
              var merges = rows.stream().map(PostgresMerges::merge).toList();
              var merge =
                  merges.stream()
                      .filter(one -> one.mergeId().equals(mergeId))
                      .findFirst()
                      .orElseThrow();
              var undone = intake.unmerge(merge, merges, at, traceparent);
              return writing.write(tx, intake).replaceWith(undone);
            });
  }

  @Override
  public Uni<List<Merge>> of(UUID leadId) {
    return pool.preparedQuery(
            MERGES + "WHERE survivor = $1 OR absorbed = $1 ORDER BY merged_at, id")
        .execute(Tuple.of(leadId))
        .map(rows -> rows.stream().map(PostgresMerges::merge).toList())
        .call(
            merges ->
                !merges.isEmpty()
                    ? Uni.createFrom().voidItem()
                    : pool.preparedQuery("SELECT FROM lead WHERE id = $1")
                        .execute(Tuple.of(leadId))
                        .invoke(
                            rows -> {
                              if (rows.size() == 0) {
                                throw Lead.unknown();
                              }
                            }));
  }

  @Override
  public Uni<Page<Likeness>> likenesses(List<String> cursor, int limit) {
    boolean first = cursor.isEmpty();
    return pool.preparedQuery(LIKENESSES)
        .execute(
            Tuple.of(
                first ? FIRST : Cursor.id(cursor, 0),
                first ? FIRST : Cursor.id(cursor, 1),
                limit + 1))
        .map(
            rows ->
                Page.of(
                    rows.stream().map(PostgresMerges::likeness).toList(),
                    limit,
                    last -> Cursor.of(last.leadId(), last.otherId())));
  }

  private static Likeness likeness(Row row) {
    return new Likeness(
        row.getUUID("lead_id"),
        row.getUUID("other_id"),
        Likeness.Because.valueOf(row.getString("because").toUpperCase(Locale.ROOT)),
        LeadRow.instant(row, "seen_at"));
  }

  private static Merge merge(Row row) {
    var undone = row.getOffsetDateTime("undone_at");
    return new Merge(
        row.getUUID("id"),
        row.getUUID("survivor"),
        row.getUUID("absorbed"),
        Merge.Reason.valueOf(row.getString("reason").toUpperCase(Locale.ROOT)),
        LeadRow.instant(row, "merged_at"),
        undone == null ? null : undone.toInstant());
  }
}
