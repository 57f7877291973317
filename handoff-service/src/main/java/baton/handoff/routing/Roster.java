package baton.handoff.routing;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import java.util.Optional;

/** Who may be dealt handoffs. */
public interface Roster {

  /**
   * The rotation as it stands. Held until the transaction ends: nobody else deals meanwhile, and no
   * seller in it changes.
   */
  Uni<Rotation> hold(SqlConnection tx);

  /** Keeps what every seller is owed after the turns just dealt. */
  Uni<Void> keep(SqlConnection tx, Rotation rotation);

  /** An active seller by his id, unchanged until the transaction ends. */
  Uni<Optional<Candidate>> find(SqlConnection tx, String sellerId);
}
