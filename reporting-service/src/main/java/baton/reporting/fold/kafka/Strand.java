package baton.reporting.fold.kafka;

import baton.contracts.Event;
import baton.reporting.fold.Batch;
import baton.reporting.fold.Batch.Move;
import baton.reporting.fold.Batch.Parked;
import baton.reporting.fold.Ledger;
import baton.reporting.fold.Ledger.Kept.Counted;
import baton.reporting.fold.Ledger.Kept.Overtaken;
import baton.reporting.fold.Ledger.Mark;
import baton.reporting.fold.Ledger.Unkeepable;
import baton.reporting.journey.Journey;
import baton.reporting.verdict.OfPeriod;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.OffsetOutOfRangeException;
import org.apache.kafka.common.TopicPartition;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * One generation being folded by one thread: some partition numbers, where it stands in each, and
 * the journeys it met last. What it remembers is only as good as the version it counts on; once
 * overtaken it forgets all and looks again.
 */
final class Strand {
  private static final Logger LOG = Logger.getLogger(Strand.class);

  /** What may have been under way to the broker, or from it, when a poll found nothing more. */
  private static final Duration UNDER_WAY = Duration.ofMillis(500);

  private static final Duration NOW_AND_THEN = Duration.ofMillis(500);

  private final Consumer<byte[], byte[]> consumer;
  private final Ledger ledger;
  private final FoldSettings settings;
  private final InstantSource clock;
  private final FoldMeters meters;

  /** Whether reports read it. */
  private final boolean read;

  private final Map<Integer, Part> parts = new TreeMap<>();
  private final Abreast abreast = new Abreast();
  private int generation;
  private final Map<String, Integer> counted = new HashMap<>();
  private Instant lastCompleted = Instant.EPOCH;

  Strand(
      Consumer<byte[], byte[]> consumer,
      Ledger ledger,
      FoldSettings settings,
      InstantSource clock,
      FoldMeters meters,
      boolean read) {
    this.read = read;
    this.consumer = consumer;
    this.ledger = ledger;
    this.settings = settings;
    this.clock = clock;
    this.meters = meters;
  }

  /** One partition number, across all topics. */
  private static final class Part {
    private long version;
    private Instant completeTo = Instant.EPOCH;

    /** Whether it was ever complete: who folds a past from its beginning told nobody of it yet. */
    private boolean told;

    private final Map<TopicPartition, Long> next = new HashMap<>();
    private final Map<TopicPartition, Instant> folded = new HashMap<>();
    private final Map<UUID, Journey> remembered;

    Part(int capacity) {
      remembered =
          new LinkedHashMap<>(16, 0.75f, true) {
            private static final long serialVersionUID = 1;

            @Override
            protected boolean removeEldestEntry(Map.Entry<UUID, Journey> eldest) {
              return size() > capacity;
            }
          };
    }
  }

  int generation() {
    return generation;
  }

  Set<Integer> partitions() {
    return new TreeSet<>(parts.keySet());
  }

  Consumer<byte[], byte[]> consumer() {
    return consumer;
  }

  /** Begins, or begins again, where the ledger says that these partitions stand. */
  void open(int generation, Collection<TopicPartition> assigned) {
    this.generation = generation;
    parts.clear();
    abreast.clear();
    consumer.resume(consumer.paused());
    if (assigned.isEmpty()) {
      return;
    }
    var topics = new TreeMap<Integer, Set<String>>();
    assigned.forEach(
        each -> topics.computeIfAbsent(each.partition(), _ -> new TreeSet<>()).add(each.topic()));
    int most = assigned.stream().mapToInt(each -> partitions(each.topic())).max().orElse(0);
    int capacity = Math.max(100, settings.mostRemembered() / topics.size());
    ledger
        .standing(generation, most, topics)
        .forEach(
            (partition, standing) -> {
              var part = new Part(capacity);
              part.version = standing.version();
              if (standing.completeTo() != null) {
                part.completeTo = standing.completeTo();
                part.told = true;
              }
              standing
                  .next()
                  .forEach(
                      (topic, next) -> part.next.put(new TopicPartition(topic, partition), next));
              parts.put(partition, part);
            });
    for (var each : assigned) {
      consumer.seek(each, part(each.partition()).next.getOrDefault(each, 0L));
    }
  }

