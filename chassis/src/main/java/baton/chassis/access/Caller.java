package baton.chassis.access;

import baton.chassis.problem.Problem;
import java.security.Principal;
import org.jspecify.annotations.Nullable;

/** Who calls: the key, its role, and the seller or source it is narrowed to. */
public record Caller(String keyId, Role role, @Nullable String sellerId, @Nullable String source)
    implements Principal {
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
