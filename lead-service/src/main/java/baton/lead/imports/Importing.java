package baton.lead.imports;

import baton.chassis.mapping.Mapping;
import baton.chassis.mapping.MappingReader;
import baton.chassis.problem.Faults;
import baton.chassis.problem.Problem;
import baton.chassis.table.Row;
import baton.chassis.table.Rows;
import baton.lead.dossier.Capture;
import baton.lead.dossier.Reply.Taken;
import baton.lead.identity.Identity;
import baton.lead.imports.Import.Progress;
import baton.lead.imports.Import.State;
import baton.lead.imports.Imports.Reject;
import baton.lead.stream.GroupCommit;
import baton.lead.tool.Into;
import com.github.f4b6a3.uuid.UuidCreator;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.core.Vertx;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Collectors;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Works files off, one after the other, some hundred rows at a time, and keeps how far it is after
 * each of these. Rows that a crash kept from being counted are read again and known again.
 */
@ApplicationScoped
public class Importing {
  private static final Logger LOG = Logger.getLogger(Importing.class);
  private static final int ROWS_AT_ONCE = 500;
  private static final int LEADS_AT_ONCE = 500;
  private static final long LOOK_MILLIS = 2_000;
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final String ERASED = "tells of somebody who was erased while the file waited";
  private static final String BROKEN = "could not be read or kept; it was logged";

  /** What became of a row. */
  private enum Became {
    FRESH,
    RECOGNISED,
    UNCHANGED
  }

