package baton.lead.connector.postgres;

import static java.nio.charset.StandardCharsets.UTF_8;

import baton.chassis.audit.Audit;
import baton.chassis.database.Purge;
import baton.chassis.database.Transactions;
import baton.chassis.json.KeptJson;
import baton.lead.connector.Deliveries;
import baton.lead.connector.Delivery;
import baton.lead.connector.Delivery.Element;
import baton.lead.connector.Delivery.State;
import baton.lead.dossier.PersonalData;
import baton.lead.dossier.Subject;
import com.fasterxml.jackson.core.type.TypeReference;
import io.quarkus.runtime.StartupEvent;
import io.smallrye.mutiny.Uni;
import io.vertx.core.buffer.Buffer;
import io.vertx.mutiny.core.Vertx;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

@ApplicationScoped
class PostgresConnectorDeliveries implements Deliveries, PersonalData {
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
        SELECT connector_id, number FROM delivery
        WHERE due_at <= (SELECT now()) AND (state = 'awaiting-enrichment') = $2
        ORDER BY due_at LIMIT $1 FOR UPDATE SKIP LOCKED)
      RETURNING connector_id, number, received_at, content_type, body, attempts, elements
      """;

  /** Waits for whoever erases one of the leads, and then sees that. */
  private static final String READ =
      """
      WITH told AS MATERIALIZED (
        SELECT erased_at FROM lead WHERE id = ANY ($8) ORDER BY id FOR SHARE
      ), about AS (
        INSERT INTO delivery_about (about, connector_id, number)
        SELECT DISTINCT about, $1, $2 FROM unnest($8::uuid[]) AS about
        ON CONFLICT DO NOTHING
      ), gone AS (
        SELECT (coalesce(bool_or(erased_at IS NOT NULL), false) OR $9)
          AND $6::timestamptz IS NULL AS gone
        FROM told
      )
      UPDATE delivery
      SET state = $3, version = $4, read_at = now(), elements = $5, due_at = $6, attempts = $7,
          body = CASE WHEN gone THEN ''::bytea ELSE body END,
          scrubbed_at = CASE WHEN gone THEN now() ELSE scrubbed_at END
      FROM gone
      WHERE connector_id = $1 AND number = $2
      """;

  private static final String ABOUT =
      """
      FROM (SELECT DISTINCT connector_id, number FROM delivery_about WHERE about = ANY ($1)) told
      WHERE delivery.connector_id = told.connector_id AND delivery.number = told.number
      """;

  /** What is still due is scrubbed when it was read. */
  private static final String SCRUB =
      """
      UPDATE delivery SET body = '', scrubbed_at = now()
      """
          + ABOUT
          + " AND scrubbed_at IS NULL AND due_at IS NULL";

  private static final String TELL =
      """
      SELECT delivery.connector_id, delivery.number, received_at, content_type, body
      FROM delivery JOIN (
        SELECT DISTINCT connector_id, number FROM delivery_about WHERE about = ANY ($1)
      ) told USING (connector_id, number)
      ORDER BY received_at
      """;

  private static final String FETCH_ALL =
      """
      UPDATE delivery SET due_at = now(), attempts = 0
      WHERE connector_id = $1 AND state = 'awaiting-enrichment' AND scrubbed_at IS NULL
      """;

  private static final String MEASURE =
      "SELECT state, count(*) FROM delivery WHERE state <> 'done' GROUP BY state";

  private static final String COLUMNS =
      """
      SELECT connector_id, number, received_at, state, version, read_at, attempts, due_at,
        scrubbed_at, elements\
      """;
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
      UPDATE delivery SET due_at = now(), state = 'received', attempts = 0
      WHERE connector_id = $1 AND number = $2 AND scrubbed_at IS NULL
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
  private final Audit audit;
  private final Vertx vertx;

  PostgresConnectorDeliveries(Transactions transactions, Audit audit, Vertx vertx) {
    this.transactions = transactions;
    this.audit = audit;
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
  public Uni<List<Waiting>> take(boolean announced, int limit) {
    return transactions
        .single(connection -> connection.preparedQuery(TAKE).execute(Tuple.of(limit, announced)))
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
                                row.get(Buffer.class, "body").getBytes(),
                                row.getInteger("attempts"),
                                elements(row)))
                    .toList());
  }

  @Override
  public Uni<Void> read(Delivery delivery, Collection<UUID> about) {
    var dueAt = delivery.dueAt();
    return transactions
        .single(
            connection ->
                connection
                    .preparedQuery(READ)
                    .execute(
                        Tuple.tuple()
                            .addString(delivery.connectorId())
                            .addLong(delivery.number())
                            .addString(delivery.state().word())
                            .addInteger(delivery.version())
                            .addString(KeptJson.of(delivery.elements()))
                            .addOffsetDateTime(
                                dueAt == null ? null : dueAt.atOffset(ZoneOffset.UTC))
                            .addInteger(delivery.attempts())
                            .addArrayOfUUID(about.toArray(UUID[]::new))
                            .addBoolean(delivery.spent())))
        .replaceWithVoid();
  }

  @Override
  public Uni<Void> fetchAll(String connectorId) {
    return transactions
        .single(connection -> connection.preparedQuery(FETCH_ALL).execute(Tuple.of(connectorId)))
        .replaceWithVoid();
  }

  @Override
  public Uni<Map<String, Long>> measure() {
    return transactions
        .single(connection -> connection.preparedQuery(MEASURE).execute())
        .map(
            rows -> {
              var counts = new HashMap<String, Long>();
              rows.forEach(row -> counts.put(row.getString(0), row.getLong(1)));
              return counts;
            });
  }

  @Override
  public Uni<Map<String, List<?>>> tell(SqlConnection tx, Subject subject) {
    return tx.preparedQuery(TELL)
        .execute(names(subject))
        .map(
            rows ->
                Map.of(
                    "deliveries", rows.stream().map(PostgresConnectorDeliveries::told).toList()));
  }

  /** As it came: what it says of others, too, is what was told of this one. */
  private static Map<String, Object> told(Row row) {
    return Map.of(
        "connectorId",
        row.getString("connector_id"),
        "number",
        row.getLong("number"),
        "receivedAt",
        row.getOffsetDateTime("received_at").toInstant(),
        "contentType",
        row.getString("content_type"),
        "body",
        new String(row.get(Buffer.class, "body").getBytes(), UTF_8));
  }

  @Override
  public Uni<Map<String, Integer>> erase(SqlConnection tx, Subject subject) {
    return tx.preparedQuery(SCRUB)
        .execute(names(subject))
        .map(rows -> Map.of("deliveries", rows.rowCount()));
  }

  private static Tuple names(Subject subject) {
    return Tuple.tuple().addArrayOfUUID(subject.names().toArray(UUID[]::new));
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
    return transactions.run(
        tx ->
            tx.preparedQuery(REPLAY)
                .execute(Tuple.of(connectorId, number))
                .map(rows -> rows.rowCount() == 1)
                .call(
                    there ->
                        there
                            ? audit.note(
                                tx, "delivery.replayed", connectorId, Map.of("number", number))
                            : Uni.createFrom().voidItem()));
  }

  private static List<Element> elements(Row row) {
    return KeptJson.read(row.getString("elements"), new TypeReference<List<Element>>() {});
  }

  private static @Nullable Instant instant(Row row, String column) {
    var time = row.getOffsetDateTime(column);
    return time == null ? null : time.toInstant();
  }

  private static Delivery delivery(Row row) {
    return new Delivery(
        row.getString("connector_id"),
        row.getLong("number"),
        row.getOffsetDateTime("received_at").toInstant(),
        State.of(row.getString("state")).orElseThrow(),
        row.getInteger("version"),
        instant(row, "read_at"),
        row.getInteger("attempts"),
        instant(row, "due_at"),
        instant(row, "scrubbed_at"),
        elements(row));
  }
}
