package baton.chassis.hearing;

import static java.util.stream.Collectors.counting;
import static java.util.stream.Collectors.groupingBy;

import baton.chassis.database.Transactions;
import baton.chassis.database.Trouble;
import baton.chassis.trace.Trace;
import baton.contracts.Event;
import baton.contracts.Topic;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.BiFunction;
import java.util.function.Supplier;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/** Makes batches of records into effects, each batch in one transaction. */
@ApplicationScoped
public class Hearing {
  private static final Logger LOG = Logger.getLogger(Hearing.class);
  private static final Duration FIRST_BACKOFF = Duration.ofMillis(100);
  private static final Duration LONGEST_BACKOFF = Duration.ofSeconds(10);

  private final String service;
  private final Transactions transactions;
  private final Parking parking;
  private final Trace trace;
  private final MeterRegistry metrics;
  private final Map<Key, Listener<?>> listeners = new ConcurrentHashMap<>();

  Hearing(
      @ConfigProperty(name = "baton.service") String service,
      Transactions transactions,
      Parking parking,
      Trace trace,
      MeterRegistry metrics) {
    this.service = service;
    this.transactions = transactions;
    this.parking = parking;
    this.trace = trace;
    this.metrics = metrics;
  }

  /**
   * Decodes a batch and runs its effect in one transaction, in record order. What can't be read is
   * parked, and later records of a parked key wait behind it. Infrastructure failures are tried
   * again for ever, with backoff; a failure the data causes is narrowed down to its record, which
   * is parked. Completes when all is committed. Tombstones have no event and are passed over.
   */
  public <E extends Event> Uni<Void> hear(
      ConsumerRecords<String, byte[]> batch,
      Class<E> type,
      BiFunction<SqlConnection, List<Heard<E>>, Uni<Void>> effect) {
    return hear(service, batch, type, effect, (_, _) -> Uni.createFrom().voidItem());
  }

  /**
   * The same for a topic that keeps the latest record per key. A key whose last record in the batch
   * is a tombstone is handed to {@code gone}, and its earlier records, in the batch or parked, are
   * passed over and kept no longer.
   */
  public <E extends Event> Uni<Void> hear(
      ConsumerRecords<String, byte[]> batch,
      Class<E> type,
      BiFunction<SqlConnection, List<Heard<E>>, Uni<Void>> effect,
      BiFunction<SqlConnection, List<String>, Uni<Void>> gone) {
    return hear(service, batch, type, effect, gone);
  }

  /**
   * The same for a service in which several consumers hear one topic.
   *
   * @param consumer whose parked records these are
   */
  public <E extends Event> Uni<Void> hear(
      String consumer,
      ConsumerRecords<String, byte[]> batch,
      Class<E> type,
      BiFunction<SqlConnection, List<Heard<E>>, Uni<Void>> effect,
      BiFunction<SqlConnection, List<String>, Uni<Void>> gone) {
    listen(consumer, new Listener<>(type, effect, gone));
    var records = new ArrayList<Received<E>>(batch.count());
    batch.forEach(record -> records.add(Received.of(record, type)));
    return apply(consumer, records, effect, gone);
  }

  private void listen(String consumer, Listener<?> listener) {
    var topic = Topic.of(listener.type()).topicName();
    if (listeners.put(new Key(topic, consumer), listener) == null) {
      parked(topic);
    }
  }

  /** At zero as soon as a topic is heard: what first appears at one never increased. */
  private Counter parked(String topic) {
    return metrics.counter("baton.records.parked", "topic", topic);
  }

  /** What a consumer makes of a topic, once it was handed a batch. */
  Optional<Listener<?>> listener(String consumer, String topic) {
    return Optional.ofNullable(listeners.get(new Key(topic, consumer)));
  }

  /** Applies all or, where the data forbids that, one half after the other, down to one record. */
  private <E extends Event> Uni<Void> apply(
      String consumer,
      List<Received<E>> records,
      BiFunction<SqlConnection, List<Heard<E>>, Uni<Void>> effect,
      BiFunction<SqlConnection, List<String>, Uni<Void>> gone) {
    if (records.isEmpty()) {
      return Uni.createFrom().voidItem();
    }
    return untilItPasses(
            records.getFirst(), () -> once(consumer, records, effect, gone), FIRST_BACKOFF)
        .onFailure(Exception.class)
        .recoverWithUni(
            failure -> {
              if (records.size() == 1) {
                var record = records.getFirst();
                return apply(consumer, List.of(record.refused(failure)), effect, gone);
              }
              var middle = records.size() / 2;
              return apply(consumer, records.subList(0, middle), effect, gone)
                  .chain(
                      () -> apply(consumer, records.subList(middle, records.size()), effect, gone));
            });
  }

