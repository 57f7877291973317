package baton.feedback.crm.postgres;

import baton.chassis.audit.Audit;
import baton.chassis.database.Transactions;
import baton.chassis.seal.Seal;
import baton.chassis.webhook.Setups;
import baton.chassis.webhook.Setups.Setup;
import baton.feedback.crm.Connector;
import baton.feedback.crm.Connectors;
import baton.feedback.crm.Kind;
import baton.feedback.crm.Settings;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

@ApplicationScoped
class PostgresConnectors implements Connectors {
  record Hidden(List<String> secrets) {}

  record Open(@Nullable String organizationId, Settings own) {}

  private final Setups<Hidden, Open> setups;

  PostgresConnectors(Transactions transactions, Audit audit, Seal seal) {
    this.setups = new Setups<>(transactions, audit, seal, Hidden.class, Open.class);
  }

  @Override
  public Uni<Optional<Connector>> find(String connectorId) {
    return setups.find(connectorId).map(found -> found.map(PostgresConnectors::connector));
  }

  @Override
  public Uni<List<Connector>> list(@Nullable String after, int limit) {
    return setups
        .list(after, limit)
        .map(found -> found.stream().map(PostgresConnectors::connector).toList());
  }

  @Override
  public Uni<Optional<Connector>> setUp(Connector connector) {
    return setups
        .setUp(
            connector.connectorId(),
            connector.kind().word(),
            new Hidden(connector.secrets()),
            new Open(connector.organizationId(), connector.own()))
        .map(set -> set.map(PostgresConnectors::connector));
  }

  private static Connector connector(Setup<Hidden, Open> setup) {
    return new Connector(
        setup.connectorId(),
        Kind.of(setup.kind()).orElseThrow(),
        setup.version(),
        setup.hidden().secrets(),
        setup.settings().organizationId(),
        setup.settings().own(),
        setup.setUpAt());
  }
}
