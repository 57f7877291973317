package baton.reporting.meeting;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** What meetings decided, and who was there. */
public interface Minutes {
  Uni<Void> decide(SqlConnection tx, Decision decision);

  /**
   * As it is then: done, since that moment or an earlier one. Nothing where there is no such
   * decision of that week.
   */
  Uni<Optional<Decision>> done(Week week, UUID decision, Instant at);

  /** Those of this week, and of earlier ones what wasn't done when it began. */
  Uni<List<Decision>> decisions(Week week, Instant begins);

  Uni<Void> attended(Week week, Attendance attendance);

  Uni<Attendance> attendance(Week week);
}
