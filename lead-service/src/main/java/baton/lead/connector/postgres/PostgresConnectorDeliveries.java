package baton.lead.connector.postgres;

import static java.nio.charset.StandardCharsets.UTF_8;

import baton.chassis.database.Purge;
import baton.chassis.database.Transactions;
import baton.contracts.Json;
import baton.lead.connector.Deliveries;
import baton.lead.connector.Delivery;
import baton.lead.connector.Delivery.Element;
import baton.lead.connector.Delivery.State;
import com.fasterxml.jackson.core.type.TypeReference;
import io.quarkus.runtime.StartupEvent;
import io.smallrye.mutiny.Uni;
import io.vertx.core.buffer.Buffer;
import io.vertx.mutiny.core.Vertx;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

@ApplicationScoped
class PostgresConnectorDeliveries implements Deliveries {
  private static final String KEEP =
      """
      INSERT INTO delivery (connector_id, told_as, content_type, body) VALUES ($1, $2, $3, $4)
      ON CONFLICT (connector_id, told_as) DO NOTHING
      """;

  /** Whoever takes one and dies leaves it to others a minute later. */
  private static final String TAKE =
      """
      UPDATE delivery SET due_at = now() + interval '1 minute'
      WHERE (connector_id, number) IN (
        SELECT connector_id, number FROM delivery WHERE due_at <= (SELECT now())
        ORDER BY due_at LIMIT $1 FOR UPDATE SKIP LOCKED)
      RETURNING connector_id, number, received_at, content_type, body
      """;

  private static final String READ =
      """
      UPDATE delivery SET state = $3, due_at = NULL, version = $4, read_at = now(), elements = $5
      WHERE connector_id = $1 AND number = $2
      """;

  private static final String COLUMNS =
      "SELECT connector_id, number, received_at, state, version, read_at, elements";
  private static final String LIST =
      COLUMNS
          + """
             FROM delivery
            WHERE connector_id = $1 AND ($2::text IS NULL OR state = $2)
              AND ($3::bigint IS NULL OR number < $3)
            ORDER BY number DESC LIMIT $4
            """;
  private static final String FIND =
      COLUMNS + ", content_type, body FROM delivery WHERE connector_id = $1 AND number = $2";
  private static final String REPLAY =
      """
      UPDATE delivery SET due_at = now(), state = 'received'
      WHERE connector_id = $1 AND number = $2
      """;

  /** Bodies hold what people typed; nobody needs them longer. */
  private static final String FORGET =
      """
      DELETE FROM delivery WHERE (connector_id, number) IN (
        SELECT connector_id, number FROM delivery
        WHERE received_at < now() - interval '30 days' AND due_at IS NULL LIMIT %d)
      """
          .formatted(Purge.BATCH);

  private final Transactions transactions;
  private final Vertx vertx;

  PostgresConnectorDeliveries(Transactions transactions, Vertx vertx) {
    this.transactions = transactions;
    this.vertx = vertx;
  }

  void forgetting(@Observes StartupEvent started) {
    Purge.nowAndThen(
        vertx,
        "deliveries",
        () ->
            Purge.inBatches(
                () ->
                    transactions
                        .single(connection -> connection.preparedQuery(FORGET).execute())
                        .map(rows -> rows.rowCount())));
  }

  @Override
  public Uni<Boolean> keep(String connectorId, UUID toldAs, String contentType, byte[] body) {
    return transactions
        .single(
            connection ->
                connection
                    .preparedQuery(KEEP)
                    .execute(Tuple.of(connectorId, toldAs, contentType, Buffer.buffer(body))))
        .map(rows -> rows.rowCount() == 1);
  }

  @Override
  public Uni<List<Waiting>> take(int limit) {
    return transactions
        .single(connection -> connection.preparedQuery(TAKE).execute(Tuple.of(limit)))
        .map(
            rows ->
                StreamSupport.stream(rows.spliterator(), false)
                    .map(
                        row ->
                            new Waiting(
                                row.getString("connector_id"),
                                row.getLong("number"),
                                row.getOffsetDateTime("received_at").toInstant(),
                                row.getString("content_type"),
                                row.get(Buffer.class, "body").getBytes()))
                    .toList());
  }

  @Override
  public Uni<Void> read(Delivery delivery) {
    return transactions
        .single(
            connection ->
                connection
                    .preparedQuery(READ)
                    .execute(
                        Tuple.of(
                            delivery.connectorId(),
                            delivery.number(),
                            delivery.state().word(),
                            delivery.version(),
                            new String(Json.bytes(delivery.elements()), UTF_8))))
        .replaceWithVoid();
  }

  @Override
  public Uni<List<Delivery>> list(
      String connectorId, @Nullable State state, @Nullable Long before, int limit) {
    return transactions
        .single(
            connection ->
                connection
                    .preparedQuery(LIST)
                    .execute(
                        Tuple.of(connectorId, state == null ? null : state.word(), before, limit)))
        .map(
            rows ->
                StreamSupport.stream(rows.spliterator(), false)
                    .map(PostgresConnectorDeliveries::delivery)
                    .toList());
  }

  @Override
  public Uni<Optional<Kept>> find(String connectorId, long number) {
    return transactions
        .single(connection -> connection.preparedQuery(FIND).execute(Tuple.of(connectorId, number)))
        .map(
            rows ->
                StreamSupport.stream(rows.spliterator(), false)
                    .map(
                        row ->
                            new Kept(
                                delivery(row),
                                row.getString("content_type"),
                                row.get(Buffer.class, "body").getBytes()))
                    .findAny());
  }

  @Override
  public Uni<Boolean> replay(String connectorId, long number) {
    return transactions
        .single(
            connection -> connection.preparedQuery(REPLAY).execute(Tuple.of(connectorId, number)))
        .map(rows -> rows.rowCount() == 1);
  }

  private static Delivery delivery(Row row) {
    var readAt = row.getOffsetDateTime("read_at");
    return new Delivery(
        row.getString("connector_id"),
        row.getLong("number"),
        row.getOffsetDateTime("received_at").toInstant(),
        State.of(row.getString("state")).orElseThrow(),
        row.getInteger("version"),
        readAt == null ? null : readAt.toInstant(),
        PostgresConnectors.read(row.getString("elements"), new TypeReference<List<Element>>() {}));
  }
}
