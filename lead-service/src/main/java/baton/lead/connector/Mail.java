package baton.lead.connector;

import baton.chassis.idempotency.Answer;
import baton.chassis.problem.Fault;
import baton.chassis.problem.Problem;
import baton.lead.connector.Deliveries.Waiting;
import baton.lead.connector.Delivery.Element;
import baton.lead.connector.Delivery.State;
import baton.lead.connector.Reading.Meant;
import baton.lead.connector.Reading.Received;
import baton.lead.dossier.Capture;
import baton.lead.dossier.Reply.Taken;
import baton.lead.stream.GroupCommit;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.infrastructure.Infrastructure;
import io.smallrye.mutiny.vertx.UniHelper;
import io.vertx.mutiny.core.Vertx;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Reads the deliveries that wait, each as soon as it is kept; what a crash left unread is read a
 * minute later, and what was captured of it already is the same fact told again.
 */
@ApplicationScoped
public class Mail {
  private static final Logger LOG = Logger.getLogger(Mail.class);
  private static final int AT_ONCE = 50;
  private static final int ELEMENTS_AT_ONCE = 64;
  private static final long LOOK_MILLIS = 2_000;
  private static final int UNAVAILABLE = 503;

  private final Deliveries deliveries;
  private final Connectors connectors;
  private final Reading reading;
  private final GroupCommit commits;
  private final Vertx vertx;
  private final InstantSource clock;
  private final AtomicBoolean busy = new AtomicBoolean();
  private final AtomicBoolean asked = new AtomicBoolean();
  private long timer;

  Mail(
      Deliveries deliveries,
      Connectors connectors,
      Reading reading,
      GroupCommit commits,
      Vertx vertx,
      InstantSource clock) {
    this.deliveries = deliveries;
    this.connectors = connectors;
    this.reading = reading;
    this.commits = commits;
    this.vertx = vertx;
    this.clock = clock;
  }

  void start(@Observes StartupEvent started) {
    timer = vertx.setPeriodic(LOOK_MILLIS, _ -> look());
  }

  void stop(@Observes ShutdownEvent stopping) {
    vertx.cancelTimer(timer);
  }

  /** There may be something to read. */
  public void look() {
    asked.set(true);
    if (busy.compareAndSet(false, true)) {
      asked.set(false);
      round()
          .subscribe()
          .with(
              _ -> rest(),
              failure -> {
                LOG.warnf("Deliveries can't be read now: %s", failure.getClass().getSimpleName());
                busy.set(false);
              });
    }
  }

  private void rest() {
    busy.set(false);
    if (asked.get()) {
      look();
    }
  }

  /** Takes and reads until nothing waits. */
  private Uni<Void> round() {
    return deliveries
        .take(AT_ONCE)
        .chain(
            taken ->
                taken.isEmpty() ? Uni.createFrom().voidItem() : read(taken).chain(this::round));
  }

  /** Each connector is asked for once, however many of its deliveries wait. */
  private Uni<Void> read(List<Waiting> taken) {
    var senders = new HashMap<String, Uni<Connector>>();
    for (var waiting : taken) {
      senders.computeIfAbsent(
          waiting.connectorId(),
          id -> connectors.find(id).map(Optional::orElseThrow).memoize().indefinitely());
    }
    return Multi.createFrom()
        .iterable(taken)
        .onItem()
        .transformToUni(
            waiting -> read(waiting, Objects.requireNonNull(senders.get(waiting.connectorId()))))
        .merge(AT_ONCE)
        .onItem()
        .ignoreAsUni();
  }

  private Uni<Void> read(Waiting waiting, Uni<Connector> sender) {
    return sender
        .emitOn(Infrastructure.getDefaultWorkerPool())
        .chain(
            connector ->
                Uni.createFrom()
                    .deferred(() -> elements(connector, waiting))
                    .onFailure(failure -> !isAway(failure))
                    .recoverWithItem(failure -> List.of(broken(waiting, failure)))
                    .map(elements -> told(connector, waiting, elements))
                    .chain(deliveries::read));
  }

  /** The database is: what waits goes on waiting. */
  private static boolean isAway(Throwable failure) {
    return failure instanceof Problem problem && problem.status() == UNAVAILABLE;
  }

  /** What nobody foresaw holds up no other delivery. */
  private static Element broken(Waiting waiting, Throwable failure) {
    LOG.warnf(
        "Delivery %s/%s could not be read: %s",
        waiting.connectorId(), waiting.number(), failure.getClass().getName());
    return new Element("refused", null, List.of(new Fault("", "could not be read; it was logged")));
  }

  private Uni<List<Element>> elements(Connector connector, Waiting waiting) {
    var body = Bodies.read(connector.kind(), waiting.contentType(), waiting.body());
    if (body.isEmpty()) {
      var why = List.of(new Fault("", "is neither JSON nor a form"));
      return Uni.createFrom().item(List.of(new Element("refused", null, why)));
    }
    var meant =
        reading.of(connector, body.get(), new Received(waiting.number(), waiting.receivedAt()));
    var elements = new Element[meant.size()];
    return Multi.createFrom()
        .range(0, meant.size())
        .onItem()
        .transformToUni(at -> element(meant.get(at)).invoke(element -> elements[at] = element))
        .merge(ELEMENTS_AT_ONCE)
        .onItem()
        .ignoreAsUni()
        .map(_ -> List.of(elements));
  }

  private Uni<Element> element(Meant meant) {
    var mapped = meant.mapped();
    if (mapped.into() == null) {
      return Uni.createFrom().item(new Element("skipped", null, List.of()));
    }
    if (mapped.test()) {
      return Uni.createFrom().item(new Element("test", null, List.of()));
    }
    return switch (mapped.into()) {
      case ENRICHMENT -> Uni.createFrom().item(new Element("awaiting-enrichment", null, List.of()));
      case ERASURE, WITHDRAWAL ->
          Uni.createFrom().item(new Element("unsupported", null, List.of()));
      case LEAD, TOUCH -> {
        var capture = meant.capture();
        yield capture == null
            ? Uni.createFrom().item(new Element("refused", null, meant.errors()))
            : commit(capture, meant.errors());
      }
    };
  }

  private Uni<Element> commit(Capture capture, List<Fault> leftOut) {
    var how = new AtomicReference<@Nullable Taken>();
    return UniHelper.toUni(
            commits.commit(
                capture,
                null,
                taken -> {
                  how.set(taken);
                  return Answer.json(200, taken.lead().leadId());
                }))
        .map(_ -> element(Objects.requireNonNull(how.get()), leftOut))
        .onFailure(Problem.class)
        .recoverWithUni(
            failure -> {
              var problem = (Problem) failure;
              return isAway(problem)
                  ? Uni.createFrom().failure(problem)
                  : Uni.createFrom().item(new Element("refused", null, problem.errors()));
            });
  }

  private static Element element(Taken taken, List<Fault> leftOut) {
    return new Element(taken.outcome().word(), taken.lead().leadId(), leftOut);
  }

  private Delivery told(Connector connector, Waiting waiting, List<Element> elements) {
    var state = State.DONE;
    for (var element : elements) {
      switch (element.outcome()) {
        case "refused", "unsupported" -> state = State.FAILED;
        case "awaiting-enrichment" ->
            state = state == State.FAILED ? State.FAILED : State.AWAITING_ENRICHMENT;
        default -> {}
      }
    }
    var now = clock.instant();
    return new Delivery(
        connector.connectorId(), waiting.number(), now, state, connector.version(), now, elements);
  }
}
