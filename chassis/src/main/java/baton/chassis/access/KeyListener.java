package baton.chassis.access;

import baton.contracts.AccessKey;
import baton.contracts.CloudEvent;
import baton.contracts.Topic;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Keeps the keys current: every instance reads the whole topic for itself, in no group, and looks
 * whether the file changed. A Kafka that is away is asked again; what was known goes on to count.
 */
@ApplicationScoped
class KeyListener {
  private static final Logger LOG = Logger.getLogger(KeyListener.class);
  private static final Duration LOOK = Duration.ofMillis(500);
  private static final Duration REACH = Duration.ofSeconds(5);
  private static final Duration PARTING = Duration.ofSeconds(2);
  private static final Duration BACKOFF = Duration.ofSeconds(1);

  private final Keys keys;
  private final String bootstrapServers;
  private final CountDownLatch stopped = new CountDownLatch(1);
  private final Thread listener =
      Thread.ofPlatform().daemon().name("access-keys").unstarted(this::listen);
  private volatile boolean reached;

  KeyListener(
      Keys keys, @ConfigProperty(name = "kafka.bootstrap.servers") String bootstrapServers) {
    this.keys = keys;
    this.bootstrapServers = bootstrapServers;
  }

  void start(@Observes StartupEvent start) {
    listener.start();
  }

  void stop(@Observes ShutdownEvent stop) throws InterruptedException {
    stopped.countDown();
    listener.join(PARTING);
  }

  /** Whether Kafka answered when it was last asked. */
  boolean reached() {
    return reached;
  }

  private void listen() {
    while (!isStopped(Duration.ZERO)) {
      try (var consumer = consumer()) {
        follow(consumer);
      } catch (KafkaException away) {
        reached = false;
        LOG.warnf("access-key can't be read: %s", away.getClass().getSimpleName());
        keys.reload();
        isStopped(BACKOFF);
      }
    }
  }

  private void follow(KafkaConsumer<String, byte[]> consumer) {
    var partitions = partitions(consumer);
    consumer.assign(partitions);
    consumer.seekToBeginning(partitions);
    long asked = System.nanoTime();
    while (!isStopped(Duration.ZERO)) {
      consumer.poll(LOOK).forEach(this::hear);
      keys.reload();
      if (System.nanoTime() - asked > REACH.toNanos()) {
        consumer.endOffsets(partitions, REACH);
        reached = true;
        asked = System.nanoTime();
      }
    }
  }

  private List<TopicPartition> partitions(KafkaConsumer<String, byte[]> consumer) {
    var topic = Topic.ACCESS_KEY.topicName();
    var found = consumer.partitionsFor(topic, REACH);
    reached = true;
    if (found == null || found.isEmpty()) {
      throw new KafkaException("there is no topic " + topic);
    }
    return found.stream().map(info -> new TopicPartition(topic, info.partition())).toList();
  }

  private void hear(ConsumerRecord<String, byte[]> record) {
    if (record.value() == null) {
      keys.forget(record.key());
      return;
    }
    try {
      var event =
          CloudEvent.read(record.topic(), name -> header(record, name), record.value()).event();
      if (event instanceof AccessKey key) {
        keys.learn(key);
      }
    } catch (CloudEvent.Unreadable alien) {
      LOG.warnf(
          "access-key holds a record that is no key, at %d:%d",
          record.partition(), record.offset());
    }
  }

  private static byte @Nullable [] header(ConsumerRecord<String, byte[]> record, String name) {
    var header = record.headers().lastHeader(name);
    return header == null ? null : header.value();
  }

  private boolean isStopped(Duration patience) {
    try {
      return stopped.await(patience.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException ended) {
      Thread.currentThread().interrupt();
      return true;
    }
  }

  private KafkaConsumer<String, byte[]> consumer() {
    return new KafkaConsumer<>(
        Map.of(
            "bootstrap.servers", bootstrapServers,
            "enable.auto.commit", "false",
            "auto.offset.reset", "earliest",
            "isolation.level", "read_committed",
            "allow.auto.create.topics", "false"),
        new StringDeserializer(),
        new ByteArrayDeserializer());
  }
}
