package baton.lead.stream;

import baton.chassis.database.Transactions;
import baton.chassis.idempotency.Answer;
import baton.chassis.idempotency.Answers;
import baton.chassis.idempotency.Claim;
import baton.chassis.idempotency.Idempotency;
import baton.chassis.idempotency.Standing;
import baton.chassis.problem.Problem;
import baton.lead.dossier.Capture;
import baton.lead.dossier.Leads;
import baton.lead.dossier.Reply;
import baton.lead.dossier.Reply.Refused;
import baton.lead.dossier.Reply.Taken;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.vertx.UniHelper;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.mutiny.sqlclient.SqlConnection;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Commits captures together. At most two commits are in flight; what arrives meanwhile joins the
 * next one, so that batches grow with load alone and an idle service answers at once. After a large
 * one the next waits a moment, since the first request to come would else be a commit of its own
 * that all others wait for. Captures of one identity, or under one idempotency key, never meet in
 * two commits in flight. A commit that fails is split until only the capture that causes it fails.
 */
@ApplicationScoped
public class GroupCommit {
  private static final Logger LOG = Logger.getLogger(GroupCommit.class);

  private static final int IN_FLIGHT = 2;
  private static final int LARGEST = 500;

  /** A commit of so many is followed by about as many again: those it answered ask next. */
  private static final int MANY = 8;

  private static final long MOMENT_MILLIS = 2;

  /** More than this can't be answered in time anyway. */
  private static final int WAITING_AT_MOST = 20_000;

  private static final Duration SOON = Duration.ofSeconds(1);

  private static final Answer UNSAID = new Answer(0, Map.of(), new byte[0]);

  private static final class Waiting {
    private final Capture capture;
    private final @Nullable Claim claim;
    private final Function<Taken, Answer> answering;
    private final Promise<Answer> told = Promise.promise();
    private @Nullable Answer answer;
    private @Nullable Problem problem;
    private boolean first;

    Waiting(Capture capture, @Nullable Claim claim, Function<Taken, Answer> answering) {
      this.capture = capture;
      this.claim = claim;
      this.answering = answering;
    }

    void decided(Reply reply) {
      switch (reply) {
        case Taken taken -> answer = answering.apply(taken);
        case Refused refused -> problem = refused.problem();
      }
    }

    void forgotten() {
      answer = null;
      problem = null;
      first = false;
    }

    void tell() {
      if (problem != null) {
        told.tryFail(problem);
      } else {
        told.tryComplete(answer);
      }
    }
  }

  private final Transactions transactions;
  private final Leads leads;
  private final Answers answers;
  private final Vertx vertx;
  private final Context context;

  private final Object lock = new Object();
  private final ArrayDeque<Waiting> queue = new ArrayDeque<>();
  private final Set<Object> busy = new HashSet<>();
  private int inFlight;
  private int expected;
  private boolean awaiting;

  GroupCommit(Transactions transactions, Leads leads, Answers answers, Vertx vertx) {
    this.transactions = transactions;
    this.leads = leads;
    this.answers = answers;
    this.vertx = vertx;
    this.context = vertx.getOrCreateContext();
  }

  /**
   * The answer to a capture, once it is committed; with a claim, the first answer to it. Fails with
   * a problem when the capture is refused. Answered on whichever thread committed.
   */
  public Future<Answer> commit(
      Capture capture, @Nullable Claim claim, Function<Taken, Answer> answering) {
    var waiting = new Waiting(capture, claim, answering);
    List<Waiting> batch;
    synchronized (lock) {
      if (queue.size() >= WAITING_AT_MOST) {
        return Future.failedFuture(Problem.unavailable(SOON));
      }
      queue.add(waiting);
      batch = next();
    }
    start(batch);
    return waiting.told.future();
  }

  /** Commits a capture for somebody who wants to know what became of it, not to answer for it. */
  public Uni<Taken> commit(Capture capture) {
    var how = new AtomicReference<@Nullable Taken>();
    return UniHelper.toUni(
            commit(
                capture,
                null,
                taken -> {
                  how.set(taken);
                  return UNSAID;
                }))
        .map(_ -> Objects.requireNonNull(how.get()));
  }

  /** The next batch, or none while two are in flight or more is to come. Called under the lock. */
  private List<Waiting> next() {
    if (inFlight == IN_FLIGHT || queue.isEmpty()) {
      return List.of();
    }
    if (queue.size() < expected) {
      await();
      return List.of();
    }
    var batch = new ArrayList<Waiting>(Math.min(queue.size(), LARGEST));
    var passedOver = new HashSet<Object>();
    var claims = new HashSet<Object>();
    for (var waiting = queue.iterator(); waiting.hasNext() && batch.size() < LARGEST; ) {
      var one = waiting.next();
      if (meets(one, busy) || meets(one, passedOver) || claims.contains(key(one.claim))) {
        hold(one, passedOver);
      } else {
        if (one.claim != null) {
          claims.add(key(one.claim));
        }
        batch.add(one);
        waiting.remove();
      }
    }
    if (!batch.isEmpty()) {
      inFlight++;
      batch.forEach(one -> hold(one, busy));
      expected = batch.size() < MANY ? 0 : Math.min(batch.size(), LARGEST) * 3 / 4;
    }
    return batch;
  }

