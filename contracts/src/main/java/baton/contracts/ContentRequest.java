package baton.contracts;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Sales asked for material, marketing answered. */
public record ContentRequest(
    UUID requestId,
    Instant occurredAt,
    int charterVersion,
    long revision,
    RequestStep step,
    @Nullable String objection,
    @Nullable String painPoint,
    @Nullable String persona)
    implements Event {

  @Override
  public String key() {
    return requestId.toString();
  }
}
