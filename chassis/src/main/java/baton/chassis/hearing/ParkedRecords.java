package baton.chassis.hearing;

import baton.chassis.database.Transactions;
import baton.chassis.database.Trouble;
import baton.chassis.problem.Problem;
import baton.chassis.trace.Trace;
import baton.contracts.Event;
import io.micrometer.core.instrument.MeterRegistry;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The records that wait for somebody to mend what keeps them from being heard. */
@ApplicationScoped
public class ParkedRecords {
  /** A request releases at most so many; those of a busy key that are left ask for another. */
  private static final int AT_ONCE = 1000;

  private final Parking parking;
  private final Hearing hearing;
  private final Consumers consumers;
  private final Transactions transactions;
  private final Trace trace;
  private final MeterRegistry metrics;

  ParkedRecords(
      Parking parking,
      Hearing hearing,
      Consumers consumers,
      Transactions transactions,
      Trace trace,
      MeterRegistry metrics) {
    this.parking = parking;
    this.hearing = hearing;
    this.consumers = consumers;
    this.transactions = transactions;
    this.trace = trace;
    this.metrics = metrics;
  }

  /** In the order of their places, after {@code after}. */
  public Uni<List<ParkedRecord>> list(@Nullable String topic, @Nullable Place after, int limit) {
    return parking.list(topic, after, limit);
  }

  /**
   * Hears a record again, then those of its key that wait behind it, in order, each in a
   * transaction of its own that also takes it off the list. Ends at the first that fails again.
   * Only the earliest of a key can be released.
   */
  public Uni<Released> release(Place place) {
    return parking
        .find(place)
        .chain(
            found -> {
              var record = found.orElseThrow(() -> Problem.notFound("No such record is parked."));
              return listener(place).chain(listener -> run(listener, record, 0));
            });
  }

  private Uni<Listener<?>> listener(Place place) {
    var known = hearing.listener(place.consumer(), place.topic());
    return known.isPresent()
        ? Uni.createFrom().item(known.get())
        : consumers
            .introduce()
            .map(
                _ ->
                    hearing
                        .listener(place.consumer(), place.topic())
                        .orElseThrow(
                            () ->
                                Problem.conflict(
                                    "Nobody here hears records of "
                                        + place.topic()
                                        + " one by one.",
                                    "parked")));
  }

  private <E extends Event> Uni<Released> run(
      Listener<E> listener, ParkedRecord record, int heard) {
    return transactions
        .run(tx -> hear(tx, listener, record))
        .chain(
            () -> {
              metrics
                  .counter("baton.records.released", "topic", record.place().topic())
                  .increment();
              return record.key() == null || heard + 1 == AT_ONCE
                  ? ended(heard + 1)
                  : parking
                      .first(record)
                      .chain(
                          next ->
                              next.isEmpty()
                                  ? ended(heard + 1)
                                  : run(listener, next.get(), heard + 1));
            })
        .onFailure(failure -> !(failure instanceof Problem) && !Trouble.passes(failure))
        .recoverWithUni(
            failure -> {
              var reason =
                  failure instanceof Unheard unheard ? unheard.reason : Received.why(failure);
              return parking
                  .explain(record.place(), reason)
                  .replaceWith(new Released(heard, record.place(), reason));
            });
  }

  private static Uni<Released> ended(int heard) {
    return Uni.createFrom().item(new Released(heard, null, null));
  }

  private <E extends Event> Uni<Void> hear(
      SqlConnection tx, Listener<E> listener, ParkedRecord record) {
    return parking
        .claim(tx, record)
        .chain(
            first -> {
              if (!first.equals(record.place())) {
                return Uni.createFrom().failure(behind(first));
              }
              var received = record.received(listener.type());
              if (received.reason() != null) {
                return Uni.createFrom().failure(new Unheard(received.reason()));
              }
              var heard = received.heard();
              trace.follow(heard == null ? null : heard.traceparent());
              if (heard != null) {
                return listener.effect().apply(tx, List.of(heard));
              }
              return record.key() == null
                  ? Uni.createFrom().voidItem()
                  : listener.gone().apply(tx, List.of(record.key()));
            })
        .chain(() -> parking.forget(tx, record.place()));
  }

  private static Problem behind(Place first) {
    return Problem.conflict(
        "It waits behind an earlier record of its key: release " + first + " first.", "behind");
  }

  /** Can't be read this time either. */
  private static final class Unheard extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final String reason;

    Unheard(String reason) {
      super(reason, null, false, false);
      this.reason = reason;
    }
  }
}
