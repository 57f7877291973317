package baton.feedback.step;

import baton.chassis.paging.Page;
import baton.contracts.SellerStep;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Every sales step that was told. */
public interface Steps {

  /** Which ones, newest first; null is any. */
  record Wanted(
      @Nullable Boolean matched,
      @Nullable UUID leadId,
      @Nullable String sellerId,
      @Nullable SellerStep step,
      @Nullable UUID before,
      int limit) {}

  /**
   * Takes in what is told, in its order and in one go; answers a verdict for each.
   *
   * @param sellerId who tells; null speaks for any
   */
  Uni<List<Step.Verdict>> tell(SqlConnection tx, List<Deed> deeds, @Nullable String sellerId);

  Uni<Page<Step>> list(Wanted wanted);
}
