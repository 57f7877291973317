package baton.lead.campaign;

import baton.contracts.Campaign;
import java.time.Instant;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What a plan makes of a campaign.
 *
 * @param announced null while it has no first day
 * @param reviewsHold whether what sales said of it before is still about this
 */
public record Described(Plan plan, @Nullable Announcement announced, boolean reviewsHold) {

  /** A first day that stays was announced when it was first said; another one is announced now. */
  public static Described as(Plan plan, @Nullable Campaign before, Instant at, int charterVersion) {
    if (before == null || before.stub()) {
      return new Described(
          plan, plan.startsOn() == null ? null : new Announcement(at, charterVersion), false);
    }
    var known = Plan.of(before);
    return new Described(
        plan,
        plan.startsOn() == null
            ? null
            : plan.startsOn().equals(known.startsOn())
                ? announced(before)
                : new Announcement(at, charterVersion),
        plan.isReviewedWith(known));
  }

  private static @Nullable Announcement announced(Campaign before) {
    return before.announcedAt() == null
        ? null
        : new Announcement(before.announcedAt(), Objects.requireNonNull(before.announcedUnder()));
  }
}
