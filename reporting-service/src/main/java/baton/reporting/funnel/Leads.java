package baton.reporting.funnel;

import io.smallrye.mutiny.Uni;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Where the leads behind a number are found. */
public interface Leads {
  /** No more leads than this are looked at in one go, whether they are behind it or not. */
  int MOST_LOOKED_AT = 20_000;

  /**
   * @param next the lead to go on after; null if all were looked at
   */
  record Found(List<UUID> leads, @Nullable UUID next) {}

  /**
   * The first of them in the order of their ids.
   *
   * @param after begin after this lead; null for the first
   */
  Uni<Found> behind(Behind number, @Nullable UUID after, int most);
}
