package baton.reporting.fold.postgres;

import baton.reporting.fold.Watermark;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Optional;

@ApplicationScoped
class PostgresWatermark implements Watermark {
  private final Pool pool;

  PostgresWatermark(Pool pool) {
    this.pool = pool;
  }

  @Override
  public Uni<Optional<Instant>> completeTo() {
    return pool.query("SELECT complete_to FROM report.watermark")
        .execute()
        .map(rows -> rows.iterator().next().getOffsetDateTime("complete_to"))
        .map(at -> Optional.ofNullable(at).map(OffsetDateTime::toInstant));
  }
}
