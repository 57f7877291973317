package baton.feedback.lead;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import java.util.Collection;
import java.util.List;
import java.util.UUID;

/** Keeps what people said of leads in words, or the names by which they spoke of them. */
public interface HoldsWords {
  /**
   * These leads were erased: codes, numbers and times stay, words and names go. The ids of what was
   * said in words of them, which answers may name.
   */
  Uni<List<UUID>> erased(SqlConnection tx, Collection<UUID> leadIds);
}
