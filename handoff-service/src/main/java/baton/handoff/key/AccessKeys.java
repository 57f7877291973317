package baton.handoff.key;

import baton.contracts.AccessKey;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The keys minted here. Each change is published. */
public interface AccessKeys {

  /** A key and when it was minted. */
  record Held(AccessKey key, Instant mintedAt) {}

  Uni<Void> add(SqlConnection tx, AccessKey key);

  /** The key as it stands after its revocation; a key that is revoked already stays as it is. */
  Uni<Optional<Held>> revoke(SqlConnection tx, String keyId, Instant at);

  /** At most {@code limit} keys by id, those after {@code after}. */
  Uni<List<Held>> list(SqlConnection tx, @Nullable String after, int limit);
}
