package baton.contracts;

import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A campaign as both sides see it in the calendar, whole. A {@code stub} was named by a lead before
 * anybody described it.
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
    List<Spend> spend)
    implements Event {
  public Campaign {
    assets = Absent.list(assets);
    spend = Absent.list(spend);
  }

  @Override
  public String key() {
    return campaignId;
  }
}