  /** Waits once for more to come, and not long. Called under the lock. */
  private void await() {
    if (!awaiting) {
      awaiting = true;
      context.runOnContext(_ -> vertx.setTimer(MOMENT_MILLIS, _ -> enough()));
    }
  }

  private void enough() {
    List<Waiting> batch;
    synchronized (lock) {
      awaiting = false;
      expected = 0;
      batch = next();
    }
    start(batch);
  }

  private static void hold(Waiting waiting, Set<Object> keys) {
    waiting.capture.identities().forEach(identity -> keys.add(identity.key()));
    if (waiting.claim != null) {
      keys.add(key(waiting.claim));
    }
  }

  private static boolean meets(Waiting waiting, Set<Object> keys) {
    if (keys.isEmpty()) {
      return false;
    }
    for (var identity : waiting.capture.identities()) {
      if (keys.contains(identity.key())) {
        return true;
      }
    }
    return waiting.claim != null && keys.contains(key(waiting.claim));
  }

  private static Object key(@Nullable Claim claim) {
    return claim == null ? "" : List.of(claim.caller(), claim.path(), claim.key());
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
        one.capture.identities().forEach(identity -> busy.remove(identity.key()));
        busy.remove(key(one.claim));
      }
      next = next();
    }
    start(next);
  }

  /** Answers everybody in the batch, whatever happens; never fails. */
  private Uni<Void> settle(List<Waiting> batch) {
    var unclaimed = batch.stream().filter(one -> one.claim == null).toList();
    return Uni.createFrom()
        .deferred(() -> leads.welcome(unclaimed.stream().map(one -> one.capture).toList()))
        .chain(
            replies -> {
              var left = new ArrayList<Waiting>(batch);
              for (int n = 0; n < replies.size(); n++) {
                var reply = replies.get(n);
                if (reply != null) {
                  unclaimed.get(n).decided(reply);
                  unclaimed.get(n).tell();
                }
              }
              left.removeIf(GroupCommit::isDecided);
              return left.isEmpty() ? Uni.createFrom().voidItem() : recognise(left);
            })
        .onFailure()
        .recoverWithUni(failure -> split(batch, failure));
  }

  /** Answers those in the batch of whom something may be known; never fails. */
  private Uni<Void> recognise(List<Waiting> batch) {
    return transactions
        .run(tx -> decide(tx, batch))
        .invoke(() -> batch.forEach(Waiting::tell))
        .onFailure()
        .recoverWithUni(failure -> split(batch, failure));
  }

  private Uni<Void> decide(SqlConnection tx, List<Waiting> batch) {
    batch.forEach(Waiting::forgotten);
    var claimed = batch.stream().filter(one -> one.claim != null).toList();
    return claimed.isEmpty()
        ? capture(tx, batch)
        : claim(tx, claimed)
            .chain(() -> capture(tx, batch.stream().filter(one -> !isDecided(one)).toList()))
            .chain(() -> keep(tx, claimed.stream().filter(one -> one.first).toList()));
  }

  private static boolean isDecided(Waiting waiting) {
    return waiting.answer != null || waiting.problem != null;
  }

  private Uni<Void> capture(SqlConnection tx, List<Waiting> batch) {
    return leads
        .capture(tx, batch.stream().map(one -> one.capture).toList())
        .invoke(
            replies -> {
              for (int i = 0; i < replies.size(); i++) {
                batch.get(i).decided(replies.get(i));
              }
            })
        .replaceWithVoid();
  }

  private Uni<Void> claim(SqlConnection tx, List<Waiting> claimed) {
    return answers
        .claim(tx, claimed.stream().map(one -> Objects.requireNonNull(one.claim)).toList())
        .invoke(
            standings -> {
              for (int i = 0; i < standings.size(); i++) {
                switch (standings.get(i)) {
                  case Standing.First _ -> claimed.get(i).first = true;
                  case Standing.Again(var answer) -> claimed.get(i).answer = answer;
                  case Standing.Another _ -> claimed.get(i).problem = Idempotency.another();
                }
              }
            })
        .replaceWithVoid();
  }

  /** Errors aren't kept: their key is free again. */
  private Uni<Void> keep(SqlConnection tx, List<Waiting> first) {
    var given = new LinkedHashMap<Claim, Answer>();
    var refused = new ArrayList<Claim>();
    for (var one : first) {
      var claim = Objects.requireNonNull(one.claim);
      if (one.answer != null) {
        given.put(claim, one.answer);
      } else {
        refused.add(claim);
      }
    }
    var kept = given.isEmpty() ? Uni.createFrom().voidItem() : answers.keep(tx, given);
    for (var claim : refused) {
      kept = kept.chain(() -> answers.release(tx, claim));
    }
    return kept;
  }

  private Uni<Void> split(List<Waiting> batch, Throwable failure) {
    if (failure instanceof Problem || batch.size() == 1) {
      if (!(failure instanceof Problem)) {
        LOG.warnf("A capture could not be kept: %s", failure.getClass().getName());
      }
      batch.forEach(one -> one.told.tryFail(failure));
      return Uni.createFrom().voidItem();
    }
    int half = batch.size() / 2;
    return recognise(batch.subList(0, half))
        .chain(() -> recognise(batch.subList(half, batch.size())));
  }
}
