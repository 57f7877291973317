package baton.feedback.crm.postgres;

import static java.nio.charset.StandardCharsets.UTF_8;

import baton.chassis.json.AnswerJson;
import baton.chassis.json.KeptJson;
import baton.chassis.pseudonym.Pseudonyms;
import baton.contracts.ExternalId;
import baton.feedback.crm.Deal;
import baton.feedback.crm.Deals;
import baton.feedback.lead.HoldsWords;
import com.fasterxml.jackson.core.type.TypeReference;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.List;
import java.util.UUID;

@ApplicationScoped
class PostgresDeals implements Deals, HoldsWords {
  /**
   * Whose deal it is stays, by the lead's own id, so that what is said of it next is said of the
   * same lead. A reason that the outcome doesn't have was no code.
   */
  private static final String ERASED =
      """
      UPDATE crm_deal d
      SET about = NULL, said = jsonb_set(
        CASE WHEN t.coded THEN d.said::jsonb ELSE d.said::jsonb #- '{fields,reason}' END
          #- '{fields,leadExternalId}',
        '{fields,leadId}',
        jsonb_build_object('value', t.lead_id, 'at', '1970-01-01T00:00:00.000Z', 'by', ''))::text
      FROM (
        SELECT connector_id, deal_id, (array_agg(lead_id))[1] AS lead_id, bool_or(coded) AS coded
        FROM (
        SELECT named.connector_id, named.deal_id, o.lead_id, o.reason IS NOT NULL AS coded
        FROM outcome o JOIN crm_deal named
          ON named.connector_id = o.external_system AND named.name = o.external_id
        WHERE o.lead_id = ANY ($1)
        UNION ALL
        SELECT external_system, substr(external_id, 1, length(external_id) - length('/qualified')),
          lead_id, false
        FROM sales_step WHERE lead_id = ANY ($1) AND external_id LIKE '%/qualified'
        UNION ALL
        SELECT connector_id, deal_id, gone.lead_id, false
        FROM ("""
          + Gone.NAMES
          + """
        ) AS gone JOIN crm_deal ON about = digest
        ) AS theirs GROUP BY connector_id, deal_id
      ) AS t
      WHERE d.connector_id = t.connector_id AND d.deal_id = t.deal_id
      """;

  private static final String BEGIN =
      """
      INSERT INTO crm_deal (connector_id, deal_id, said, name) VALUES ($1, $2, $3, $4)
      ON CONFLICT DO NOTHING
      """;
  private static final String KNOWN =
      "SELECT said FROM crm_deal WHERE connector_id = $1 AND deal_id = $2 FOR UPDATE";
  private static final String LEARN =
      """
      UPDATE crm_deal SET said = $3, about = name_digest($4, $5)
      WHERE connector_id = $1 AND deal_id = $2
      """;
  private static final String FIRST =
      """
      INSERT INTO crm_first AS known (connector_id, name, at)
      VALUES ($1, encode(sha256(convert_to($2, 'UTF8')), 'hex'), $3)
      ON CONFLICT (connector_id, name) DO UPDATE SET at = least(known.at, excluded.at)
      RETURNING at
      """;

  private final Pseudonyms pseudonyms;

  PostgresDeals(Pseudonyms pseudonyms) {
    this.pseudonyms = pseudonyms;
  }

  @Override
  public Uni<Deal> learn(
      SqlConnection tx, String connectorId, String dealId, Deal said, ExternalId otherwise) {
    return tx.preparedQuery(BEGIN)
        .execute(
            Tuple.of(
                connectorId,
                dealId,
                text(Deal.UNKNOWN),
                pseudonyms.of(new ExternalId(connectorId, dealId)).id()))
        .chain(() -> tx.preparedQuery(KNOWN).execute(Tuple.of(connectorId, dealId)))
        .map(
            rows ->
                KeptJson.read(
                        rows.iterator().next().getString("said"), new TypeReference<Deal>() {})
                    .with(said))
        .call(
            deal -> {
              var whose = deal.whose(otherwise, pseudonyms);
              return tx.preparedQuery(LEARN)
                  .execute(Tuple.of(connectorId, dealId, text(deal), whose.system(), whose.id()));
            });
  }

  @Override
  public Uni<Instant> first(SqlConnection tx, String connectorId, String name, Instant at) {
    return tx.preparedQuery(FIRST)
        .execute(Tuple.of(connectorId, name, at.atOffset(ZoneOffset.UTC)))
        .map(rows -> rows.iterator().next().getOffsetDateTime("at").toInstant());
  }

  @Override
  public Uni<List<UUID>> erased(SqlConnection tx, Collection<UUID> leadIds) {
    return tx.preparedQuery(ERASED)
        .execute(Tuple.tuple().addArrayOfUUID(leadIds.toArray(UUID[]::new)))
        .replaceWith(List.of());
  }

  private static String text(Deal deal) {
    return new String(AnswerJson.bytes(deal), UTF_8);
  }
}
