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
import io.vertx.mutiny.sqlclient.SqlConnection;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

@ApplicationScoped
class PostgresConnectors implements Connectors {
  record Hidden(List<String> secrets) {}

  record Open(@Nullable String organizationId, Settings own) {}

  private final Setups<Hidden, Open> setups;
  private final Transactions transactions;
  private final Audit audit;

  PostgresConnectors(Transactions transactions, Audit audit, Seal seal) {
    this.setups = new Setups<>(transactions, seal, Hidden.class, Open.class);
    this.transactions = transactions;
    this.audit = audit;
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
    return transactions.run(
        tx ->
            setups
                .setUp(
                    tx,
                    connector.connectorId(),
                    connector.kind().word(),
                    new Hidden(connector.secrets()),
                    new Open(connector.organizationId(), connector.own()))
                .map(set -> set.map(PostgresConnectors::connector))
                .call(set -> set.isEmpty() ? Uni.createFrom().voidItem() : noted(tx, set.get())));
  }

  private Uni<Void> noted(SqlConnection tx, Connector set) {
    return audit.note(
        tx,
        "connector.set-up",
        set.connectorId(),
        Map.of("kind", set.kind().word(), "version", set.version()));
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
