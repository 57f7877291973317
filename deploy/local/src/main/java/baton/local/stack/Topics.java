package baton.local.stack;

import baton.contracts.Topic;
import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.errors.TopicExistsException;

/** Makes the topics of the published language; those that are there stay as they are. */
final class Topics {
  private static final int PARTITIONS = 4;
  private static final short REPLICAS = 1;

  private Topics() {}

  static void create(String bootstrapServers) {
    try (var admin =
        Admin.create(
            Map.<String, Object>of(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers))) {
      var topics =
          Arrays.stream(Topic.values())
              .map(
                  topic ->
                      new NewTopic(topic.topicName(), PARTITIONS, REPLICAS)
                          .configs(topic.settings()))
              .collect(Collectors.toList());
      for (var made : admin.createTopics(topics).values().values()) {
        try {
          made.get();
        } catch (ExecutionException failed) {
          if (!(failed.getCause() instanceof TopicExistsException)) {
            throw new NotUp("a topic could not be made: " + failed.getMessage());
          }
        }
      }
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(interrupted);
    }
  }
}