  private <E extends Event> Uni<Void> once(
      String consumer,
      List<Received<E>> records,
      BiFunction<SqlConnection, List<Heard<E>>, Uni<Void>> effect,
      BiFunction<SqlConnection, List<String>, Uni<Void>> gone) {
    return transactions
        .run(
            tx ->
                parking
                    .held(tx, consumer, records)
                    .chain(
                        held -> {
                          var sorted = Sorted.of(records, held);
                          trace.follow(sorted.onlyTrace());
                          return parking
                              .outlived(tx, consumer, sorted.outlived())
                              .chain(() -> parking.park(tx, consumer, sorted.parked()))
                              .chain(
                                  () ->
                                      sorted.heard().isEmpty()
                                          ? Uni.createFrom().voidItem()
                                          : effect.apply(tx, sorted.heard()))
                              .chain(
                                  () ->
                                      sorted.gone().isEmpty()
                                          ? Uni.createFrom().voidItem()
                                          : gone.apply(tx, sorted.gone()))
                              .replaceWith(sorted);
                        }))
        .invoke(this::count)
        .replaceWithVoid();
  }

  private <E extends Event> void count(Sorted<E> sorted) {
    for (var parked : sorted.parked()) {
      parked(parked.record().topic()).increment();
      LOG.warnf(
          "Parked %s-%d@%d: %s",
          parked.record().topic(),
          parked.record().partition(),
          parked.record().offset(),
          parked.reason());
    }
    sorted.heard().stream()
        .collect(groupingBy(heard -> Topic.of(heard.event()), counting()))
        .forEach(
            (topic, count) ->
                metrics
                    .counter("baton.records.heard", "topic", topic.topicName())
                    .increment(count));
  }

  private <E extends Event> Uni<Void> untilItPasses(
      Received<E> first, Supplier<Uni<Void>> work, Duration backoff) {
    return Uni.createFrom()
        .deferred(() -> work.get())
        .onFailure(Trouble::passes)
        .recoverWithUni(
            failure -> {
              var topic = first.record().topic();
              metrics.counter("baton.records.retried", "topic", topic).increment();
              LOG.warnf("Hearing %s waits for %s", topic, failure.toString());
              var jitter = ThreadLocalRandom.current().nextLong(backoff.toMillis() / 2 + 1);
              var next = backoff.multipliedBy(2);
              return Uni.createFrom()
                  .voidItem()
                  .onItem()
                  .delayIt()
                  .by(backoff.plusMillis(jitter))
                  .chain(
                      () ->
                          untilItPasses(
                              first,
                              work,
                              next.compareTo(LONGEST_BACKOFF) < 0 ? next : LONGEST_BACKOFF));
            });
  }

  /**
   * What is to become of each record of a batch.
   *
   * @param outlived tombstones of keys that wait: what is parked before them is of no use any more
   */
  private record Sorted<E extends Event>(
      List<Received<E>> parked,
      List<Heard<E>> heard,
      List<String> gone,
      List<Received<E>> outlived) {

    static <E extends Event> Sorted<E> of(List<Received<E>> records, Map<Key, Long> held) {
      var parkedFrom = new HashMap<>(held);
      var parked = new ArrayList<Received<E>>();
      var outlived = new ArrayList<Received<E>>();
      var free = new ArrayList<Received<E>>(records.size());
      for (var record : records) {
        var key = record.key();
        var offset = record.record().offset();
        var from = key == null ? null : parkedFrom.get(key);
        if (key != null && from != null && from <= offset && record.endsItsKey()) {
          parkedFrom.remove(key);
          parked.removeIf(before -> key.equals(before.key()));
          outlived.add(record);
          free.add(record);
        } else if (record.reason() != null) {
          parked.add(record);
          if (key != null) {
            parkedFrom.merge(key, offset, Math::min);
          }
        } else if (from != null && from <= offset) {
          parked.add(record.behind());
        } else {
          free.add(record);
        }
      }
      var later = new HashSet<Key>();
      var gone = new HashSet<Key>();
      var heard = new ArrayList<Heard<E>>(free.size());
      for (var record : free.reversed()) {
        var key = record.key();
        var event = record.heard();
        if (event != null && !gone.contains(key)) {
          heard.add(event);
        } else if (event == null && key != null && !later.contains(key)) {
          gone.add(key);
        }
        if (key != null) {
          later.add(key);
        }
      }
      return new Sorted<>(parked, heard.reversed(), gone.stream().map(Key::key).toList(), outlived);
    }

    @Nullable String onlyTrace() {
      var traces = heard.stream().map(Heard::traceparent).distinct().limit(2).toList();
      return traces.size() == 1 ? traces.getFirst() : null;
    }
  }
}
