package baton.contracts;

import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A campaign as both sides see it in the calendar, whole. A {@code stub} was named by a lead before
 * anybody described it. {@code announcedAt} is when it was last said that it starts on {@code
 * startsOn}, and {@code announcedUnder} the version of the charter in force then.
 */
public record Campaign(
    String campaignId,
    Instant occurredAt,
    int charterVersion,
    long revision,
    boolean stub,
    @Nullable String name,
    @Nullable String offer,
    @Nullable String message,
    @Nullable String audience,
    @Nullable String owner,
    @Nullable LocalDate startsOn,
    @Nullable LocalDate endsOn,
    List<String> assets,
    List<Spend> spend,
    @Nullable String channel,
    @Nullable String source,
    List<String> personas,
    @Nullable Instant announcedAt,
    @Nullable Integer announcedUnder,
    List<CampaignReview> reviews)
    implements Event {
  public Campaign {
    assets = Absent.list(assets);
    spend = Absent.list(spend);
    personas = Absent.list(personas);
    reviews = Absent.list(reviews);
  }

  /** Of which nothing is known but that a lead named it. */
  public static Campaign stub(String campaignId, Instant occurredAt, int charterVersion) {
    return new Campaign(
        campaignId,
        occurredAt,
        charterVersion,
        1,
        true,
        null,
        null,
        null,
        null,
        null,
        null,
        null,
        List.of(),
        List.of(),
        null,
        null,
        List.of(),
        null,
        null,
        List.of());
  }

  @Override
  public String key() {
    return campaignId;
  }
}
