package baton.feedback.crm.postgres;

import static baton.chassis.database.Columns.column;
import static java.nio.charset.StandardCharsets.UTF_8;

import baton.chassis.database.Purge;
import baton.chassis.database.Transactions;
import baton.chassis.json.AnswerJson;
import baton.chassis.json.KeptJson;
import baton.feedback.crm.Deliveries;
import baton.feedback.crm.Delivery;
import baton.feedback.crm.Delivery.Element;
import baton.feedback.crm.Delivery.State;
import baton.feedback.lead.HoldsWords;
import baton.feedback.lead.LeadName;
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
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

@ApplicationScoped
class PostgresDeliveries implements Deliveries, HoldsWords {
  private static final String KEEP =
      """
      INSERT INTO delivery (connector_id, told_as, body) VALUES ($1, $2, $3)
      ON CONFLICT (connector_id, told_as) DO NOTHING RETURNING *
      """;
  private static final String LEFT =
      """
      UPDATE delivery SET taken_at = now() WHERE number IN (
        SELECT number FROM delivery
        WHERE state = 'received' AND taken_at < now() - interval '1 minute'
        ORDER BY taken_at LIMIT $1 FOR UPDATE SKIP LOCKED)
      RETURNING *
      """;
  private static final String READ =
      """
      UPDATE delivery SET state = $2, version = $3, read_at = now(), elements = $4, told = $5,
        about = ARRAY(
          SELECT name_digest(system, id)
          FROM unnest($7::text[], $8::text[]) AS named (system, id)),
        body = CASE WHEN EXISTS (
          SELECT FROM unnest($6::text[], $7::text[], $8::text[]) AS named (kind, system, id)
          LEFT JOIN lead_name n USING (kind, system, id)
          LEFT JOIN erased_name e ON digest = name_digest(system, id)
          JOIN erased_lead gone ON gone.lead_id = coalesce(n.lead_id, e.lead_id)
        ) THEN '' ELSE body END
      WHERE number = $1
      """;
  private static final String ERASED =
      """
      UPDATE delivery SET body = ''
      WHERE state <> 'received' AND (told && ARRAY(
        SELECT outcome_id FROM outcome WHERE lead_id = ANY($1)
        UNION ALL SELECT step_id FROM sales_step WHERE lead_id = ANY($1))
        OR about && ARRAY(SELECT digest FROM (%s) AS gone))
      """
          .formatted(Gone.NAMES);
  private static final String LIST =
      """
      SELECT number, connector_id, received_at, state, version, read_at, elements FROM delivery
      WHERE connector_id = $1 AND ($2::text IS NULL OR state = $2)
        AND ($3::bigint IS NULL OR number < $3)
      ORDER BY number DESC LIMIT $4
      """;
  private static final String FIND =
      "SELECT * FROM delivery WHERE connector_id = $1 AND number = $2";
  private static final String FORGET =
      """
      DELETE FROM delivery WHERE number IN (
        SELECT number FROM delivery WHERE received_at < now() - interval '30 days' LIMIT %d)
      """
          .formatted(Purge.BATCH);

  private final Transactions transactions;
  private final Vertx vertx;

  PostgresDeliveries(Transactions transactions, Vertx vertx) {
    this.transactions = transactions;
    this.vertx = vertx;
  }

  void forgetting(@Observes StartupEvent started) {
    Purge.nowAndThen(
        vertx,
        "deliveries",
        () -> Purge.inBatches(() -> query(FORGET, Tuple.tuple()).map(RowSet::rowCount)));
  }

  @Override
  public Uni<Optional<Kept>> keep(String connectorId, UUID toldAs, byte[] body) {
    return query(KEEP, Tuple.of(connectorId, toldAs, Buffer.buffer(body)))
        .map(rows -> rows.stream().map(PostgresDeliveries::kept).findAny());
  }

  @Override
  public Uni<List<Kept>> left(int limit) {
    return query(LEFT, Tuple.of(limit))
        .map(rows -> rows.stream().map(PostgresDeliveries::kept).toList());
  }

  @Override
  public Uni<Void> read(Delivery delivery, Collection<LeadName> about) {
    return query(
            READ,
            Tuple.tuple()
                .addLong(delivery.number())
                .addString(delivery.state().word())
                .addInteger(delivery.version())
                .addString(new String(AnswerJson.bytes(delivery.elements()), UTF_8))
                .addArrayOfUUID(
                    delivery.elements().stream()
                        .map(Element::id)
                        .filter(Objects::nonNull)
                        .toArray(UUID[]::new))
                .addArrayOfString(column(about, name -> name.kind().word(), String[]::new))
                .addArrayOfString(column(about, LeadName::system, String[]::new))
                .addArrayOfString(column(about, LeadName::id, String[]::new)))
        .replaceWithVoid();
  }

  @Override
  public Uni<List<Delivery>> list(
      String connectorId, @Nullable State state, @Nullable Long before, int limit) {
    return query(LIST, Tuple.of(connectorId, state == null ? null : state.word(), before, limit))
        .map(rows -> rows.stream().map(PostgresDeliveries::delivery).toList());
  }

  @Override
  public Uni<Optional<Kept>> find(String connectorId, long number) {
    return query(FIND, Tuple.of(connectorId, number))
        .map(rows -> rows.stream().map(PostgresDeliveries::kept).findAny());
  }

  @Override
  public Uni<List<UUID>> erased(SqlConnection tx, Collection<UUID> leadIds) {
    return tx.preparedQuery(ERASED)
        .execute(Tuple.tuple().addArrayOfUUID(leadIds.toArray(UUID[]::new)))
        .replaceWith(List.of());
  }

  private Uni<RowSet<Row>> query(String statement, Tuple values) {
    return transactions.single(connection -> connection.preparedQuery(statement).execute(values));
  }

  private static Kept kept(Row row) {
    return new Kept(delivery(row), row.get(Buffer.class, "body").getBytes());
  }

  private static Delivery delivery(Row row) {
    var readAt = row.getOffsetDateTime("read_at");
    return new Delivery(
        row.getString("connector_id"),
        row.getLong("number"),
        row.getOffsetDateTime("received_at").toInstant(),
        State.valueOf(row.getString("state").toUpperCase(Locale.ROOT)),
        row.getInteger("version"),
        readAt == null ? null : readAt.toInstant(),
        KeptJson.read(row.getString("elements"), new TypeReference<List<Element>>() {}));
  }
}
