package baton.feedback.crm.postgres;

import static java.nio.charset.StandardCharsets.UTF_8;

import baton.chassis.database.Transactions;
import baton.chassis.json.AnswerJson;
import baton.chassis.seal.Seal;
import baton.contracts.Json;
import baton.feedback.crm.Connector;
import baton.feedback.crm.Connectors;
import baton.feedback.crm.Kind;
import baton.feedback.crm.Settings;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import io.smallrye.mutiny.Uni;
import io.vertx.core.buffer.Buffer;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

@ApplicationScoped
class PostgresConnectors implements Connectors {
  private static final String LAST =
      """
      SELECT DISTINCT ON (connector_id) * FROM connector
      WHERE ($1::text IS NULL OR connector_id = $1) AND ($2::text IS NULL OR connector_id > $2)
      ORDER BY connector_id, version DESC LIMIT $3
      """;

  /** Two at once make one version each, or one of them fails and is told to try again. */
  private static final String SET_UP =
      """
      INSERT INTO connector (connector_id, version, kind, secrets, organization_id, settings)
      SELECT $1, 1 + coalesce(max(version), 0), $2, $3, $4, $5 FROM connector
      WHERE connector_id = $1 HAVING coalesce(bool_and(kind = $2), true)
      RETURNING *
      """;

  private final Transactions transactions;
  private final Seal seal;

  PostgresConnectors(Transactions transactions, Seal seal) {
    this.transactions = transactions;
    this.seal = seal;
  }

  @Override
  public Uni<Optional<Connector>> find(String connectorId) {
    return query(LAST, Tuple.of(connectorId, null, 1)).map(found -> found.stream().findAny());
  }

  @Override
  public Uni<List<Connector>> list(@Nullable String after, int limit) {
    return query(LAST, Tuple.of(null, after, limit));
  }

  @Override
  public Uni<Optional<Connector>> setUp(Connector connector) {
    var id = connector.connectorId();
    var secrets = seal.close(Json.bytes(connector.secrets()), owner(id));
    return query(
            SET_UP,
            Tuple.tuple()
                .addString(id)
                .addString(connector.kind().word())
                .addValue(Buffer.buffer(secrets))
                .addString(connector.organizationId())
                .addString(new String(AnswerJson.bytes(connector.own()), UTF_8)))
        .map(set -> set.stream().findAny());
  }

  private Uni<List<Connector>> query(String statement, Tuple values) {
    return transactions
        .single(connection -> connection.preparedQuery(statement).execute(values))
        .map(rows -> rows.stream().map(this::connector).toList());
  }

  private Connector connector(Row row) {
    var id = row.getString("connector_id");
    var secrets = seal.open(row.get(Buffer.class, "secrets").getBytes(), owner(id));
    return new Connector(
        id,
        Kind.of(row.getString("kind")).orElseThrow(),
        row.getInteger("version"),
        read(new String(secrets, UTF_8), new TypeReference<>() {}),
        row.getString("organization_id"),
        read(row.getString("settings"), new TypeReference<Settings>() {}),
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

  private static String owner(String id) {
    return "connector/" + id;
  }
}
