package baton.feedback.comment;

import baton.chassis.paging.Page;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** All that was written about leads. */
public interface Comments {

  /**
   * Whether a seller knows of a lead: it was never handed over, or once to him. Null is somebody
   * who knows of all.
   */
  Uni<Boolean> isKnown(UUID leadId, @Nullable String sellerId);

  Uni<Void> write(SqlConnection tx, Comment comment);

  /** In the order they were written. */
  Uni<Page<Comment>> about(UUID leadId, @Nullable UUID after, int limit);
}
