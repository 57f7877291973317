package baton.chassis.access;

import java.security.Principal;
import org.jspecify.annotations.Nullable;

/** Who calls: the key, its role, and the seller or source it is narrowed to. */
public record Caller(String keyId, Role role, @Nullable String sellerId, @Nullable String source)
    implements Principal {
  @Override
  public String getName() {
    return keyId;
  }
}
