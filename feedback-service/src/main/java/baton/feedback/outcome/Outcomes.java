package baton.feedback.outcome;

import baton.chassis.paging.Page;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** Every outcome that was told. */
public interface Outcomes {

  /** Takes in what is told, in its order and in one go; answers a verdict for each. */
  Uni<List<Verdict>> tell(SqlConnection tx, List<Told> tellings, Teller teller);

  Uni<Optional<Outcome>> find(UUID outcomeId);

  Uni<Page<Outcome>> list(Wanted wanted);
}
