package baton.lead.dossier;

import baton.chassis.paging.Page;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Which leads are one, which were, and which may be. Fails with a 404 problem where there is no
 * such lead.
 */
public interface Merges {

  /** Makes two leads one, in the transaction at hand. */
  Uni<Merge> merge(SqlConnection tx, Merge wanted, @Nullable String traceparent);

  /** Undoes a merge of this lead. */
  Uni<Merge> unmerge(
      SqlConnection tx, UUID leadId, UUID mergeId, Instant at, @Nullable String traceparent);

  /** All merges that this lead is or was in, the latest last. */
  Uni<List<Merge>> of(UUID leadId);

  /** Leads that may be one person and aren't merged. */
  Uni<Page<Likeness>> likenesses(List<String> cursor, int limit);
}
