package baton.handoff.charter;

import baton.charter.Agreement;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** All that was ever proposed. Whoever changes it waits for who was before him. */
public interface Versions {

  /** What a proposal made: a new version, or none where the same is still open. */
  record Kept(Version version, boolean isNew) {}

  Uni<Kept> propose(SqlConnection tx, Draft draft);

  Uni<Optional<Paper>> find(SqlConnection tx, int version);

  /** At most {@code limit} versions, the newest first, those before {@code before}. */
  Uni<List<Version>> list(SqlConnection tx, @Nullable Integer before, int limit);

  /**
   * Does as {@code decision} says, on a version that is there. What both have signed is published,
   * and what was open before it is overtaken.
   */
  Uni<Verdict> sign(
      SqlConnection tx, int version, Agreement agreement, Function<Version, Verdict> decision);
}
