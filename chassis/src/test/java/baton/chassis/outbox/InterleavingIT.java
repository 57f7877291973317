package baton.chassis.outbox;

import static baton.chassis.outbox.Facts.fact;
import static org.assertj.core.api.Assertions.assertThat;

import baton.infrastructure.Infrastructure;
import io.vertx.core.Future;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.pgclient.PgConnection;
import io.vertx.sqlclient.Transaction;
import io.vertx.sqlclient.Tuple;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/**
 * Three transactions that meet on their leads, in each of the 1,680 orders their steps can come in,
 * with a look of the relay after every step.
 */
class InterleavingIT {
  /** What each transaction appends, step by step; then it commits. Leads are taken in one order. */
  private static final List<List<List<Integer>>> TRANSACTIONS =
      List.of(
          List.of(List.of(0), List.of(1)),
          List.of(List.of(0, 2), List.of(2, 0)),
          List.of(List.of(1, 1), List.of(2)));

  private static final int LOOK_AT = 2;

  @Test
  void no_order_of_steps_and_looks_loses_an_event_or_turns_a_leads_events_around()
      throws Exception {
    var infrastructure = Infrastructure.shared();
    try (var stage =
        new Stage(
            infrastructure.newDatabase("interleaving"),
            infrastructure.user(),
            infrastructure.password(),
            infrastructure.bootstrapServers())) {
      var backlog = done(Backlog.connect(stage.vertx, stage.database));
      var observer = done(PgConnection.connect(stage.vertx, stage.database));
      var connections = new ArrayList<PgConnection>();
      for (var n = 0; n < TRANSACTIONS.size(); n++) {
        connections.add(done(PgConnection.connect(stage.vertx, stage.database)));
      }
      for (var schedule : schedules()) {
        new Run(schedule, backlog, observer, connections).check();
      }
    }
  }

  /** One schedule: which transaction takes its next step, nine times. */
  private static final class Run {
    private final List<Integer> schedule;
    private final Backlog backlog;
    private final PgConnection observer;
    private final List<Party> parties = new ArrayList<>();
    private final List<UUID> leads = Stage.leads(3).stream().sorted(byText()).toList();
    private final List<Integer> commits = new ArrayList<>();
    private final List<Unpublished> ledger = new ArrayList<>();
    private List<Long> inFlight = List.of();

    Run(
        List<Integer> schedule,
        Backlog backlog,
        PgConnection observer,
        List<PgConnection> connections) {
      this.schedule = schedule;
      this.backlog = backlog;
      this.observer = observer;
      for (var n = 0; n < connections.size(); n++) {
        parties.add(new Party(n, connections.get(n)));
      }
    }

    void check() throws Exception {
      for (var who : schedule) {
        parties.get(who).due++;
        letThemStep();
        look();
      }
      while (parties.stream().anyMatch(Party::unfinished)) {
        letThemStep();
      }
      while (look() > 0) {}
      var expected = TRANSACTIONS.stream().flatMap(List::stream).mapToInt(List::size).sum();
      assertThat(ledger).as("published under %s", schedule).hasSize(expected);
      var perLead = new LinkedHashMap<String, List<Unpublished>>();
      ledger.forEach(e -> perLead.computeIfAbsent(e.key(), _ -> new ArrayList<>()).add(e));
      perLead.forEach(
          (lead, events) -> {
            assertThat(events)
                .as("sequence under %s", schedule)
                .extracting(Unpublished::sequence)
                .containsExactlyElementsOf(
                    IntStream.rangeClosed(1, events.size()).mapToObj(n -> (long) n).toList());
            assertThat(events.stream().map(Run::author).distinct().toList())
                .as("order of commits under %s", schedule)
                .isEqualTo(
                    commits.stream()
                        .filter(c -> events.stream().anyMatch(e -> author(e) == c))
                        .toList());
          });
    }

    /** Everybody does what is due, unless somebody else's lock holds them up. */
    private void letThemStep() throws Exception {
      boolean progress;
      do {
        progress = false;
        for (var party : parties) {
          progress |= party.proceed();
        }
      } while (progress);
    }

    /** A pipelined look: reads on while the last batch is not yet deleted. */
    private int look() throws Exception {
      var read = backlog.read(inFlight, LOOK_AT);
      var deleted = backlog.delete(inFlight);
      var batch = done(read);
      done(deleted);
      ledger.addAll(batch);
      inFlight = batch.stream().map(Unpublished::id).toList();
      return batch.size();
    }

    private static int author(Unpublished event) {
      var payload = new String(event.payload() == null ? new byte[0] : event.payload());
      return Integer.parseInt(payload.replaceAll(".*\"revision\":(\\d+).*", "$1"));
    }

    private static Comparator<UUID> byText() {
      return Comparator.comparing(UUID::toString);
    }

    private final class Party {
      private final int number;
      private final PgConnection connection;
      private final Deque<List<Integer>> appends;
      private @Nullable Transaction transaction;
      private Future<?> running = Future.succeededFuture();
      private boolean committing;
      private boolean finished;
      private int due;

      Party(int number, PgConnection connection) {
        this.number = number;
        this.connection = connection;
        this.appends = new ArrayDeque<>(TRANSACTIONS.get(number));
      }

      boolean unfinished() {
        return !finished;
      }

      /** Whether anything moved. */
      boolean proceed() throws Exception {
        if (finished || (due == 0 && running.isComplete() && !committing)) {
          return false;
        }
        if (running.isComplete() && !committing && due > 0) {
          due--;
          step();
        }
        while (!running.isComplete()) {
          if (blocked()) {
            return false;
          }
        }
        done(running);
        if (committing) {
          finished = true;
          commits.add(number);
        }
        return true;
      }

      private void step() throws Exception {
        if (transaction == null) {
          transaction = done(connection.begin());
        }
        if (appends.isEmpty()) {
          committing = true;
          running = transaction.commit();
        } else {
          var facts = appends.removeFirst().stream().map(n -> fact(leads.get(n), number)).toList();
          running =
              Future.fromCompletionStage(
                  Outbox.insert(SqlConnection.newInstance(connection), facts, null)
                      .subscribeAsCompletionStage());
        }
      }

      private boolean blocked() throws Exception {
        var rows =
            done(
                observer
                    .preparedQuery("SELECT cardinality(pg_blocking_pids($1)) > 0")
                    .execute(Tuple.of(connection.processId())));
        return rows.iterator().next().getBoolean(0);
      }
    }
  }

  private static List<List<Integer>> schedules() {
    var all = new ArrayList<List<Integer>>();
    extend(new ArrayList<>(), new HashMap<>(), all);
    assertThat(all).hasSize(1_680);
    return all;
  }

  private static void extend(
      List<Integer> begun, Map<Integer, Integer> taken, List<List<Integer>> all) {
    if (begun.size() == 9) {
      all.add(List.copyOf(begun));
      return;
    }
    for (var who = 0; who < 3; who++) {
      if (taken.getOrDefault(who, 0) < 3) {
        taken.merge(who, 1, Integer::sum);
        begun.add(who);
        extend(begun, taken, all);
        begun.removeLast();
        taken.merge(who, -1, Integer::sum);
      }
    }
  }

  private static <T> T done(Future<T> future) throws Exception {
    return future.toCompletionStage().toCompletableFuture().get(30, TimeUnit.SECONDS);
  }
}
