package baton.chassis.access;

import baton.chassis.hearing.WholeTopic;
import baton.contracts.AccessKey;
import baton.contracts.Event;
import baton.contracts.Topic;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/**
 * Keeps the keys current: reads the whole topic, and looks whether the file changed. With Kafka
 * away, what was known goes on to count.
 */
@ApplicationScoped
class KeyListener implements WholeTopic.Listener {
  private final Keys keys;
  private final WholeTopic topic;

  KeyListener(
      Keys keys, @ConfigProperty(name = "kafka.bootstrap.servers") String bootstrapServers) {
    this.keys = keys;
    this.topic = new WholeTopic(Topic.ACCESS_KEY, bootstrapServers, this);
  }

  void start(@Observes StartupEvent start) {
    topic.start();
  }

  void stop(@Observes ShutdownEvent stop) {
    topic.close();
  }

  /** Whether Kafka answered when it was last asked. */
  boolean reached() {
    return topic.reached();
  }

  @Override
  public void heard(Event event) {
    if (event instanceof AccessKey key) {
      keys.learn(key);
    }
  }

  @Override
  public void gone(String key) {
    keys.forget(key);
  }

  @Override
  public void looked() {
    keys.reload();
  }
}
