package baton.handoff.brief.postgres;

import baton.contracts.Campaign;
import baton.contracts.Json;
import baton.handoff.brief.Campaigns;
import com.fasterxml.jackson.core.JsonProcessingException;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.stream.StreamSupport;

@ApplicationScoped
class PostgresCampaigns implements Campaigns {
  private static final String KEEP =
      """
      INSERT INTO campaign (campaign_id, revision, event)
      SELECT DISTINCT ON (n.campaign_id) n.*
      FROM unnest($1::text[], $2::bigint[], $3::text[]) AS n(campaign_id, revision, event)
      ORDER BY n.campaign_id, n.revision DESC
      ON CONFLICT (campaign_id) DO UPDATE SET revision = excluded.revision, event = excluded.event
      WHERE campaign.revision < excluded.revision
      """;

  private static final String FORGET = "DELETE FROM campaign WHERE campaign_id = ANY($1)";

  private static final String FIND = "SELECT event FROM campaign WHERE campaign_id = $1";

  @Override
  public Uni<Void> keep(SqlConnection tx, List<Campaign> campaigns) {
    return tx.preparedQuery(KEEP)
        .execute(
            Tuple.tuple()
                .addArrayOfString(
                    campaigns.stream().map(Campaign::campaignId).toArray(String[]::new))
                .addArrayOfLong(campaigns.stream().map(Campaign::revision).toArray(Long[]::new))
                .addArrayOfString(
                    campaigns.stream()
                        .map(each -> new String(Json.bytes(each), StandardCharsets.UTF_8))
                        .toArray(String[]::new)))
        .replaceWithVoid();
  }

  @Override
  public Uni<Void> forget(SqlConnection tx, List<String> campaignIds) {
    return tx.preparedQuery(FORGET)
        .execute(Tuple.tuple().addArrayOfString(campaignIds.toArray(String[]::new)))
        .replaceWithVoid();
  }

  @Override
  public Uni<Optional<Campaign>> find(SqlConnection tx, String campaignId) {
    return tx.preparedQuery(FIND)
        .execute(Tuple.of(campaignId))
        .map(
            rows ->
                StreamSupport.stream(rows.spliterator(), false)
                    .map(row -> read(row.getString("event")))
                    .findAny());
  }

  private static Campaign read(String event) {
    try {
      return Json.mapper().readValue(event, Campaign.class);
    } catch (JsonProcessingException corrupt) {
      throw new UncheckedIOException(corrupt);
    }
  }
}
