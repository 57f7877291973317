package baton.handoff.notification;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Who subscribed. {@code ownedBy} narrows to one role's subscriptions; null sees all. */
public interface Subscriptions {

  /** False where there are as many as there may be. */
  Uni<Boolean> add(SqlConnection tx, Subscription subscription, byte[] secret);

  Uni<Optional<Subscription>> find(SqlConnection tx, UUID subscriptionId, @Nullable String ownedBy);

  /** At most {@code limit} by id, those after {@code after}. */
  Uni<List<Subscription>> list(
      SqlConnection tx, @Nullable String ownedBy, @Nullable UUID after, int limit);

  /** Nothing is sent any more, secrets are gone at once, deliveries as they are pruned. */
  Uni<Boolean> remove(SqlConnection tx, UUID subscriptionId, @Nullable String ownedBy);

  /** Puts a secret beside the newest, which still signs until {@code oldUntil}. */
  Uni<Void> rotate(SqlConnection tx, UUID subscriptionId, byte[] secret, Instant oldUntil);

  /** What was disabled is tried again. */
  Uni<Void> enable(SqlConnection tx, UUID subscriptionId);
}
