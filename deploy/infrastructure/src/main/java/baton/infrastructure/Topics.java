package baton.infrastructure;

import baton.contracts.Topic;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.ExecutionException;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.GroupListing;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TopicExistsException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;

/** The topics of the contracts on one broker: made, emptied, read whole. */
public final class Topics {
  private static final Duration LONG_ENOUGH = Duration.ofSeconds(30);

  private final String bootstrapServers;

  public Topics(String bootstrapServers) {
    this.bootstrapServers = bootstrapServers;
  }

  /** Makes every topic that isn't there yet; one that is there is left as it is. */
  public void create(int partitions) {
    var wanted =
        Arrays.stream(Topic.values())
            .map(
                topic ->
                    new NewTopic(topic.topicName(), partitions, (short) 1)
                        .configs(topic.settings()))
            .toList();
    try (var admin = admin()) {
      var made = admin.createTopics(wanted).values();
      for (var each : made.values()) {
        unlessThere(each);
      }
      var deadline = System.nanoTime() + LONG_ENOUGH.toNanos();
      while (!get(admin.listTopics().names()).containsAll(names()) || !haveLeaders(admin)) {
        if (System.nanoTime() > deadline) {
          throw new IllegalStateException("the topics were made but did not appear");
        }
        Processes.pause(Duration.ofMillis(20));
      }
    }
  }

  void remove() {
    try (var admin = admin()) {
      var groups = get(admin.listGroups().all()).stream().map(GroupListing::groupId).toList();
      if (!groups.isEmpty()) {
        try {
          admin.deleteConsumerGroups(groups).all().get();
        } catch (ExecutionException stillInUse) {
          // A group with a living member keeps its offsets.
        } catch (InterruptedException interrupted) {
          Thread.currentThread().interrupt();
        }
      }
      var there = get(admin.listTopics().names());
      get(admin.deleteTopics(names().stream().filter(there::contains).toList()).all());
      var deadline = System.nanoTime() + LONG_ENOUGH.toNanos();
      while (get(admin.listTopics().names()).stream().anyMatch(names()::contains)) {
        if (System.nanoTime() > deadline) {
          throw new IllegalStateException("the topics were removed but are still there");
        }
        Processes.pause(Duration.ofMillis(20));
      }
    }
  }

  List<ConsumerRecord<String, byte[]>> read(String topic) {
    var settings = new Properties();
    settings.put(ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers);
    settings.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
    settings.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, "false");
    settings.put(ConsumerConfig.FETCH_MAX_WAIT_MS_CONFIG, "10");
    var records = new ArrayList<ConsumerRecord<String, byte[]>>();
    try (var consumer =
        new KafkaConsumer<>(settings, new StringDeserializer(), new ByteArrayDeserializer())) {
      var partitions =
          consumer.partitionsFor(topic, LONG_ENOUGH).stream()
              .map(info -> new TopicPartition(topic, info.partition()))
              .toList();
      consumer.assign(partitions);
      consumer.seekToBeginning(partitions);
      var ends = new HashMap<>(consumer.endOffsets(partitions, LONG_ENOUGH));
      while (ends.entrySet().stream()
          .anyMatch(end -> consumer.position(end.getKey()) < end.getValue())) {
        consumer.poll(Duration.ofMillis(100)).forEach(records::add);
      }
    }
    return records;
  }

  private boolean haveLeaders(Admin admin) {
    return get(admin.describeTopics(names()).allTopicNames()).values().stream()
        .flatMap(topic -> topic.partitions().stream())
        .allMatch(partition -> partition.leader() != null && !partition.leader().isEmpty());
  }

  private Admin admin() {
    return Admin.create(
        Map.of(
            AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG,
            bootstrapServers,
            AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG,
            30_000));
  }

  private static java.util.Set<String> names() {
    return Arrays.stream(Topic.values()).map(Topic::topicName).collect(Collectors.toSet());
  }

  private static void unlessThere(KafkaFuture<Void> made) {
    try {
      made.get();
    } catch (ExecutionException failed) {
      if (!(failed.getCause() instanceof TopicExistsException)) {
        throw new IllegalStateException(failed.getCause());
      }
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(interrupted);
    }
  }

  private static <T> T get(KafkaFuture<T> future) {
    try {
      return future.get();
    } catch (ExecutionException failed) {
      throw new IllegalStateException(failed.getCause());
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(interrupted);
    }
  }
}
