package baton.handoff.routing;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/** Who may be dealt handoffs, and what the rotation remembers. */
public interface Roster {

  /** The rotation as it stands, for a look: nothing may be dealt from it. */
  Uni<Rotation> look(SqlConnection tx, Instant now);

  /**
   * The rotation as it stands. Held until the transaction ends: nobody else deals meanwhile, and no
   * seller in it changes.
   */
  Uni<Rotation> hold(SqlConnection tx, Instant now);

  /** Keeps what every seller is owed after the turns just dealt. */
  Uni<Void> keep(SqlConnection tx, Rotation rotation, Instant now);

  /** An active seller by his id, unchanged until the transaction ends. */
  Uni<Optional<Candidate>> find(SqlConnection tx, String sellerId, Instant now);

  /** Who holds or last held a lead of each company. */
  Uni<Map<String, String>> owners(SqlConnection tx, Set<String> companies);

  /** Keeps where handoffs go. */
  Uni<Void> keep(SqlConnection tx, Map<UUID, Route> routes);

  /** Whom the handoffs that wait under these charters want, each kind once. */
  Uni<List<Wanted>> awaited(SqlConnection tx, Set<Integer> under);

  /** Handoffs went to sellers: their companies are theirs. */
  Uni<Void> held(SqlConnection tx, Map<UUID, String> sellers);

  /** A seller refused a handoff; {@code bad} is that he gets his turn again. */
  Uni<Void> refused(SqlConnection tx, UUID handoffId, String sellerId, boolean bad);
}
