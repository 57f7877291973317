package baton.handoff.key;

import baton.contracts.AccessKey;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The keys minted here. Each change is published. */
public interface AccessKeys {

  /** How many of one role, seller and source hold side by side, so that one can replace another. */
  int SIDE_BY_SIDE = 2;

  /** A key, when it was minted, and the hour in which it was used last at this service. */
  record Held(AccessKey key, Instant mintedAt, @Nullable Instant lastUsedAt) {}

  /** Adds a key; not where as many of its role, seller and source hold as may. */
  Uni<Boolean> add(SqlConnection tx, AccessKey key);

  /** Revokes a key that was minted here; one that is revoked already stays as it is. */
  Uni<Boolean> revoke(SqlConnection tx, String keyId, Instant at);

  /** At most {@code limit} keys by id, those after {@code after}. */
  Uni<List<Held>> list(SqlConnection tx, @Nullable String after, int limit);
}
