package baton.feedback.comment.postgres;

import baton.chassis.paging.Cursor;
import baton.chassis.paging.Page;
import baton.feedback.comment.Comment;
import baton.feedback.comment.Comments;
import baton.feedback.lead.HoldsWords;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

@ApplicationScoped
class PostgresComments implements Comments, HoldsWords {
  private static final String KNOWN =
      """
      SELECT coalesce(bool_or(seller_id = $2), true) AS known
      FROM handoff WHERE lead_id = $1 AND seller_id IS NOT NULL
      """;
  private static final String WRITE =
      """
      INSERT INTO comment (comment_id, lead_id, role, key_id, seller_id, text, occurred_at)
      VALUES ($1, $2, $3, $4, $5,
        CASE WHEN EXISTS (SELECT FROM erased_lead WHERE erased_lead.lead_id = $2) THEN '' ELSE $6 END,
        $7)
      """;
  private static final String ERASED =
      "UPDATE comment SET text = '' WHERE lead_id = ANY($1) RETURNING comment_id";
  private static final String ABOUT =
      """
      SELECT * FROM comment WHERE lead_id = $1 AND ($2::uuid IS NULL OR comment_id > $2)
      ORDER BY comment_id LIMIT $3
      """;

  private final Pool pool;

  PostgresComments(Pool pool) {
    this.pool = pool;
  }

  @Override
  public Uni<Boolean> isKnown(UUID leadId, @Nullable String sellerId) {
    return sellerId == null
        ? Uni.createFrom().item(true)
        : pool.preparedQuery(KNOWN)
            .execute(Tuple.of(leadId, sellerId))
            .map(rows -> rows.iterator().next().getBoolean("known"));
  }

  @Override
  public Uni<Void> write(SqlConnection tx, Comment comment) {
    return tx.preparedQuery(WRITE)
        .execute(
            Tuple.tuple()
                .addUUID(comment.commentId())
                .addUUID(comment.leadId())
                .addString(comment.role())
                .addString(comment.keyId())
                .addString(comment.sellerId())
                .addString(comment.text())
                .addOffsetDateTime(comment.occurredAt().atOffset(ZoneOffset.UTC)))
        .replaceWithVoid();
  }

  @Override
  public Uni<List<UUID>> erased(SqlConnection tx, Collection<UUID> leadIds) {
    return tx.preparedQuery(ERASED)
        .execute(Tuple.tuple().addArrayOfUUID(leadIds.toArray(UUID[]::new)))
        .map(rows -> rows.stream().map(row -> row.getUUID("comment_id")).toList());
  }

  @Override
  public Uni<Page<Comment>> about(UUID leadId, @Nullable UUID after, int limit) {
    return pool.preparedQuery(ABOUT)
        .execute(Tuple.of(leadId, after, limit + 1))
        .map(
            rows ->
                Page.of(
                    rows.stream().map(PostgresComments::read).toList(),
                    limit,
                    last -> Cursor.of(last.commentId())));
  }

  private static Comment read(Row row) {
    return new Comment(
        row.getUUID("comment_id"),
        row.getUUID("lead_id"),
        row.getString("role"),
        row.getString("key_id"),
        row.getString("seller_id"),
        row.getString("text"),
        row.getOffsetDateTime("occurred_at").toInstant());
  }
}
