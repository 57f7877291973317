package baton.chassis.outbox;

import java.util.List;

/** Where the relay's batches go. */
interface Broker extends AutoCloseable {

  /** Shuts out whoever published before under the same name, and ends what they left open. */
  void fence();

  /** Publishes a batch whole; returning means that the broker has acknowledged it. */
  void publish(List<Unpublished> batch);

  /** Leaves at once, waiting for nothing. */
  @Override
  void close();
}
