package baton.lead.connector;

import baton.lead.connector.Delivery.Element;
import io.smallrye.mutiny.Uni;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The log of what was delivered. */
public interface Deliveries {
  /**
   * A delivery that waits to be read, or for whom it announced to be fetched.
   *
   * @param elements what became of them before; empty until it was read
   */
  record Waiting(
      String connectorId,
      long number,
      Instant receivedAt,
      String contentType,
      byte[] body,
      int attempts,
      List<Element> elements) {}

  /** A delivery with what stood in it. */
  record Kept(Delivery delivery, String contentType, byte[] body) {}

  /**
   * Keeps what came; the same again changes nothing.
   *
   * @param toldAs recognises the same delivery when it comes again
   * @return whether it is new
   */
  Uni<Boolean> keep(String connectorId, UUID toldAs, String contentType, byte[] body);

  /**
   * Deliveries that are due, which nobody else gets for a while.
   *
   * @param announced those whose people have to be fetched, or all others
   */
  Uni<List<Waiting>> take(boolean announced, int limit);

  /**
   * Keeps what became of a delivery. One that isn't due any more keeps nothing of what it said if a
   * lead it told of was erased meanwhile.
   *
   * @param about whom it told of: leads' ids, and keys of identities
   */
  Uni<Void> read(Delivery delivery, Collection<UUID> about);

  /** The newest first. */
  Uni<List<Delivery>> list(
      String connectorId, Delivery.@Nullable State state, @Nullable Long before, int limit);

  Uni<Optional<Kept>> find(String connectorId, long number);

  /** Has it read anew; false where there is none, or nothing is left of it. */
  Uni<Boolean> replay(String connectorId, long number);

  /** Has everybody fetched whom this connector announced. */
  Uni<Void> fetchAll(String connectorId);

  /** How many there are of each state but done. */
  Uni<Map<String, Long>> measure();
}
