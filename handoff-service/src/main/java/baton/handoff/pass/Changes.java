package baton.handoff.pass;

import baton.handoff.pass.Inbox.Entry;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What changed in the inbox, by a step or a verdict, in an order in which nothing can appear behind
 * what was read, whoever commits late. What is still open to that is left for the next read.
 */
public interface Changes {

  /**
   * Where a reader is: at this step of the transaction that took it; 0 is a verdict without a step.
   */
  record Position(long transaction, UUID handoffId, long revision) {
    private static final UUID BEFORE_ANY = new UUID(0, 0);

    /** Before the first step of a transaction, and after the last of all before it. */
    public static Position before(long transaction) {
      return new Position(transaction, BEFORE_ANY, 0);
    }
  }

  /** A handoff as it stands now, told at the place of a step of it. */
  record Change(Position at, Entry entry) {}

  /** Some changes, where to go on, and whether there may be more. */
  record Page(List<Change> changes, Position next, boolean mayBeMore) {
    public Page {
      changes = List.copyOf(changes);
    }
  }

  /** Whom changes concern: who holds them, and who held them before. */
  record News(Set<String> sellerIds, boolean any, Position next, boolean mayBeMore) {
    public News {
      sellerIds = Set.copyOf(sellerIds);
    }
  }

  /** Changes from now on are after it. */
  Uni<Position> now(SqlConnection tx);

  /**
   * Each changed handoff once. With a seller: what he holds, and what he held until the change, so
   * that he can be told that it is gone.
   */
  Uni<Page> after(SqlConnection tx, Position position, @Nullable String sellerId, int limit);

  Uni<News> news(SqlConnection tx, Position position);

  /**
   * Makes right what a restored dump brings along: steps of transactions that this database has yet
   * to reach. They are told once more.
   */
  Uni<Void> rebase(SqlConnection tx);

  /**
   * Forgets verdicts of more than a week ago, which only a stream resumed after so long would tell.
   */
  Uni<Void> prune(SqlConnection tx);
}
