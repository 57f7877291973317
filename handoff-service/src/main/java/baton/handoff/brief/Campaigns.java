package baton.handoff.brief;

import baton.contracts.Campaign;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import java.util.List;
import java.util.Optional;

/** What campaigns offer, as it was said last. */
public interface Campaigns {
  Uni<Void> keep(SqlConnection tx, List<Campaign> campaigns);

  Uni<Void> forget(SqlConnection tx, List<String> campaignIds);

  Uni<Optional<Campaign>> find(SqlConnection tx, String campaignId);
}
