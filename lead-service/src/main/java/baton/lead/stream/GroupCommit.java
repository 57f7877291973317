package baton.lead.stream;

import baton.chassis.database.Transactions;
import baton.chassis.problem.Problem;
import baton.lead.dossier.Capture;
import baton.lead.dossier.Leads;
import baton.lead.dossier.Leads.LostRace;
import baton.lead.dossier.Reply;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.subscription.UniEmitter;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.jboss.logging.Logger;

/**
 * Commits captures together. At most two commits are in flight; what arrives meanwhile joins the
 * next one, so that batches grow with load alone and an idle service answers at once. Captures of
 * one identity never meet in two commits in flight. A commit that fails is split until only the
 * capture that causes it fails.
 */
@ApplicationScoped
public class GroupCommit {
  private static final Logger LOG = Logger.getLogger(GroupCommit.class);

  private static final int IN_FLIGHT = 2;
  private static final int LARGEST = 500;
  private static final int RACES = 20;

  private record Waiting(Capture capture, UniEmitter<? super Reply> emitter) {}

  private final Transactions transactions;
  private final Leads leads;
  private final Context context;

  private final Object lock = new Object();
  private final ArrayDeque<Waiting> queue = new ArrayDeque<>();
  private final Set<UUID> busy = new HashSet<>();
  private int inFlight;

  GroupCommit(Transactions transactions, Leads leads, Vertx vertx) {
    this.transactions = transactions;
    this.leads = leads;
    this.context = vertx.getOrCreateContext();
  }

  /** What became of it, once it is committed. */
  public Uni<Reply> commit(Capture capture) {
    return Uni.createFrom()
        .emitter(
            emitter -> {
              List<Waiting> batch;
              synchronized (lock) {
                queue.add(new Waiting(capture, emitter));
                batch = next();
              }
              start(batch);
            });
  }

  /** The next batch, or none while two are in flight. Called under the lock. */
  private List<Waiting> next() {
    if (inFlight == IN_FLIGHT || queue.isEmpty()) {
      return List.of();
    }
    var batch = new ArrayList<Waiting>(Math.min(queue.size(), LARGEST));
    var passedOver = new HashSet<UUID>();
    for (Iterator<Waiting> waiting = queue.iterator();
        waiting.hasNext() && batch.size() < LARGEST; ) {
      var one = waiting.next();
      if (meets(one, busy) || (!passedOver.isEmpty() && meets(one, passedOver))) {
        one.capture().identities().forEach(identity -> passedOver.add(identity.key()));
      } else {
        batch.add(one);
        waiting.remove();
      }
    }
    if (!batch.isEmpty()) {
      inFlight++;
      for (var one : batch) {
        one.capture().identities().forEach(identity -> busy.add(identity.key()));
      }
    }
    return batch;
  }

  private static boolean meets(Waiting waiting, Set<UUID> keys) {
    for (var identity : waiting.capture().identities()) {
      if (keys.contains(identity.key())) {
        return true;
      }
    }
    return false;
  }

  private void start(List<Waiting> batch) {
    if (!batch.isEmpty()) {
      context.runOnContext(
          _ -> settle(batch).subscribe().with(_ -> finished(batch), _ -> finished(batch)));
    }
  }

  private void finished(List<Waiting> batch) {
    List<Waiting> next;
    synchronized (lock) {
      inFlight--;
      for (var one : batch) {
        one.capture().identities().forEach(identity -> busy.remove(identity.key()));
      }
      next = next();
    }
    start(next);
  }

  /** Answers everybody in the batch, whatever happens; never fails. */
  private Uni<Void> settle(List<Waiting> batch) {
    var captures = batch.stream().map(Waiting::capture).toList();
    return transactions
        .run(tx -> leads.capture(tx, captures))
        .onFailure(LostRace.class)
        .retry()
        .withBackOff(Duration.ofMillis(1), Duration.ofMillis(50))
        .atMost(RACES)
        .invoke(
            replies -> {
              for (int i = 0; i < replies.size(); i++) {
                batch.get(i).emitter().complete(replies.get(i));
              }
            })
        .replaceWithVoid()
        .onFailure()
        .recoverWithUni(failure -> split(batch, failure));
  }

  private Uni<Void> split(List<Waiting> batch, Throwable failure) {
    if (failure instanceof Problem || batch.size() == 1) {
      if (!(failure instanceof Problem)) {
        LOG.warnf("A capture could not be kept: %s", failure.getClass().getName());
      }
      batch.forEach(one -> one.emitter().fail(failure));
      return Uni.createFrom().voidItem();
    }
    int half = batch.size() / 2;
    return settle(batch.subList(0, half)).chain(() -> settle(batch.subList(half, batch.size())));
  }
}
