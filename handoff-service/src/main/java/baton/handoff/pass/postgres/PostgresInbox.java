package baton.handoff.pass.postgres;

import baton.chassis.kin.Kin;
import baton.handoff.pass.Inbox;
import baton.handoff.pass.State;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

@ApplicationScoped
class PostgresInbox implements Inbox {
  static final String ENTRY_COLUMNS =
      "SELECT "
          + HandoffRow.COLUMNS
          + """
          ,
            (SELECT count(*) FROM handoff o
             WHERE o.lead_id = ANY (%s)
               AND (o.qualified_at, o.pass_id) <= (h.qualified_at, h.pass_id)) AS number
          """
              .formatted(Kin.of("h.lead_id"));

  private static final String ENTRY = ENTRY_COLUMNS + "FROM handoff h ";

  private static final String STEPS =
      """
      SELECT revision, step, occurred_at, seller_id, reason, channel, result, routing
      FROM handoff_step WHERE handoff_id = $1 ORDER BY revision
      """;

  /** Judged and owed still, or due and about to be judged. */
  private static final String OVERDUE =
      """
      h.handoff_id IN (
        SELECT subject_id FROM clock WHERE state = 'broken' AND settled_at IS NULL
        UNION ALL
        SELECT subject_id FROM clock
        WHERE state = 'running' AND due_at <= (SELECT clock_timestamp()))
      """;

  /** Conditions and their values, written together so that they can't fall apart. */
  private static final class Conditions {
    private final List<String> conditions = new ArrayList<>();
    private final Tuple values = Tuple.tuple();

    void add(String condition, @Nullable Object value) {
      if (value != null) {
        values.addValue(value);
        conditions.add(condition.formatted(values.size()));
      }
    }
  }

  @Override
  public Uni<List<Entry>> list(SqlConnection tx, Filter filter, @Nullable UUID after, int limit) {
    var where = new Conditions();
    where.add("h.handoff_id < $%d", after);
    if (!filter.states().isEmpty()) {
      where.conditions.add(states(filter.states()));
    }
    where.add("h.seller_id = $%d", filter.sellerId());
    where.add("h.team = $%d", filter.team());
    where.add("h.lead_id = ANY (" + Kin.of("$%1$d::uuid") + ")", filter.leadId());
    where.add("h.since >= $%d", HandoffRow.utc(filter.since()));
    where.add(
        "h.handoff_id IN (SELECT r.handoff_id FROM route r WHERE r.persona = $%d)",
        filter.persona());
    if (filter.overdue()) {
      where.conditions.add(OVERDUE);
    }
    var statement =
        ENTRY
            + (where.conditions.isEmpty() ? "" : "WHERE " + String.join(" AND ", where.conditions))
            + " ORDER BY h.handoff_id DESC LIMIT "
            + limit;
    return tx.preparedQuery(statement)
        .execute(where.values)
        .map(
            rows ->
                StreamSupport.stream(rows.spliterator(), false).map(PostgresInbox::entry).toList());
  }

  @Override
  public Uni<Optional<Entry>> find(SqlConnection tx, UUID handoffId) {
    return tx.preparedQuery(ENTRY + "WHERE h.handoff_id = $1")
        .execute(Tuple.of(handoffId))
        .map(
            rows ->
                StreamSupport.stream(rows.spliterator(), false)
                    .map(PostgresInbox::entry)
                    .findAny());
  }

  @Override
  public Uni<List<Step>> steps(SqlConnection tx, UUID handoffId) {
    return tx.preparedQuery(STEPS)
        .execute(Tuple.of(handoffId))
        .map(
            rows ->
                StreamSupport.stream(rows.spliterator(), false).map(PostgresInbox::step).toList());
  }

  /** Said in the statement, so that the planner sees when only open handoffs are wanted. */
  private static String states(Set<State> states) {
    return states.stream()
        .map(state -> "'" + state.word() + "'")
        .collect(Collectors.joining(", ", "h.state IN (", ")"));
  }

  static Entry entry(Row row) {
    return new Entry(HandoffRow.read(row), row.getLong("number").intValue());
  }

  private static Step step(Row row) {
    return new Step(
        row.getLong("revision"),
        row.getString("step"),
        HandoffRow.instant(row, "occurred_at"),
        row.getString("seller_id"),
        row.getString("reason"),
        row.getString("channel"),
        row.getString("result"),
        row.getString("routing"));
  }
}
