package baton.reporting.fold.kafka;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.apache.kafka.clients.consumer.internals.AbstractPartitionAssignor;
import org.apache.kafka.common.TopicPartition;

/**
 * Gives the same partition number of every topic to the same member, whatever topics there are yet:
 * all of a lead's events are then in one hand.
 */
public final class SameNumberTogether extends AbstractPartitionAssignor {

  @Override
  public String name() {
    return "same-number-together";
  }

  @Override
  public Map<String, List<TopicPartition>> assign(
      Map<String, Integer> partitionsPerTopic, Map<String, Subscription> subscriptions) {
    var members = List.copyOf(new TreeSet<>(subscriptions.keySet()));
    var assigned = new HashMap<String, List<TopicPartition>>();
    members.forEach(member -> assigned.put(member, new ArrayList<>()));
    partitionsPerTopic.forEach(
        (topic, partitions) -> {
          for (int number = 0; number < partitions; number++) {
            var member = members.get(number % members.size());
            assigned
                .computeIfAbsent(member, _ -> new ArrayList<>())
                .add(new TopicPartition(topic, number));
          }
        });
    return assigned;
  }
}
