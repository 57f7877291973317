package baton.chassis.hearing;

import baton.contracts.CloudEvent;
import baton.contracts.Event;
import baton.contracts.Topic;
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
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Follows a topic of reference data from its beginning, for this instance alone and in no group, on
 * a thread of its own. A Kafka that is away is asked again, and all is heard again: hearing twice
 * must change nothing.
 */
public final class WholeTopic implements AutoCloseable {
  private static final Logger LOG = Logger.getLogger(WholeTopic.class);
  private static final Duration LOOK = Duration.ofMillis(500);
  private static final Duration REACH = Duration.ofSeconds(5);
  private static final Duration PARTING = Duration.ofSeconds(2);
  private static final Duration BACKOFF = Duration.ofSeconds(1);

  /** What is heard, on the follower's thread. A failure makes it start over. */
  public interface Listener {
    void heard(Event event);

    void gone(String key);

    /** Between two looks, some twice a second, also while Kafka is away. */
    default void looked() {}
  }

  private final Topic topic;
  private final String bootstrapServers;
  private final Listener listener;
  private final CountDownLatch stopped = new CountDownLatch(1);
  private final Thread thread;
  private volatile boolean reached;
  private volatile @Nullable Long heardUntil;

  public WholeTopic(Topic topic, String bootstrapServers, Listener listener) {
    this.topic = topic;
    this.bootstrapServers = bootstrapServers;
    this.listener = listener;
    this.thread =
        Thread.ofPlatform().daemon().name("whole-" + topic.topicName()).unstarted(this::follow);
  }

  public void start() {
    thread.start();
  }

  /** Whether Kafka answered when it was last asked. */
  public boolean reached() {
    return reached;
  }

  /** Whether all has been heard that was there at this moment of {@link System#nanoTime}. */
  public boolean hasHeardAllOf(long moment) {
    var until = heardUntil;
    return until != null && until - moment >= 0;
  }

  @Override
  public void close() {
    stopped.countDown();
    try {
      thread.join(PARTING);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  private void follow() {
    while (!isStopped(Duration.ZERO)) {
      try (var consumer = consumer()) {
        follow(consumer);
      } catch (RuntimeException away) {
        reached = false;
        LOG.warnf("%s can't be read: %s", topic.topicName(), away.getClass().getSimpleName());
        listener.looked();
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
      long looking = System.nanoTime();
      var records = consumer.poll(LOOK);
      records.forEach(this::hear);
      listener.looked();
      if (records.isEmpty()
          && partitions.stream().allMatch(each -> consumer.currentLag(each).orElse(1) == 0)) {
        heardUntil = looking;
      }
      if (System.nanoTime() - asked > REACH.toNanos()) {
        consumer.endOffsets(partitions, REACH);
        reached = true;
        asked = System.nanoTime();
      }
    }
  }

  private List<TopicPartition> partitions(KafkaConsumer<String, byte[]> consumer) {
    var name = topic.topicName();
    var found = consumer.partitionsFor(name, REACH);
    reached = true;
    if (found == null || found.isEmpty()) {
      throw new KafkaException("there is no topic " + name);
    }
    return found.stream().map(info -> new TopicPartition(name, info.partition())).toList();
  }

  private void hear(ConsumerRecord<String, byte[]> record) {
    if (record.value() == null) {
      listener.gone(record.key());
      return;
    }
    Event event;
    try {
      event = CloudEvent.read(record.topic(), name -> header(record, name), record.value()).event();
    } catch (CloudEvent.Unreadable alien) {
      LOG.warnf(
          "%s holds a record that is none of its events, at %d:%d",
          record.topic(), record.partition(), record.offset());
      return;
    }
    listener.heard(event);
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
