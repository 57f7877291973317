package baton.reporting.meeting;

import baton.contracts.BreachStep;
import baton.contracts.ContentRequest;
import baton.contracts.LeadFeedback;
import baton.contracts.RequestStep;
import baton.contracts.Side;
import baton.contracts.SlaBreach;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import java.time.Instant;
import java.util.List;

/** What people said: objections that sales heard, material it asked for, breaches in dispute. */
public interface Voices {
  /** How often an objection was heard, and how often before. */
  record Objection(String objection, long times, long before) {}

  /** How many requests for material against an objection stand there. */
  record Wanted(String objection, RequestStep step, long count) {}

  /** How many breaches of a clause were disputed, or decided upon. */
  record Disputed(String clause, Side owedBy, BreachStep step, long count) {}

  Uni<Void> rated(SqlConnection tx, List<LeadFeedback> feedback);

  Uni<Void> asked(SqlConnection tx, List<ContentRequest> requests);

  /**
   * @param breaches what became of them; that they were broken is no dispute
   */
  Uni<Void> disputed(SqlConnection tx, List<SlaBreach> breaches);

  /** Heard from an instant on and before another, and since {@code before} until the first. */
  Uni<List<Objection>> objections(Instant before, Instant from, Instant to);

  /** As they stand now. */
  Uni<List<Wanted>> wanted();

  /** Those whose latest word is of that time, and all whose dispute is open. */
  Uni<List<Disputed>> disputes(Instant from, Instant to);
}
