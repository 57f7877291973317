package baton.lead.connector.postgres;

import static java.nio.charset.StandardCharsets.UTF_8;

import baton.chassis.audit.Audit;
import baton.chassis.database.Transactions;
import baton.chassis.seal.Seal;
import baton.contracts.Json;
import baton.lead.connector.Connector;
import baton.lead.connector.Connectors;
import baton.lead.tool.Kind;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.JsonNode;
import io.smallrye.mutiny.Uni;
import io.vertx.core.buffer.Buffer;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

@ApplicationScoped
class PostgresConnectors implements Connectors {
  private static final String COLUMNS =
      """
      SELECT DISTINCT ON (connector_id) connector_id, version, kind, secrets, verify_token,
        token, mapping, defaults, set_up_at
      FROM connector
      """;
  private static final String FIND =
      COLUMNS + " WHERE connector_id = $1 ORDER BY connector_id, version DESC";
  private static final String LIST =
      COLUMNS
          + """
           WHERE $1::text IS NULL OR connector_id > $1
          ORDER BY connector_id, version DESC LIMIT $2
          """;

  /** Two at once make one version each or one of them fails, and is told to try again. */
  private static final String SET_UP =
      """
      INSERT INTO connector
        (connector_id, version, kind, secrets, verify_token, token, mapping, defaults)
      SELECT $1, 1 + coalesce(max(version), 0), $2, $3, $4, $5, $6, $7
      FROM connector WHERE connector_id = $1
      HAVING coalesce(bool_and(kind = $2), true)
      RETURNING connector_id, version, kind, secrets, verify_token, token, mapping, defaults,
        set_up_at
      """;

  private final Transactions transactions;
  private final Audit audit;
  private final Seal seal;

  PostgresConnectors(Transactions transactions, Audit audit, Seal seal) {
    this.transactions = transactions;
    this.audit = audit;
    this.seal = seal;
  }

  @Override
  public Uni<Optional<Connector>> find(String connectorId) {
    return transactions
        .single(connection -> connection.preparedQuery(FIND).execute(Tuple.of(connectorId)))
        .map(
            rows -> StreamSupport.stream(rows.spliterator(), false).map(this::connector).findAny());
  }

  @Override
  public Uni<List<Connector>> list(@Nullable String after, int limit) {
    return transactions
        .single(connection -> connection.preparedQuery(LIST).execute(Tuple.of(after, limit)))
        .map(rows -> StreamSupport.stream(rows.spliterator(), false).map(this::connector).toList());
  }

  @Override
  public Uni<Optional<Connector>> setUp(Connector connector) {
    var id = connector.connectorId();
    var mapping = connector.mapping();
    return transactions.run(
        connection ->
            connection
                .preparedQuery(SET_UP)
                .execute(
                    Tuple.tuple()
                        .addString(id)
                        .addString(connector.kind().word())
                        .addValue(closed(id, text(connector.secrets())))
                        .addValue(closed(id, connector.verifyToken()))
                        .addValue(closed(id, connector.token()))
                        .addString(mapping == null ? null : text(mapping))
                        .addString(text(connector.defaults())))
                .map(
                    rows ->
                        StreamSupport.stream(rows.spliterator(), false)
                            .map(this::connector)
                            .findAny())
                .call(
                    set ->
                        set.isEmpty()
                            ? Uni.createFrom().voidItem()
                            : noted(connection, set.get())));
  }

  private Uni<Void> noted(SqlConnection tx, Connector set) {
    return audit.note(
        tx,
        "connector.set-up",
        set.connectorId(),
        Map.of("kind", set.kind().word(), "version", set.version()));
  }

  private Connector connector(Row row) {
    var id = row.getString("connector_id");
    var mapping = row.getString("mapping");
    return new Connector(
        id,
        Kind.of(row.getString("kind")).orElseThrow(),
        row.getInteger("version"),
        read(
            Objects.requireNonNull(open(id, row.get(Buffer.class, "secrets"))),
            new TypeReference<List<String>>() {}),
        open(id, row.get(Buffer.class, "verify_token")),
        open(id, row.get(Buffer.class, "token")),
        mapping == null ? null : read(mapping, new TypeReference<>() {}),
        read(row.getString("defaults"), new TypeReference<Map<String, JsonNode>>() {}),
        row.getOffsetDateTime("set_up_at").toInstant());
  }

  /** JSON that this package wrote. */
  static <T> T read(String json, TypeReference<T> type) {
    try {
      return Json.mapper().readValue(json, type);
    } catch (JsonProcessingException broken) {
      throw new IllegalStateException("what was written can't be read", broken);
    }
  }

  private static String text(Object value) {
    return new String(Json.bytes(value), UTF_8);
  }

  private @Nullable Buffer closed(String id, @Nullable String secret) {
    return secret == null ? null : Buffer.buffer(seal.close(secret.getBytes(UTF_8), owner(id)));
  }

  private @Nullable String open(String id, @Nullable Buffer sealed) {
    return sealed == null ? null : new String(seal.open(sealed.getBytes(), owner(id)), UTF_8);
  }

  private static String owner(String id) {
    return "connector/" + id;
  }
}
