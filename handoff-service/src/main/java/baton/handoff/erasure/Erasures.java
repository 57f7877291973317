package baton.handoff.erasure;

import baton.contracts.LeadErased;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import java.util.List;

/** Which leads were erased. */
public interface Erasures {

  /**
   * Removes what is kept of who these leads are, also what answers, sellers' notes and disputes
   * say.
   */
  Uni<Void> erase(SqlConnection tx, List<LeadErased> erased);
}
