package baton.handoff.clock.postgres;

import static baton.handoff.clock.postgres.PromiseRow.stream;

import baton.charter.time.ZoneData;
import baton.chassis.charter.Charters;
import baton.handoff.clock.Deadlines;
import baton.handoff.clock.Promise;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

@ApplicationScoped
class PostgresDeadlines implements Deadlines {
  private static final Logger LOG = Logger.getLogger(PostgresDeadlines.class);

  private static final String RULES = "SELECT tzdb_version FROM clock_rules";

  private static final String KEEP_RULES = "UPDATE clock_rules SET tzdb_version = $1";

  private static final String OPEN =
      "SELECT "
          + PromiseRow.COLUMNS
          + """
           FROM clock c
          WHERE c.state = 'running' AND (c.subject_id, c.clause_id) > ($1, $2)
          ORDER BY c.subject_id, c.clause_id LIMIT $3
          """;

  /** Who judged one meanwhile has the last word. */
  private static final String MOVE =
      """
      UPDATE clock c SET due_at = n.due_at, warn_at = CASE WHEN c.warn_at IS NULL THEN NULL ELSE n.warn_at END
      FROM unnest($1::uuid[], $2::text[], $3::timestamptz[], $4::timestamptz[], $5::timestamptz[])
        AS n(subject_id, clause_id, started_at, due_at, warn_at)
      WHERE c.subject_id = n.subject_id AND c.clause_id = n.clause_id
        AND c.started_at = n.started_at AND c.state = 'running'
      """;

  private static final String COUNT_STUCK =
      """
      SELECT (SELECT count(*) FROM clock WHERE stuck IS NOT NULL AND state = 'running')
        + (SELECT count(*) FROM period_clock WHERE stuck IS NOT NULL AND state = 'running')
        + (SELECT count(*) FROM campaign_notice WHERE stuck IS NOT NULL AND state = 'running')
      """;

  private static final String RETRY = "UPDATE clock SET stuck = NULL WHERE stuck IS NOT NULL";

  private static final String RETRY_PERIODS =
      "UPDATE period_clock SET stuck = NULL WHERE stuck IS NOT NULL";

  private static final String RETRY_NOTICES =
      "UPDATE campaign_notice SET stuck = NULL WHERE stuck IS NOT NULL";

  private final Charters charters;

  PostgresDeadlines(Charters charters) {
    this.charters = charters;
  }

  @Override
  public Uni<Optional<Promise>> recompute(SqlConnection tx, @Nullable Promise after, int atMost) {
    var rules = ZoneData.tzdbVersion();
    return tx.query(RULES)
        .execute()
        .chain(
            rows ->
                rules.equals(rows.iterator().next().getString(0))
                    ? Uni.createFrom().item(Optional.<Promise>empty())
                    : recompute(tx, after, atMost, rules));
  }

  private Uni<Optional<Promise>> recompute(
      SqlConnection tx, @Nullable Promise after, int atMost, String rules) {
    return tx.preparedQuery(OPEN)
        .execute(
            Tuple.of(
                after == null ? new UUID(0, 0) : after.subjectId(),
                after == null ? "" : after.clauseId(),
                atMost))
        .map(rows -> stream(rows).map(PromiseRow::read).toList())
        .chain(
            open -> {
              var isLast = open.size() < atMost;
              return move(tx, open.stream().map(this::recomputed).filter(Objects::nonNull).toList())
                  .chain(
                      () ->
                          isLast
                              ? tx.preparedQuery(KEEP_RULES)
                                  .execute(Tuple.of(rules))
                                  .replaceWithVoid()
                              : Uni.createFrom().voidItem())
                  .replaceWith(
                      () -> isLast ? Optional.<Promise>empty() : Optional.of(open.getLast()));
            });
  }

  /** Null where the deadline stays, or can't be computed: whoever judges it says so then. */
  private @Nullable Promise recomputed(Promise promise) {
    try {
      var terms = KnownTerms.of(charters);
      var clause = terms.clause(promise);
      if (clause == null) {
        return null;
      }
      var clock = promise.clock(clause, terms.calendar(promise, clause), List.of());
      var due = clock.due();
      return Objects.equals(due, promise.dueAt()) ? null : promise.due(due, clock.warning());
    } catch (RuntimeException unjudgeable) {
      LOG.errorf(unjudgeable, "%s of %s has no deadline", promise.clauseId(), promise.subjectId());
      return null;
    }
  }

  private static Uni<Void> move(SqlConnection tx, List<Promise> moved) {
    return moved.isEmpty()
        ? Uni.createFrom().voidItem()
        : tx.preparedQuery(MOVE).execute(PromiseRow.deadlines(moved)).replaceWithVoid();
  }

  @Override
  public Uni<Long> stuck(SqlConnection tx) {
    return tx.query(COUNT_STUCK).execute().map(rows -> rows.iterator().next().getLong(0));
  }

  @Override
  public Uni<Void> retry(SqlConnection tx) {
    return tx.query(RETRY)
        .execute()
        .chain(() -> tx.query(RETRY_PERIODS).execute())
        .chain(() -> tx.query(RETRY_NOTICES).execute())
        .replaceWithVoid();
  }
}
