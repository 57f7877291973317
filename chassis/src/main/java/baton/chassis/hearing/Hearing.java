package baton.chassis.hearing;

import baton.contracts.Event;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.function.BiFunction;
import org.apache.kafka.clients.consumer.ConsumerRecords;

/** Makes batches of records into effects, each batch in one transaction. */
@ApplicationScoped
public class Hearing {

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
    throw new UnsupportedOperationException();
  }

  /**
   * The same for a topic that keeps the latest record per key. A key whose last record in the batch
   * is a tombstone is handed to {@code gone}, and its earlier records in the batch are passed over.
   */
  public <E extends Event> Uni<Void> hear(
      ConsumerRecords<String, byte[]> batch,
      Class<E> type,
      BiFunction<SqlConnection, List<Heard<E>>, Uni<Void>> effect,
      BiFunction<SqlConnection, List<String>, Uni<Void>> gone) {
    throw new UnsupportedOperationException();
  }
}
