package baton.feedback.rating;

import baton.contracts.LeadFeedback;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** All feedback that was given. */
public interface Feedbacks {

  /**
   * Keeps it, and answers what was published: nothing while its lead is unheard of. Empty when the
   * lead is one that this seller (null: any) doesn't know of.
   */
  Uni<Optional<Kept>> keep(SqlConnection tx, Feedback feedback, @Nullable String sellerId);

  /** Kept, and published unless {@code fact} is null. */
  record Kept(@Nullable LeadFeedback fact) {}
}
