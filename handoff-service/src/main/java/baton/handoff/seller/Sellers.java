package baton.handoff.seller;

import io.smallrye.mutiny.Uni;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The sellers, changed one at a time. */
public interface Sellers {

  record Kept(Seller seller, boolean isNew) {}

  /**
   * Makes of a seller, or of none, what {@code change} says, under his row's lock, and publishes
   * it. What changes nothing is no revision.
   */
  Uni<Kept> keep(String sellerId, Function<Optional<Seller>, Seller> change);

  Uni<Optional<Seller>> find(String sellerId);

  /**
   * At most {@code limit} sellers by id, those after {@code after}; a filter left out lets all
   * pass.
   */
  Uni<List<Seller>> list(
      @Nullable String team, @Nullable Boolean active, @Nullable String after, int limit);
}
