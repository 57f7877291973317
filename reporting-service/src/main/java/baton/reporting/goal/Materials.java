package baton.reporting.goal;

import baton.contracts.ContentRequest;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import java.time.Instant;
import java.util.List;

/** Material that sales asked for and marketing delivered; each request counts once. */
public interface Materials {
  Uni<Void> keep(SqlConnection tx, List<ContentRequest> delivered);

  /** How many were first delivered from an instant on and before another. */
  Uni<Long> delivered(Instant from, Instant before);
}
