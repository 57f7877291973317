package baton.lead.connector.postgres;

import baton.chassis.audit.Audit;
import baton.chassis.database.Transactions;
import baton.chassis.mapping.MappingBody;
import baton.chassis.seal.Seal;
import baton.chassis.webhook.Setups;
import baton.chassis.webhook.Setups.Setup;
import baton.lead.connector.Connector;
import baton.lead.connector.Connectors;
import baton.lead.tool.Kind;
import com.fasterxml.jackson.databind.JsonNode;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

@ApplicationScoped
class PostgresConnectors implements Connectors {
  record Hidden(List<String> secrets, @Nullable String verifyToken, @Nullable String token) {}

  record Settings(@Nullable MappingBody mapping, Map<String, JsonNode> defaults) {}

  private final Setups<Hidden, Settings> setups;

  PostgresConnectors(Transactions transactions, Audit audit, Seal seal) {
    this.setups = new Setups<>(transactions, audit, seal, Hidden.class, Settings.class);
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
            new Hidden(connector.secrets(), connector.verifyToken(), connector.token()),
            new Settings(connector.mapping(), connector.defaults()))
        .map(set -> set.map(PostgresConnectors::connector));
  }

  private static Connector connector(Setup<Hidden, Settings> setup) {
    return new Connector(
        setup.connectorId(),
        Kind.of(setup.kind()).orElseThrow(),
        setup.version(),
        setup.hidden().secrets(),
        setup.hidden().verifyToken(),
        setup.hidden().token(),
        setup.settings().mapping(),
        setup.settings().defaults(),
        setup.setUpAt());
  }
}
