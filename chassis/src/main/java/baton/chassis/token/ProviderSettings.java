package baton.chassis.token;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.util.Map;
import java.util.Optional;

/** Which OIDC provider people's tokens come from. Without an issuer no token is taken. */
@ConfigMapping(prefix = "baton.oidc")
interface ProviderSettings {
  /** As the provider says it in its tokens; over plain HTTP only on this machine. */
  Optional<String> issuer();

  /** Whom a token must be meant for. */
  @WithDefault("baton")
  String audience();

  /** Where a token names the roles, from member to member. */
  @WithDefault("realm_access/roles")
  String rolesClaim();

  @WithDefault("seller_id")
  String sellerClaim();

  /** What the provider calls a role to what it is called here, where they differ. */
  Map<String, String> roles();
}
