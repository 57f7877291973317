package baton.feedback.content;

import baton.chassis.paging.Page;
import baton.contracts.RequestStep;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** All content requests. */
public interface Requests {

  /** Which ones, newest first; a filter left out lets all pass. */
  record Wanted(
      Set<RequestStep> states,
      @Nullable String objection,
      @Nullable String painPoint,
      @Nullable String persona,
      @Nullable String seller,
      @Nullable UUID before,
      int limit) {
    public Wanted {
      states = Set.copyOf(states);
    }
  }

  /** Keeps a new one and publishes it. */
  Uni<Void> open(SqlConnection tx, Request request);

  /** Decides about one under its lock, keeps what it became and publishes that; empty: unknown. */
  Uni<Optional<Request.Verdict>> decide(
      SqlConnection tx, UUID requestId, Function<Request, Request.Verdict> decision);

  Uni<Optional<Request>> find(UUID requestId);

  Uni<Page<Request>> list(Wanted wanted);
}
