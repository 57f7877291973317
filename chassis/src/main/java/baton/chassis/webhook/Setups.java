package baton.chassis.webhook;

import static java.nio.charset.StandardCharsets.UTF_8;

import baton.chassis.audit.Audit;
import baton.chassis.database.Transactions;
import baton.chassis.json.AnswerJson;
import baton.chassis.json.KeptJson;
import baton.chassis.problem.Faults;
import baton.chassis.seal.Seal;
import io.smallrye.mutiny.Uni;
import io.vertx.core.buffer.Buffer;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * How operators set up who sends here, each time as a version: table {@code connector} of {@code
 * db/webhook}.
 *
 * @param <H> what nobody may read, sealed for its connector
 * @param <S> everything else
 */
public final class Setups<H, S> {
  /** A setting up. */
  public record Setup<H, S>(
      String connectorId, String kind, int version, H hidden, S settings, Instant setUpAt) {}

  private static final Pattern ID = Pattern.compile("[a-z0-9][a-z0-9._-]{0,39}");

  private static final String LATEST =
      """
      SELECT DISTINCT ON (connector_id) connector_id, kind, version, hidden, settings, set_up_at
      FROM connector
      """;
  private static final String FIND =
      LATEST + " WHERE connector_id = $1 ORDER BY connector_id, version DESC";
  private static final String LIST =
      LATEST
          + """
           WHERE $1::text IS NULL OR connector_id > $1
          ORDER BY connector_id, version DESC LIMIT $2
          """;

  /** Two at once make one version each, or one of them fails and is told to try again. */
  private static final String SET_UP =
      """
      INSERT INTO connector (connector_id, kind, version, hidden, settings)
      SELECT $1, $2, 1 + coalesce(max(version), 0), $3, $4
      FROM connector WHERE connector_id = $1
      HAVING coalesce(bool_and(kind = $2), true)
      RETURNING connector_id, kind, version, hidden, settings, set_up_at
      """;

  private final Transactions transactions;
  private final Audit audit;
  private final Seal seal;
  private final Class<H> hidden;
  private final Class<S> settings;

  public Setups(
      Transactions transactions, Audit audit, Seal seal, Class<H> hidden, Class<S> settings) {
    this.transactions = transactions;
    this.audit = audit;
    this.seal = seal;
    this.hidden = hidden;
    this.settings = settings;
  }

  /** Names an id that can't be a connector's. */
  public static void checkId(String id, Faults faults) {
    if (!ID.matcher(id).matches()) {
      faults.add("", "the id must be 1 to 40 small letters, digits, dots, dashes or underscores");
    }
  }

  /** As it was set up last. */
  public Uni<Optional<Setup<H, S>>> find(String connectorId) {
    return transactions
        .single(tx -> tx.preparedQuery(FIND).execute(Tuple.of(connectorId)))
        .map(rows -> all(rows).stream().findAny());
  }

  /** By their ids. */
  public Uni<List<Setup<H, S>>> list(@Nullable String after, int limit) {
    return transactions
        .single(tx -> tx.preparedQuery(LIST).execute(Tuple.of(after, limit)))
        .map(this::all);
  }

  /**
   * Sets it up anew under its next version, which is answered and noted; none where its kind is
   * another.
   */
  public Uni<Optional<Setup<H, S>>> setUp(String connectorId, String kind, H secret, S said) {
    return transactions.run(
        tx ->
            tx.preparedQuery(SET_UP)
                .execute(
                    Tuple.of(
                        connectorId,
                        kind,
                        Buffer.buffer(seal.close(AnswerJson.bytes(secret), owner(connectorId))),
                        new String(AnswerJson.bytes(said), UTF_8)))
                .map(rows -> all(rows).stream().findAny())
                .call(set -> set.isEmpty() ? Uni.createFrom().voidItem() : noted(tx, set.get())));
  }

  private Uni<Void> noted(SqlConnection tx, Setup<H, S> set) {
    return audit.note(
        tx,
        "connector.set-up",
        set.connectorId(),
        Map.of("kind", set.kind(), "version", set.version()));
  }

  private List<Setup<H, S>> all(RowSet<Row> rows) {
    return rows.stream().map(this::setup).toList();
  }

  private Setup<H, S> setup(Row row) {
    var id = row.getString("connector_id");
    var opened = seal.open(row.get(Buffer.class, "hidden").getBytes(), owner(id));
    return new Setup<>(
        id,
        row.getString("kind"),
        row.getInteger("version"),
        KeptJson.read(new String(opened, UTF_8), hidden),
        KeptJson.read(row.getString("settings"), settings),
        row.getOffsetDateTime("set_up_at").toInstant());
  }

  private static String owner(String connectorId) {
    return "connector/" + connectorId;
  }
}
