package baton.chassis.token;

import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.util.Map;

/** An OIDC provider on this machine for a {@code @QuarkusTest}. */
public final class IssuerResource implements QuarkusTestResourceLifecycleManager {
  private final Issuer issuer = new Issuer();

  @Override
  public Map<String, String> start() {
    return Map.of("baton.oidc.issuer", issuer.name());
  }

  @Override
  public void stop() {
    issuer.close();
  }

  @Override
  public void inject(TestInjector injector) {
    injector.injectIntoFields(issuer, new TestInjector.MatchesType(Issuer.class));
  }
}
