package baton.lead.campaign.postgres;

import baton.chassis.command.Sum;
import baton.contracts.Campaign;
import baton.contracts.CampaignReview;
import baton.contracts.Money;
import baton.contracts.ReviewVerdict;
import baton.contracts.Spend;
import baton.contracts.SpendKind;
import baton.lead.campaign.Review;
import baton.lead.campaign.State;
import io.vertx.mutiny.sqlclient.Row;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Rows and campaigns, one made of the other. */
final class CampaignRow {
  /** What every query for campaigns selects. */
  static final String COLUMNS =
      """
      id, revision, stub, updated_at, name, offer, message, audience, owner, channel, source,
      starts_on, ends_on, assets, personas, announced_at, announced_under, review
      """;

  private CampaignRow() {}

  static Campaign campaign(
      Row row, int charterVersion, List<Spend> spend, List<CampaignReview> reviews) {
    var announcedAt = row.getOffsetDateTime("announced_at");
    return new Campaign(
        row.getString("id"),
        row.getOffsetDateTime("updated_at").toInstant(),
        charterVersion,
        row.getLong("revision"),
        row.getBoolean("stub"),
        row.getString("name"),
        row.getString("offer"),
        row.getString("message"),
        row.getString("audience"),
        row.getString("owner"),
        row.getLocalDate("starts_on"),
        row.getLocalDate("ends_on"),
        List.of(row.getArrayOfStrings("assets")),
        spend,
        row.getString("channel"),
        row.getString("source"),
        List.of(row.getArrayOfStrings("personas")),
        announcedAt == null ? null : announcedAt.toInstant(),
        row.getInteger("announced_under"),
        reviews);
  }

  static @Nullable State reviewed(Row row) {
    var word = row.getString("review");
    return word == null ? null : State.valueOf(word.toUpperCase(Locale.ROOT).replace('-', '_'));
  }

  static Spend spend(Row row) {
    return new Spend(row.getLocalDate("day"), money(row), kind(row));
  }

  static Money money(Row row) {
    return Sum.money(row.getNumeric("amount").bigDecimalValue(), row.getString("currency"));
  }

  static SpendKind kind(Row row) {
    return SpendKind.valueOf(row.getString("kind").toUpperCase(Locale.ROOT));
  }

  static Review review(Row row) {
    return new Review(
        row.getUUID("review_id"),
        row.getOffsetDateTime("occurred_at").toInstant(),
        ReviewVerdict.valueOf(row.getString("verdict").toUpperCase(Locale.ROOT)),
        row.getString("comment"),
        row.getString("reviewer"),
        row.getString("role"),
        row.getBoolean("holds"));
  }

  static OffsetDateTime utc(Instant instant) {
    return instant.atOffset(ZoneOffset.UTC);
  }
}