  void forget(Collection<TopicPartition> revoked) {
    revoked.forEach(each -> parts.remove(each.partition()));
    abreast.clear();
  }

  /** When a batch is heard that may change what was told; null where nothing was told yet. */
  private @Nullable Instant heard(Instant polled) {
    return read && parts.values().stream().allMatch(part -> part.told) ? polled : null;
  }

  /** Reads and folds once; false if overtaken, which asks to be opened again. */
  boolean turn(Duration patience) {
    var polled = clock.instant();
    var records = gather(patience);
    if (records.isEmpty()) {
      complete(polled);
      return true;
    }
    if (!fold(records, heard(polled))) {
      return false;
    }
    for (var record : records) {
      part(record.partition())
          .folded
          .merge(
              new TopicPartition(record.topic(), record.partition()),
              Instant.ofEpochMilli(record.timestamp()),
              (one, other) -> one.isAfter(other) ? one : other);
    }
    complete(polled);
    return true;
  }

  boolean caughtUp() {
    return parts.keySet().stream().allMatch(this::caughtUp);
  }

  private boolean caughtUp(int partition) {
    return part(partition).next.keySet().stream().allMatch(this::caughtUp);
  }

  private boolean caughtUp(TopicPartition topic) {
    return lagless(topic) && abreast.none(topic);
  }

  private boolean lagless(TopicPartition topic) {
    return consumer.currentLag(topic).orElse(1) == 0;
  }

  private List<ConsumerRecord<byte[], byte[]>> gather(Duration patience) {
    int many = settings.mostRecords() / 10;
    int polled = poll(abreast.size() == 0 ? patience : Duration.ZERO);
    if (abreast.size() == 0) {
      return List.of();
    }
    long begun = System.nanoTime();
    while (abreast.size() < settings.mostRecords() && abreast.bytes() < settings.mostBytes()) {
      var linger = abreast.size() >= many ? settings.lingerBehind() : settings.linger();
      var left = linger.minusNanos(System.nanoTime() - begun);
      if (left.isNegative() || (polled == 0 && abreast.size() >= many)) {
        break;
      }
      polled = poll(left);
    }
    if (abreast.size() < many) {
      return abreast.takeAll();
    }
    var taken = abreast.take(consumer.assignment(), topic -> !lagless(topic));
    return taken.size() < many / 10 ? abreast.takeAll() : taken;
  }

  private int poll(Duration patience) {
    var ahead = abreast.ahead(settings.mostRecords() / 5);
    var paused = consumer.paused();
    consumer.resume(paused.stream().filter(topic -> !ahead.contains(topic)).toList());
    consumer.pause(ahead);
    try {
      int before = abreast.size();
      for (var record : consumer.poll(patience)) {
        if (parts.containsKey(record.partition())) {
          abreast.add(record);
        }
      }
      return Math.max(0, abreast.size() - before);
    } catch (OffsetOutOfRangeException lost) {
      LOG.errorf(
          "records are gone from %s: what was not folded yet can't be any more", lost.partitions());
      meters.lost(lost.partitions().size());
      consumer.seekToBeginning(lost.partitions());
      return 0;
    }
  }

  private boolean fold(List<ConsumerRecord<byte[], byte[]>> records, @Nullable Instant heard) {
    try {
      return kept(records, List.of(), heard);
    } catch (Unkeepable unkeepable) {
      if (records.size() > 1) {
        int half = records.size() / 2;
        return fold(records.subList(0, half), heard)
            && fold(records.subList(half, records.size()), heard);
      }
      var record = records.getFirst();
      LOG.errorf(
          "parked %s-%d@%d: %s",
          record.topic(), record.partition(), record.offset(), unkeepable.getMessage());
      return kept(
          records,
          List.of(Heard.noise(record, String.valueOf(unkeepable.getMessage())).parked()),
          heard);
    }
  }

