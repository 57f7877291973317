package baton.systemtest.recount;

import baton.systemtest.stack.TopicReader;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;

/** All that the topics say, and whether they say it in order. */
public final class Log {
  private final Map<String, List<Told>> byTopic = new TreeMap<>();

  private Log() {}

  public static Log read(TopicReader topics) {
    var log = new Log();
    for (var topic : topics.names()) {
      log.byTopic.put(topic, topics.read(topic).stream().map(Told::of).toList());
    }
    return log;
  }

  /** A topic's records without repeats, in the order in which they first appear. */
  public List<Told> on(String topic) {
    var first = new LinkedHashMap<String, Told>();
    byTopic.getOrDefault(topic, List.of()).forEach(told -> first.putIfAbsent(told.id(), told));
    return List.copyOf(first.values());
  }

  public long size() {
    return byTopic.values().stream().mapToLong(List::size).sum();
  }

  public long repeats() {
    return byTopic.keySet().stream()
        .mapToLong(topic -> byTopic.getOrDefault(topic, List.of()).size() - on(topic).size())
        .sum();
  }

  /** What is wrong with the order: empty when every key's events are where and as they must be. */
  public List<String> disorder() {
    var faults = new ArrayList<String>();
    var sequences = new TreeMap<String, TreeSet<Long>>();
    var partitions = new HashMap<String, Integer>();
    byTopic.forEach(
        (topic, records) -> {
          var last = new HashMap<String, Long>();
          for (var told : on(topic)) {
            var stream = told.source() + " " + told.key();
            var before = last.put(stream, told.sequence());
            if (before != null && before >= told.sequence()) {
              faults.add(topic + ": " + stream + " has " + told.sequence() + " after " + before);
            }
            if (!sequences.computeIfAbsent(stream, _ -> new TreeSet<>()).add(told.sequence())) {
              faults.add(stream + " has two events numbered " + told.sequence());
            }
          }
          for (var told : records) {
            var partition = partitions.putIfAbsent(told.key(), told.partition());
            if (partition != null && partition != told.partition()) {
              faults.add(
                  told.key() + " is on partitions " + partition + " and " + told.partition());
            }
          }
        });
    sequences.forEach(
        (stream, numbers) -> {
          if (numbers.first() != 1 || numbers.last() != numbers.size()) {
            faults.add(stream + " has gaps: " + numbers);
          }
        });
    return faults;
  }
}
