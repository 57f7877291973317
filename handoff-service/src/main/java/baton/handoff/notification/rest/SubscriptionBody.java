package baton.handoff.notification.rest;

import baton.handoff.notification.Format;
import baton.handoff.notification.Subscription;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A subscription as it is read; {@code secret} only in the answer that mints it. */
record SubscriptionBody(
    UUID subscriptionId,
    String url,
    String format,
    List<String> events,
    String state,
    Instant createdAt,
    @Nullable Instant failingSince,
    @Nullable Instant disabledAt,
    @Nullable String disabledBecause,
    @Nullable String secret) {

  static SubscriptionBody of(Subscription subscription, @Nullable String secret) {
    return new SubscriptionBody(
        subscription.subscriptionId(),
        shown(subscription),
        subscription.format().word(),
        subscription.events(),
        subscription.disabledAt() == null ? "active" : "disabled",
        subscription.createdAt(),
        subscription.failingSince(),
        subscription.disabledAt(),
        subscription.disabledBecause(),
        secret);
  }

  /** Whoever knows the path of a Slack webhook may write to the channel. */
  private static String shown(Subscription subscription) {
    if (subscription.format() != Format.SLACK) {
      return subscription.url();
    }
    var uri = URI.create(subscription.url());
    return uri.getScheme() + "://" + uri.getRawAuthority() + "/…";
  }
}
