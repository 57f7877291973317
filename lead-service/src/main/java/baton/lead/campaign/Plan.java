package baton.lead.campaign;

import baton.contracts.Campaign;
import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What marketing says of a campaign. */
public record Plan(
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
    List<String> personas) {
  public Plan {
    assets = List.copyOf(assets);
    personas = List.copyOf(personas);
  }

  public static Plan of(Campaign campaign) {
    return new Plan(
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
        campaign.personas());
  }

  /** Whether sales, having reviewed the other, has reviewed this one; its name doesn't matter. */
  public boolean isReviewedWith(Plan other) {
    return called(null, null).equals(other.called(null, null));
  }

  private Plan called(@Nullable String anotherName, @Nullable String anotherOwner) {
    return new Plan(
        anotherName,
        offer,
        message,
        audience,
        anotherOwner,
        channel,
        source,
        startsOn,
        endsOn,
        assets,
        personas);
  }
}
