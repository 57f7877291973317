package baton.chassis.database;

import io.quarkus.reactive.pg.client.PgPoolCreator;
import io.vertx.pgclient.PgBuilder;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.SqlConnectOptions;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/**
 * A pool whose callers wait a short while for a connection, and not in an endless queue. Where
 * statements are kept prepared, those of {@code baton.database.longest-cached} characters and more
 * are not: the client's own limit, unless a service says another.
 */
@ApplicationScoped
class ShortQueue implements PgPoolCreator {
  private final Duration wait;
  private final int queue;
  private final int longest;

  ShortQueue(
      @ConfigProperty(name = "baton.database.wait", defaultValue = "PT3S") Duration wait,
      @ConfigProperty(name = "baton.database.queue", defaultValue = "2000") int queue,
      @ConfigProperty(name = "baton.database.longest-cached", defaultValue = "2048") int longest) {
    this.wait = wait;
    this.queue = queue;
    this.longest = longest;
  }

  @Override
  public Pool create(Input input) {
    return PgBuilder.pool()
        .using(input.vertx())
        .connectingTo(
            input.pgConnectOptionsList().stream()
                .<SqlConnectOptions>map(to -> to.setPreparedStatementCacheSqlLimit(longest))
                .toList())
        .with(
            input
                .poolOptions()
                .setConnectionTimeout((int) wait.toMillis())
                .setConnectionTimeoutUnit(TimeUnit.MILLISECONDS)
                .setMaxWaitQueueSize(queue))
        .build();
  }
}