  private record Batch(
      List<Row> rows, List<Uni<Became>> facts, List<Fact> of, List<Reject> rejects) {
    Batch() {
      this(new ArrayList<>(), new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
    }

    void refuse(Row row, List<String> reasons, Set<UUID> about) {
      rejects.add(new Reject(row.line(), reasons, row.cells(), about));
    }
  }

  /** A row that was read, and by what whom it tells of is recognised. */
  private record Fact(Row row, Set<UUID> about) {}

  private final Imports imports;
  private final Reading reading;
  private final GroupCommit commits;
  private final Vertx vertx;
  private final InstantSource clock;
  private final UUID worker = UuidCreator.getTimeOrderedEpoch();
  private final AtomicBoolean busy = new AtomicBoolean();
  private volatile boolean open;
  private long timer;

  Importing(
      Imports imports, Reading reading, GroupCommit commits, Vertx vertx, InstantSource clock) {
    this.imports = imports;
    this.reading = reading;
    this.commits = commits;
    this.vertx = vertx;
    this.clock = clock;
  }

  void starting(@Observes StartupEvent started) {
    start();
  }

  void stopping(@Observes ShutdownEvent stopping) {
    stop();
  }

  public void start() {
    open = true;
    timer = vertx.setPeriodic(LOOK_MILLIS, _ -> look());
    look();
  }

  /** Ends after the rows at hand; whoever starts goes on there. */
  public void stop() {
    open = false;
    vertx.cancelTimer(timer);
  }

  /** There may be something to do. */
  public void look() {
    if (open && busy.compareAndSet(false, true)) {
      Thread.ofVirtual().name("imports").start(this::work);
    }
  }

  private void work() {
    try {
      boolean more = true;
      while (open && more) {
        var job = await(imports.take(worker));
        job.ifPresent(this::work);
        more = job.isPresent();
      }
    } catch (RuntimeException failure) {
      LOG.warnf("Imports can't be worked off now: %s", failure.getClass().getSimpleName());
    } finally {
      busy.set(false);
    }
  }

  private void work(Import job) {
    try {
      if (job.state() == State.UNDOING || read(job) == State.UNDOING) {
        undo(job);
      }
      await(imports.leave(job.importId(), worker));
    } catch (Problem away) {
      await(imports.leave(job.importId(), worker));
      throw away;
    } catch (IOException | RuntimeException failure) {
      LOG.warnf("Import %s can't go on: %s", job.importId(), failure);
      await(imports.finish(job.importId(), worker, State.FAILED, BROKEN));
    }
  }

  /** The state it is left in; null where it isn't ours any more. */
  private @Nullable State read(Import job) throws IOException {
    var mapping = MappingReader.read(job.mapping(), Into.values(), "", new Faults());
    var file = new Pieces(number -> await(imports.piece(job.importId(), number)).orElse(null));
    var rows = Rows.of(file, job.dialect());
    for (long done = -1; done < job.progress().rows(); done++) {
      rows.next();
    }
    var progress = job.progress();
    @Nullable State state = State.RUNNING;
    while (open && state == State.RUNNING) {
      var batch = batch(job, mapping, rows, progress.rows());
      if (batch.rows().isEmpty()) {
        boolean done = await(imports.finish(job.importId(), worker, State.DONE, null));
        return done ? State.DONE : State.UNDOING;
      }
      progress = settled(batch, progress, file.position());
      state =
          await(imports.progress(job.importId(), worker, progress, batch.rejects())).orElse(null);
    }
    return state;
  }

  /** The next rows, on their way to be committed. */
  private Batch batch(Import job, Mapping<Into> mapping, Rows rows, long before)
      throws IOException {
    var batch = new Batch();
    var erased = await(imports.erased(job.importId()));
    while (batch.rows().size() < ROWS_AT_ONCE) {
      var row = rows.next();
      if (row == null) {
        break;
      }
      batch.rows().add(row);
      switch (reading.of(job, mapping, row, before + batch.rows().size())) {
        case Reading.Meant.Refused(var reasons, var about) ->
            batch.refuse(tellingOf(erased, row, about), reasons, about);
        case Reading.Meant.Fact(var capture) -> {
          var about = capture.identities().stream().map(Identity::key).collect(Collectors.toSet());
          if (Collections.disjoint(about, erased)) {
            batch.of().add(new Fact(row, about));
            batch.facts().add(commits.commit(capture).map(taken -> became(taken, capture)));
          } else {
            batch.refuse(tellingOf(erased, row, about), List.of(ERASED), about);
          }
        }
      }
    }
    return batch;
  }

  /** Without a word of somebody who was erased. */
  private static Row tellingOf(Set<UUID> erased, Row row, Set<UUID> about) {
    return Collections.disjoint(about, erased) ? row : new Row(row.line(), List.of(), row.fault());
  }

  /** What a crash kept from being counted is known by the ids that only this row makes. */
  private static Became became(Taken taken, Capture capture) {
    return switch (taken.outcome()) {
      case CAPTURED -> Became.FRESH;
      case RECOGNISED -> Became.RECOGNISED;
      case REPEATED -> {
        if (taken.lead().leadId().equals(capture.leadId())) {
          yield Became.FRESH;
        }
        yield taken.touchId().equals(capture.touchId()) ? Became.RECOGNISED : Became.UNCHANGED;
      }
    };
  }

  /** Waits until all facts are kept or refused; fails where the database is away. */
  private Progress settled(Batch batch, Progress before, long position) {
    long fresh = before.fresh();
    long recognised = before.recognised();
    long unchanged = before.unchanged();
    @Nullable Problem away = null;
    for (int i = 0; i < batch.facts().size(); i++) {
      var fact = batch.of().get(i);
      try {
        switch (await(batch.facts().get(i))) {
          case FRESH -> fresh++;
          case RECOGNISED -> recognised++;
          case UNCHANGED -> unchanged++;
        }
      } catch (Problem refused) {
        if (Problem.isUnavailable(refused)) {
          away = refused;
        }
        batch.refuse(fact.row(), Reading.reasons(refused), fact.about());
      } catch (RuntimeException failure) {
        LOG.warnf("A row could not be kept: %s", failure.getClass().getName());
        batch.refuse(fact.row(), List.of(BROKEN), fact.about());
      }
    }
    if (away != null) {
      throw away;
    }
    return new Progress(
        before.rows() + batch.rows().size(),
        position,
        fresh,
        recognised,
        unchanged,
        before.rejected() + batch.rejects().size());
  }

  private void undo(Import job) {
    boolean more = true;
    while (open && more) {
      var at = clock.instant().truncatedTo(ChronoUnit.MILLIS);
      var now = await(imports.find(job.importId())).orElse(job);
      more = await(imports.undoNext(now, worker, LEADS_AT_ONCE, at));
    }
    if (!more) {
      await(imports.finish(job.importId(), worker, State.UNDONE, null));
    }
  }

  private static <T> T await(Uni<T> uni) {
    return uni.await().atMost(PATIENCE);
  }
}
