package baton.chassis.access;

import baton.chassis.problem.Problem;
import java.security.Principal;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Who calls: the key or the person, the role, and the seller or source they are narrowed to.
 *
 * @param keyId the key's id, or {@code oidc:} and what the provider calls the person
 * @param until how long a person's token holds; null for a key, which is looked up anew
 */
public record Caller(
    String keyId,
    Role role,
    @Nullable String sellerId,
    @Nullable String source,
    @Nullable Instant until)
    implements Principal {
  public Caller(String keyId, Role role, @Nullable String sellerId, @Nullable String source) {
    this(keyId, role, sellerId, source, null);
  }

  /** Whose deed it is: a seller's key speaks for its own seller only, others for any. */
  public static @Nullable String speaker(@Nullable String own, @Nullable String said) {
    if (own != null && said != null && !own.equals(said)) {
      throw Problem.forbidden("This key speaks for its own seller only; leave seller out.");
    }
    return said == null ? own : said;
  }

  @Override
  public String getName() {
    return keyId;
  }
}
