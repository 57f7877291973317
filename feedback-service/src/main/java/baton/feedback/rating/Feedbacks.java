package baton.feedback.rating;

import baton.contracts.LeadFeedback;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** All feedback that was given. */
public interface Feedbacks {

  /**
   * Keeps it, or what it makes of the feedback that has its id, and answers what was published:
   * nothing while its lead is unheard of. Empty when the lead or that feedback is one that this
   * seller (null: any) doesn't know of, or is about another lead.
   *
   * @param dated it says when it was given
   */
  Uni<Optional<Kept>> keep(
      SqlConnection tx, Feedback feedback, boolean dated, @Nullable String sellerId);

  /** Kept, and published unless {@code fact} is null. */
  record Kept(Feedback feedback, @Nullable LeadFeedback fact, boolean isNew) {}
}
