package baton.reporting.fold.kafka;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;

/**
 * Records that were read and wait until the other topics of their partition number are as far.
 * While a backlog is folded that brings a lead's events into one batch, and its journey is written
 * once.
 */
final class Abreast {
  private static final ArrayDeque<ConsumerRecord<byte[], byte[]>> NONE = new ArrayDeque<>(0);

  private final Map<TopicPartition, ArrayDeque<ConsumerRecord<byte[], byte[]>>> waiting =
      new HashMap<>();
  private int size;
  private long bytes;

  void add(ConsumerRecord<byte[], byte[]> record) {
    waiting
        .computeIfAbsent(
            new TopicPartition(record.topic(), record.partition()), _ -> new ArrayDeque<>())
        .add(record);
    size++;
    bytes += Math.max(0, record.serializedValueSize());
  }

  int size() {
    return size;
  }

  /** Of their values. */
  long bytes() {
    return bytes;
  }

  boolean none(TopicPartition topic) {
    return waiting.getOrDefault(topic, NONE).isEmpty();
  }

  /** Those of which more than so many wait. */
  Set<TopicPartition> ahead(int many) {
    return waiting.entrySet().stream()
        .filter(entry -> entry.getValue().size() > many)
        .map(Map.Entry::getKey)
        .collect(Collectors.toSet());
  }

  void clear() {
    waiting.clear();
    size = 0;
    bytes = 0;
  }

  /**
   * Takes what is not later than the last known of any topic that goes on.
   *
   * @param topics all that are read
   * @param goesOn whether there is more of a topic than has been read
   */
  List<ConsumerRecord<byte[], byte[]>> take(
      Collection<TopicPartition> topics, Predicate<TopicPartition> goesOn) {
    var until = new HashMap<Integer, Long>();
    for (var topic : topics) {
      if (goesOn.test(topic)) {
        var last = waiting.getOrDefault(topic, NONE).peekLast();
        until.merge(topic.partition(), last == null ? Long.MIN_VALUE : last.timestamp(), Math::min);
      }
    }
    var taken = new ArrayList<ConsumerRecord<byte[], byte[]>>(size);
    waiting.forEach(
        (topic, records) -> {
          long limit = until.getOrDefault(topic.partition(), Long.MAX_VALUE);
          while (!records.isEmpty() && records.getFirst().timestamp() <= limit) {
            taken.add(records.removeFirst());
          }
        });
    return without(taken);
  }

  List<ConsumerRecord<byte[], byte[]>> takeAll() {
    var taken = new ArrayList<ConsumerRecord<byte[], byte[]>>(size);
    waiting.values().forEach(taken::addAll);
    waiting.clear();
    return without(taken);
  }

  private List<ConsumerRecord<byte[], byte[]>> without(List<ConsumerRecord<byte[], byte[]>> taken) {
    size -= taken.size();
    for (var record : taken) {
      bytes -= Math.max(0, record.serializedValueSize());
    }
    return taken;
  }
}
