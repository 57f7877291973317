package baton.chassis.database;

import io.quarkus.reactive.pg.client.PgPoolCreator;
import io.vertx.pgclient.PgBuilder;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.SqlConnectOptions;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** A pool whose callers wait a short while for a connection, and not in an endless queue. */
@ApplicationScoped
class ShortQueue implements PgPoolCreator {
  private final Duration wait;
  private final int queue;

  ShortQueue(
      @ConfigProperty(name = "baton.database.wait", defaultValue = "PT3S") Duration wait,
      @ConfigProperty(name = "baton.database.queue", defaultValue = "2000") int queue) {
    this.wait = wait;
    this.queue = queue;
  }

  @Override
  public Pool create(Input input) {
    return PgBuilder.pool()
        .using(input.vertx())
        .connectingTo(List.<SqlConnectOptions>copyOf(input.pgConnectOptionsList()))
        .with(
            input
                .poolOptions()
                .setConnectionTimeout((int) wait.toMillis())
                .setConnectionTimeoutUnit(TimeUnit.MILLISECONDS)
                .setMaxWaitQueueSize(queue))
        .build();
  }
}
