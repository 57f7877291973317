package baton.handoff.pass;

import baton.contracts.LeadFeedback;
import baton.contracts.LeadOutcome;
import baton.contracts.LeadQualified;
import baton.contracts.SalesStep;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import java.util.List;
import java.util.UUID;
import java.util.function.Function;

/** The handoffs, changed under their rows' locks: state and events are written, or neither. */
public interface Handoffs {

  /** Puts an answer to one handoff; fails with a 404 problem where there is none. */
  Uni<Verdict> decide(SqlConnection tx, UUID handoffId, Function<Handoff, Verdict> decision);

  /** Opens one handoff per pass not known yet, each dealt to the seller whose turn it is. */
  Uni<Void> open(SqlConnection tx, List<LeadQualified> qualified);

  /** Closes the handoffs whose deals ended, and notes that others have an outcome. */
  Uni<Void> end(SqlConnection tx, List<LeadOutcome> outcomes);

  /** Takes what sales says of its leads for what it owes about their handoffs. */
  Uni<Void> rated(SqlConnection tx, List<LeadFeedback> feedback);

  /** Makes what sellers did in their CRM a part of their handoffs, or keeps it for them. */
  Uni<Void> reported(SqlConnection tx, List<SalesStep> steps);
}
