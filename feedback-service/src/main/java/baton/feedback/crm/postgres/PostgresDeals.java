package baton.feedback.crm.postgres;

import static java.nio.charset.StandardCharsets.UTF_8;

import baton.chassis.json.AnswerJson;
import baton.chassis.json.KeptJson;
import baton.feedback.crm.Deal;
import baton.feedback.crm.Deals;
import com.fasterxml.jackson.core.type.TypeReference;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.time.ZoneOffset;

@ApplicationScoped
class PostgresDeals implements Deals {
  private static final String BEGIN =
      "INSERT INTO crm_deal (connector_id, deal_id, said) VALUES ($1, $2, $3) ON CONFLICT DO NOTHING";
  private static final String KNOWN =
      "SELECT said FROM crm_deal WHERE connector_id = $1 AND deal_id = $2 FOR UPDATE";
  private static final String LEARN =
      "UPDATE crm_deal SET said = $3 WHERE connector_id = $1 AND deal_id = $2";
  private static final String FIRST =
      """
      INSERT INTO crm_first AS known (connector_id, name, at) VALUES ($1, $2, $3)
      ON CONFLICT (connector_id, name) DO UPDATE SET at = least(known.at, excluded.at)
      RETURNING at
      """;

  @Override
  public Uni<Deal> learn(SqlConnection tx, String connectorId, String dealId, Deal said) {
    return tx.preparedQuery(BEGIN)
        .execute(Tuple.of(connectorId, dealId, text(Deal.UNKNOWN)))
        .chain(() -> tx.preparedQuery(KNOWN).execute(Tuple.of(connectorId, dealId)))
        .map(
            rows ->
                KeptJson.read(
                        rows.iterator().next().getString("said"), new TypeReference<Deal>() {})
                    .with(said))
        .call(deal -> tx.preparedQuery(LEARN).execute(Tuple.of(connectorId, dealId, text(deal))));
  }

  @Override
  public Uni<Instant> first(SqlConnection tx, String connectorId, String name, Instant at) {
    return tx.preparedQuery(FIRST)
        .execute(Tuple.of(connectorId, name, at.atOffset(ZoneOffset.UTC)))
        .map(rows -> rows.iterator().next().getOffsetDateTime("at").toInstant());
  }

  private static String text(Deal deal) {
    return new String(AnswerJson.bytes(deal), UTF_8);
  }
}
