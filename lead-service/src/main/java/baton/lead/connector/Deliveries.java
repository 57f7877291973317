package baton.lead.connector;

import io.smallrye.mutiny.Uni;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The log of what was delivered. */
public interface Deliveries {
  /** A delivery that waits to be read. */
  record Waiting(
      String connectorId, long number, Instant receivedAt, String contentType, byte[] body) {}

  /** A delivery with what stood in it. */
  record Kept(Delivery delivery, String contentType, byte[] body) {}

  /**
   * Keeps what came; the same again changes nothing.
   *
   * @param toldAs recognises the same delivery when it comes again
   * @return whether it is new
   */
  Uni<Boolean> keep(String connectorId, UUID toldAs, String contentType, byte[] body);

  /** Deliveries to read, which nobody else gets for a while. */
  Uni<List<Waiting>> take(int limit);

  Uni<Void> read(Delivery delivery);

  /** The newest first. */
  Uni<List<Delivery>> list(
      String connectorId, Delivery.@Nullable State state, @Nullable Long before, int limit);

  Uni<Optional<Kept>> find(String connectorId, long number);

  /** Has it read anew; false where there is none. */
  Uni<Boolean> replay(String connectorId, long number);
}
