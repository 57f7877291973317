package baton.feedback.crm;

import baton.feedback.lead.LeadName;
import io.smallrye.mutiny.Uni;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The log of what was delivered. */
public interface Deliveries {
  /** A delivery with what stood in it. */
  record Kept(Delivery delivery, byte[] body) {}

  /**
   * Keeps what came; none where it came before.
   *
   * @param toldAs recognises the same delivery when it comes again
   */
  Uni<Optional<Kept>> keep(String connectorId, UUID toldAs, byte[] body);

  /** Deliveries that nobody read for a minute, which nobody else gets for another. */
  Uni<List<Kept>> left(int limit);

  /**
   * Keeps what came of a delivery; its words only if nobody they speak of was erased.
   *
   * @param about of whom its elements speak
   */
  Uni<Void> read(Delivery delivery, Collection<LeadName> about);

  /** The newest first. */
  Uni<List<Delivery>> list(
      String connectorId, Delivery.@Nullable State state, @Nullable Long before, int limit);

  Uni<Optional<Kept>> find(String connectorId, long number);
}
