package baton.handoff.clock;

import baton.charter.clause.Notice;
import baton.contracts.Campaign;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import java.time.Instant;
import java.util.List;

/**
 * The notice that marketing promised of campaigns. It is owed by the charter in force when a start
 * was announced, and judged when it is due: until then the campaign may be given another start,
 * which then is the one that counts.
 */
public interface Notices {

  /** Notice of a start that may still be given another. */
  record Standing(Notice notice, Instant announcedAt, Instant now) {}

  /** Takes campaigns as they are said now; what was said before of their start is no promise. */
  Uni<Void> heard(SqlConnection tx, List<Campaign> campaigns);

  /** Campaigns that are no more owe nothing. */
  Uni<Void> gone(SqlConnection tx, List<String> campaignIds);

  /** Judges those that are due. */
  Uni<Void> judge(SqlConnection tx);

  Uni<List<Standing>> current(SqlConnection tx);
}
