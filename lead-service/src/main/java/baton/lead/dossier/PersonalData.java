package baton.lead.dossier;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import java.util.List;
import java.util.Map;

/**
 * Where personal data of leads is kept. Whoever keeps some is one of these: what it can't tell it
 * would forget to erase, and the other way round.
 */
public interface PersonalData {
  /** What it has of somebody, by what that is. */
  Uni<Map<String, List<?>>> tell(SqlConnection tx, Subject subject);

  /** Removes it, in the transaction at hand; of how many things, by what they are. */
  Uni<Map<String, Integer>> erase(SqlConnection tx, Subject subject);
}