  /**
   * @param refused if any, all that there is: the records themselves are left out
   */
  private boolean kept(
      List<ConsumerRecord<byte[], byte[]>> records, List<Parked> refused, @Nullable Instant heard) {
    var versions = new TreeMap<Integer, Long>();
    var ends = new LinkedHashMap<TopicPartition, Long>();
    var told = new TreeMap<Integer, Map<UUID, List<Event>>>();
    var parked = new ArrayList<>(refused);
    var ofPeriods = new ArrayList<OfPeriod>();
    for (var record : records) {
      ends.merge(
          new TopicPartition(record.topic(), record.partition()), record.offset() + 1, Math::max);
      if (refused.isEmpty()) {
        switch (Heard.of(record, partitions(record.topic()))) {
          case Heard.About(var lead, var event) ->
              told.computeIfAbsent(record.partition(), _ -> new HashMap<>())
                  .computeIfAbsent(lead, _ -> new ArrayList<>(4))
                  .add(event);
          case Heard.Noise(var noise) -> {
            LOG.errorf(
                "parked %s-%d@%d: %s",
                record.topic(), record.partition(), record.offset(), noise.reason());
            parked.add(noise);
          }
          case Heard.Aside(var event) -> OfPeriod.told(event).ifPresent(ofPeriods::add);
        }
      }
    }
    var moves = new ArrayList<Move>();
    ends.forEach(
        (topic, end) -> {
          var part = part(topic.partition());
          versions.put(topic.partition(), part.version);
          moves.add(
              new Move(topic.topic(), topic.partition(), part.next.getOrDefault(topic, 0L), end));
        });
    var batch = new Batch(generation, versions, moves, told, ofPeriods, parked, heard);
    var remembered = new HashMap<UUID, Journey>();
    told.forEach(
        (partition, leads) ->
            leads
                .keySet()
                .forEach(
                    lead -> {
                      var journey = part(partition).remembered.get(lead);
                      if (journey != null) {
                        remembered.put(lead, journey);
                      }
                    }));
    return switch (ledger.keep(batch, remembered)) {
      case Overtaken() -> {
        meters.overtaken();
        yield false;
      }
      case Counted(var journeys) -> {
        ends.forEach((topic, end) -> part(topic.partition()).next.put(topic, end));
        versions.keySet().forEach(partition -> part(partition).version++);
        told.forEach(
            (partition, leads) ->
                leads
                    .keySet()
                    .forEach(
                        lead -> {
                          var journey = journeys.get(lead);
                          if (journey != null) {
                            part(partition).remembered.put(lead, journey);
                          }
                        }));
        meters.folded(records.size(), parked.size());
        yield true;
      }
    };
  }

  private int partitions(String topic) {
    return counted.computeIfAbsent(topic, name -> consumer.partitionsFor(name).size());
  }

  private Part part(int partition) {
    return Objects.requireNonNull(parts.get(partition), "a partition of ours");
  }

  /** Now and then, says how far reports are complete. */
  private void complete(Instant polled) {
    if (parts.isEmpty() || Duration.between(lastCompleted, polled).compareTo(NOW_AND_THEN) < 0) {
      return;
    }
    lastCompleted = polled;
    var marks = new ArrayList<Mark>();
    parts.forEach(
        (partition, part) -> {
          var until = polled.minus(UNDER_WAY);
          part.told |= caughtUp(partition);
          for (var topic : part.next.keySet()) {
            if (!caughtUp(topic)) {
              var folded = part.folded.getOrDefault(topic, Instant.EPOCH);
              until = folded.isBefore(until) ? folded : until;
            }
          }
          if (until.isAfter(part.completeTo)) {
            part.completeTo = until;
            marks.add(new Mark(partition, part.version, until));
          }
        });
    if (!marks.isEmpty()) {
      ledger.complete(generation, marks);
    }
  }
}
