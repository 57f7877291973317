package baton.handoff.notification;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * One notice owed to one subscription, and what came of it. {@code webhookId} is the same at every
 * attempt and redelivery, so that the receiver can tell a repetition. {@code dueAt} is when it is
 * tried next, null once settled.
 */
public record Delivery(
    long number,
    UUID webhookId,
    String type,
    Instant occurredAt,
    String state,
    Instant createdAt,
    @Nullable Instant dueAt,
    @Nullable Instant settledAt,
    JsonNode data,
    List<Attempt> attempts) {
  public static final List<String> STATES = List.of("pending", "delivered", "failed");

  public Delivery {
    attempts = List.copyOf(attempts);
  }

  /** {@code status} is null where nobody answered, {@code error} where somebody did. */
  public record Attempt(
      int attempt,
      Instant startedAt,
      long millis,
      @Nullable Integer status,
      @Nullable String error,
      @Nullable String excerpt) {}
}
