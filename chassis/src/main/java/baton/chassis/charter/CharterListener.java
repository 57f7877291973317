package baton.chassis.charter;

import static java.nio.charset.StandardCharsets.UTF_8;

import baton.chassis.hearing.WholeTopic;
import baton.contracts.Charter;
import baton.contracts.Event;
import baton.contracts.Json;
import baton.contracts.Topic;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/**
 * Learns the signed charters: those of before from this service's own database, so that it judges
 * right with Kafka away, then the topic.
 */
@ApplicationScoped
class CharterListener implements WholeTopic.Listener {
  private static final int BEFORE_ANYTHING_IS_STAMPED = 1;
  private static final Duration PATIENCE = Duration.ofSeconds(10);

  private final Charters charters;
  private final Pool pool;
  private final WholeTopic topic;

  CharterListener(
      Charters charters,
      Pool pool,
      @ConfigProperty(name = "kafka.bootstrap.servers") String bootstrapServers) {
    this.charters = charters;
    this.pool = pool;
    this.topic = new WholeTopic(Topic.CHARTER, bootstrapServers, this);
  }

  void start(@Observes @Priority(BEFORE_ANYTHING_IS_STAMPED) StartupEvent start) {
    pool.query("SELECT event FROM known_charter ORDER BY version")
        .execute()
        .await()
        .atMost(PATIENCE)
        .forEach(row -> charters.learn(read(row.getString(0))));
    charters.heardFrom(topic);
    topic.start();
  }

  void stop(@Observes ShutdownEvent stop) {
    topic.close();
  }

  @Override
  public void heard(Event event) {
    if (event instanceof Charter charter && !charters.knows(charter.version())) {
      pool.preparedQuery(
              "INSERT INTO known_charter (version, event) VALUES ($1, $2) ON CONFLICT DO NOTHING")
          .execute(Tuple.of(charter.version(), new String(Json.bytes(charter), UTF_8)))
          .await()
          .atMost(PATIENCE);
      charters.learn(charter);
    }
  }

  /** What was signed is never unsigned. */
  @Override
  public void gone(String key) {}

  private static Charter read(String event) {
    try {
      return Json.mapper().readValue(event, Charter.class);
    } catch (IOException ours) {
      throw new UncheckedIOException(ours);
    }
  }
}
