package baton.chassis.idempotency;

import baton.chassis.access.Caller;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.ws.rs.core.Response;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The first answer to a caller's key on a path is kept in the effect's own transaction and given
 * again for 24 hours. A concurrent twin waits for it; errors aren't kept.
 */
@ApplicationScoped
public class Idempotency {

  /** Without a key this is just the transaction. */
  public Uni<Response> once(
      @Nullable String idempotencyKey,
      Caller caller,
      String path,
      byte[] body,
      Function<SqlConnection, Uni<Answer>> effect) {
    throw new UnsupportedOperationException();
  }
}
