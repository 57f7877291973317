package baton.handoff.notification;

import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Who wants to hear of what. {@code ownedBy} is the role that made it: one side's subscriptions
 * aren't the other's to see. {@code failingSince} is null while the last attempt succeeded.
 */
public record Subscription(
    UUID subscriptionId,
    String url,
    Format format,
    List<String> events,
    String ownedBy,
    Instant createdAt,
    @Nullable Instant failingSince,
    @Nullable Instant disabledAt,
    @Nullable String disabledBecause) {
  public Subscription {
    events = List.copyOf(events);
  }
}
