package baton.lead.dossier.postgres;

import baton.lead.dossier.Agreed;
import baton.lead.dossier.Consent;
import baton.lead.dossier.Consents;
import baton.lead.dossier.Evidence;
import baton.lead.dossier.PersonalData;
import baton.lead.dossier.Subject;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.SqlClient;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Map;
import java.util.UUID;

@ApplicationScoped
class PostgresConsents implements Consents, PersonalData {
  private static final String OF =
      """
      SELECT lead_id, purpose, at, given, wording, version, source, heard_at
      FROM consent WHERE lead_id = $1 ORDER BY at, purpose, given
      """;

  private final Pool pool;

  PostgresConsents(Pool pool) {
    this.pool = pool;
  }

  @Override
  public Uni<List<Agreed>> of(UUID leadId) {
    return of(pool, leadId);
  }

  @Override
  public Uni<Map<String, List<?>>> tell(SqlConnection tx, Subject subject) {
    return of(tx, subject.leadId()).map(agreed -> Map.of("consents", agreed));
  }

  @Override
  public Uni<Map<String, Integer>> erase(SqlConnection tx, Subject subject) {
    return tx.preparedQuery("DELETE FROM consent WHERE lead_id = $1")
        .execute(Tuple.of(subject.leadId()))
        .map(rows -> Map.of("consents", rows.rowCount()));
  }

  private static Uni<List<Agreed>> of(SqlClient database, UUID leadId) {
    return database
        .preparedQuery(OF)
        .execute(Tuple.of(leadId))
        .map(rows -> rows.stream().map(PostgresConsents::agreed).toList());
  }

  private static Agreed agreed(Row row) {
    return new Agreed(
        row.getUUID("lead_id"),
        new Evidence(
            new Consent(
                row.getString("purpose"), row.getBoolean("given"), LeadRow.instant(row, "at")),
            row.getString("wording"),
            row.getString("version"),
            row.getString("source")),
        LeadRow.instant(row, "heard_at"));
  }
}
