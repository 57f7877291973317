package baton.contracts;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * An API key that holds or, when {@code revokedAt} has passed, no longer does. The secret itself is
 * never published: {@code secretHash} is its HMAC-SHA256 under the installation's pepper, in hex.
 */
public record AccessKey(
    String keyId,
    Instant occurredAt,
    int charterVersion,
    String secretHash,
    String role,
    @Nullable String sellerId,
    @Nullable String source,
    @Nullable Instant expiresAt,
    @Nullable Instant revokedAt)
    implements Event {

  @Override
  public String key() {
    return keyId;
  }
}
