package baton.lead.campaign.rest;

import baton.contracts.Campaign;
import baton.contracts.ReviewVerdict;
import baton.contracts.Spend;
import baton.lead.campaign.Campaigns;
import baton.lead.campaign.Campaigns.Cost;
import baton.lead.campaign.Campaigns.Entry;
import baton.lead.campaign.Campaigns.Listed;
import baton.lead.campaign.Review;
import baton.lead.campaign.State;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A campaign as it is read. In a list its spend is added up and its reviews are left out.
 *
 * @param announcedAt when it was last said that it starts on startsOn
 * @param cost what it cost in all, by kind and currency
 */
record CampaignView(
    String campaignId,
    long revision,
    String state,
    boolean stub,
    @Nullable String name,
    @Nullable String offer,
    @Nullable String message,
    @Nullable String audience,
    @Nullable String owner,
    @Nullable String channel,
    @Nullable String source,
    @Nullable LocalDate startsOn,
    @Nullable LocalDate endsOn,
    List<String> assets,
    List<String> personas,
    @Nullable Instant announcedAt,
    Instant updatedAt,
    List<Cost> cost,
    @Nullable List<Spend> spend,
    @Nullable List<ReviewView> reviews) {

  /** What sales said; it no longer holds once what was reviewed has changed. */
  record ReviewView(
      UUID reviewId,
      Instant occurredAt,
      ReviewVerdict verdict,
      @Nullable String comment,
      String reviewer,
      String role,
      boolean holds) {
    static ReviewView of(Review review) {
      return new ReviewView(
          review.reviewId(),
          review.occurredAt(),
          review.verdict(),
          review.comment(),
          review.reviewer(),
          review.role(),
          review.holds());
    }
  }

  static CampaignView of(Listed listed, LocalDate today) {
    return of(listed.campaign(), listed.review(), listed.cost(), null, null, today);
  }

  static CampaignView of(Entry entry, LocalDate today) {
    var campaign = entry.campaign();
    return of(
        campaign,
        entry.review(),
        Campaigns.Cost.of(campaign.spend()),
        campaign.spend(),
        entry.reviews().stream().map(ReviewView::of).toList(),
        today);
  }

  private static CampaignView of(
      Campaign campaign,
      @Nullable State review,
      List<Cost> cost,
      @Nullable List<Spend> spend,
      @Nullable List<ReviewView> reviews,
      LocalDate today) {
    return new CampaignView(
        campaign.campaignId(),
        campaign.revision(),
        State.on(today, campaign.startsOn(), campaign.endsOn(), review).word(),
        campaign.stub(),
        campaign.name(),
        campaign.offer(),
        campaign.message(),
        campaign.audience(),
        campaign.owner(),
        campaign.channel(),
        campaign.source(),
        campaign.startsOn(),
        campaign.endsOn(),
        campaign.assets(),
        campaign.personas(),
        campaign.announcedAt(),
        campaign.occurredAt(),
        cost,
        spend,
        reviews);
  }
}
