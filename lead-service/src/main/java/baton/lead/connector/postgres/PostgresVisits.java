package baton.lead.connector.postgres;

import baton.chassis.database.Purge;
import baton.chassis.database.Transactions;
import baton.chassis.json.KeptJson;
import baton.contracts.ExternalId;
import baton.lead.connector.Visit;
import baton.lead.connector.Visits;
import baton.lead.dossier.PersonalData;
import baton.lead.dossier.Subject;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.quarkus.runtime.StartupEvent;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.core.Vertx;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.List;
import java.util.Map;
import java.util.UUID;

@ApplicationScoped
class PostgresVisits implements Visits, PersonalData {
  /** As it stands in the table. */
  private record Content(List<ExternalId> visitor, ObjectNode touch) {}

  /** The first of a visitor's count most; whoever sends more of one visitor fills no disk. */
  private static final String KEEP =
      """
      INSERT INTO visit (visitor, told_as, connector_id, content)
      SELECT given.visitor, $2, $3, $4 FROM unnest($1::uuid[]) AS given (visitor)
      WHERE (SELECT count(*) FROM visit WHERE visit.visitor = given.visitor) < 200
      ON CONFLICT DO NOTHING
      """;

  /** An id that only somebody's withdrawal names is nobody's. */
  private static final String MET =
      """
      SELECT visit.told_as, visit.connector_id, visit.content, known.lead_id
      FROM visit JOIN lead_identity known ON known.key = visit.visitor
        AND known.lead_id <> '00000000-0000-0000-0000-000000000000'
      """;

  private static final String OF = MET + " WHERE visit.visitor = ANY ($1) ORDER BY visit.kept_at";
  private static final int SLICE = 2_000;
  private static final String SLICE_END =
      """
      SELECT visitor, told_as FROM visit WHERE (visitor, told_as) > ($1, $2)
      ORDER BY visitor, told_as OFFSET %d LIMIT 1
      """
          .formatted(SLICE - 1);
  private static final String LOOK =
      MET
          + """
           WHERE (visit.visitor, visit.told_as) > ($1, $2)
             AND ($3::uuid IS NULL OR (visit.visitor, visit.told_as) <= ($3, $4::uuid))
          """;
  private static final String FORGET =
      "DELETE FROM visit WHERE told_as = $2 AND visitor = ANY ($1)";
  private static final String TELL =
      "SELECT told_as, connector_id, content FROM visit WHERE visitor = ANY ($1) ORDER BY kept_at";
  private static final String ERASE =
      """
      DELETE FROM visit
      WHERE told_as IN (SELECT told_as FROM visit WHERE visitor = ANY ($1))
      """;
  private static final String FORGET_OLD =
      """
      DELETE FROM visit WHERE (visitor, told_as) IN (
        SELECT visitor, told_as FROM visit WHERE kept_at < now() - interval '30 days' LIMIT %d)
      """
          .formatted(Purge.BATCH);

  private final Transactions transactions;
  private final Vertx vertx;

  PostgresVisits(Transactions transactions, Vertx vertx) {
    this.transactions = transactions;
    this.vertx = vertx;
  }

  void forgetting(@Observes StartupEvent started) {
    Purge.nowAndThen(
        vertx,
        "visits",
        () -> Purge.inBatches(() -> execute(FORGET_OLD, Tuple.tuple()).map(RowSet::rowCount)));
  }

  @Override
  public Uni<Void> keep(Visit visit) {
    return execute(
            KEEP,
            Tuple.of(
                visit.keys(),
                visit.toldAs(),
                visit.connectorId(),
                KeptJson.of(new Content(visit.visitor(), visit.touch()))))
        .replaceWithVoid();
  }

  @Override
  public Uni<List<Met>> of(List<UUID> visitors) {
    return execute(OF, Tuple.tuple().addArrayOfUUID(visitors.toArray(UUID[]::new)))
        .map(rows -> rows.stream().map(PostgresVisits::met).toList());
  }

  @Override
  public Uni<Looked> look(Place after) {
    return execute(SLICE_END, Tuple.of(after.visitor(), after.toldAs()))
        .map(
            rows ->
                rows.stream()
                    .map(row -> new Place(row.getUUID("visitor"), row.getUUID("told_as")))
                    .toList())
        .chain(
            ends -> {
              var end = ends.isEmpty() ? null : ends.getFirst();
              return execute(
                      LOOK,
                      Tuple.of(
                          after.visitor(),
                          after.toldAs(),
                          end == null ? null : end.visitor(),
                          end == null ? null : end.toldAs()))
                  .map(rows -> rows.stream().map(PostgresVisits::met).toList())
                  .map(met -> new Looked(met, end));
            });
  }

  @Override
  public Uni<Void> forget(Visit visit) {
    return execute(FORGET, Tuple.of(visit.keys(), visit.toldAs())).replaceWithVoid();
  }

  @Override
  public Uni<Map<String, List<?>>> tell(SqlConnection tx, Subject subject) {
    return tx.preparedQuery(TELL)
        .execute(names(subject))
        .map(
            rows ->
                Map.of("visits", rows.stream().map(row -> visit(row).touch()).distinct().toList()));
  }

  @Override
  public Uni<Map<String, Integer>> erase(SqlConnection tx, Subject subject) {
    return tx.preparedQuery(ERASE)
        .execute(names(subject))
        .map(rows -> Map.of("visits", rows.rowCount()));
  }

  private Uni<RowSet<Row>> execute(String statement, Tuple values) {
    return transactions.single(connection -> connection.preparedQuery(statement).execute(values));
  }

  private static Tuple names(Subject subject) {
    return Tuple.tuple().addArrayOfUUID(subject.names().toArray(UUID[]::new));
  }

  private static Met met(Row row) {
    return new Met(visit(row), row.getUUID("lead_id"));
  }

  private static Visit visit(Row row) {
    var content = KeptJson.read(row.getString("content"), new TypeReference<Content>() {});
    return new Visit(
        row.getString("connector_id"), row.getUUID("told_as"), content.visitor(), content.touch());
  }
}
