package baton.lead.connector;

import baton.chassis.problem.Fault;
import baton.chassis.problem.Problem;
import baton.lead.connector.Deliveries.Waiting;
import baton.lead.connector.Delivery.Element;
import baton.lead.connector.Delivery.State;
import baton.lead.connector.Reading.Meant;
import baton.lead.connector.Reading.Received;
import baton.lead.connector.Vendors.Found;
import baton.lead.identity.Identity;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.infrastructure.Infrastructure;
import io.vertx.mutiny.core.Vertx;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.BiFunction;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Reads the deliveries that wait, each as soon as it is kept, and then fetches whom they only
 * announce, where there is a token. What a crash left unread is read a minute later; what was
 * captured of it already is the same fact told again. A vendor that is slow holds up no reading.
 */
@ApplicationScoped
public class Mail {
  private static final Logger LOG = Logger.getLogger(Mail.class);
  private static final int AT_ONCE = 50;
  private static final int ELEMENTS_AT_ONCE = 64;
  private static final int FETCHED_AT_ONCE = 4;
  private static final long LOOK_MILLIS = 2_000;
  private static final long MEASURE_MILLIS = 10_000;

  private final Deliveries deliveries;
  private final Connectors connectors;
  private final Reading reading;
  private final Effects effects;
  private final Vendors vendors;
  private final Vertx vertx;
  private final InstantSource clock;
  private final Rounds readings = new Rounds("Deliveries", () -> round(false));
  private final Rounds fetches = new Rounds("Announced leads", () -> round(true));
  private final List<Long> timers = new ArrayList<>();

  /** Vendors that asked to be left alone, by connector: until when. */
  private final Map<String, Instant> leftAlone = new ConcurrentHashMap<>();

  private volatile Map<String, Long> counts = Map.of();

  Mail(
      Deliveries deliveries,
      Connectors connectors,
      Reading reading,
      Effects effects,
      Vendors vendors,
      Vertx vertx,
      InstantSource clock) {
    this.deliveries = deliveries;
    this.connectors = connectors;
    this.reading = reading;
    this.effects = effects;
    this.vendors = vendors;
    this.vertx = vertx;
    this.clock = clock;
  }

  void start(@Observes StartupEvent started, MeterRegistry metrics) {
    for (var state : List.of(State.RECEIVED, State.AWAITING_ENRICHMENT, State.FAILED)) {
      metrics.gauge(
          "baton.connector.deliveries",
          Tags.of("state", state.word()),
          this,
          it -> it.counts.getOrDefault(state.word(), 0L));
    }
    timers.add(vertx.setPeriodic(LOOK_MILLIS, _ -> look()));
    timers.add(vertx.setPeriodic(MEASURE_MILLIS, _ -> measure()));
  }

  void stop(@Observes ShutdownEvent stopping) {
    timers.forEach(vertx::cancelTimer);
  }

  /** There may be something to read, or to fetch. */
  public void look() {
    readings.look();
    fetches.look();
  }

  /** Another instance's too: they are the database's. */
  private void measure() {
    deliveries
        .measure()
        .subscribe()
        .with(
            measured -> counts = measured,
            failure -> LOG.debugf("deliveries can't be counted: %s", failure));
  }

  private Uni<Boolean> round(boolean announced) {
    return deliveries
        .take(announced, AT_ONCE)
        .chain(
            taken ->
                taken.isEmpty()
                    ? Uni.createFrom().item(false)
                    : read(taken, announced ? this::fetched : this::read)
                        .invoke(announced ? () -> {} : fetches::look)
                        .replaceWith(true));
  }

  /** Each connector is asked for once, however many of its deliveries wait. */
  private Uni<Void> read(List<Waiting> taken, BiFunction<Connector, Waiting, Uni<Void>> reading) {
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
            waiting ->
                Objects.requireNonNull(senders.get(waiting.connectorId()))
                    .emitOn(Infrastructure.getDefaultWorkerPool())
                    .chain(connector -> reading.apply(connector, waiting)))
        .merge(AT_ONCE)
        .onItem()
        .ignoreAsUni();
  }

  private Uni<Void> read(Connector connector, Waiting waiting) {
    var about = new LinkedHashSet<UUID>();
    return Uni.createFrom()
        .deferred(() -> elements(connector, waiting, about))
        .onFailure(failure -> !Problem.isUnavailable(failure))
        .recoverWithItem(failure -> List.of(broken(waiting, failure)))
        .chain(
            elements ->
                tell(
                    connector,
                    waiting,
                    elements,
                    waiting.attempts(),
                    connector.token() == null ? null : clock.instant(),
                    about));
  }

  /** What nobody foresaw holds up no other delivery. */
  private static Element broken(Waiting waiting, Throwable failure) {
    LOG.warnf(
        "Delivery %s/%s could not be read: %s",
        waiting.connectorId(), waiting.number(), failure.getClass().getName());
    return new Element("refused", null, List.of(new Fault("", "could not be read; it was logged")));
  }

  private Uni<List<Element>> elements(
      Connector connector, Waiting waiting, Collection<UUID> about) {
    var meant = meant(connector, waiting);
    if (meant.isEmpty()) {
      var why = List.of(new Fault("", "is neither JSON nor a form"));
      return Uni.createFrom().item(List.of(new Element("refused", null, why)));
    }
    meant.get().forEach(each -> about(about, each));
    return each(meant.get(), ELEMENTS_AT_ONCE, (_, each) -> element(connector, each));
  }

  private Optional<List<Meant>> meant(Connector connector, Waiting waiting) {
    return reading.of(
        connector,
        waiting.contentType(),
        waiting.body(),
        new Received(waiting.number(), waiting.receivedAt()));
  }

  private static void about(Collection<UUID> about, Meant meant) {
    var command = meant.command();
    if (command != null) {
      command.identities().stream().map(Identity::key).forEach(about::add);
    }
  }

  /** What becomes of each, in their order. */
  private static Uni<List<Element>> each(
      List<Meant> meant, int atOnce, BiFunction<Integer, Meant, Uni<Element>> becoming) {
    var elements = new Element[meant.size()];
    return Multi.createFrom()
        .range(0, meant.size())
        .onItem()
        .transformToUni(
            at -> becoming.apply(at, meant.get(at)).invoke(element -> elements[at] = element))
        .merge(atOnce)
        .onItem()
        .ignoreAsUni()
        .map(_ -> List.of(elements));
  }

  private Uni<Element> element(Connector connector, Meant meant) {
    var into = meant.mapped().into();
    if (meant.mapped().isUnread()) {
      return Uni.createFrom().item(new Element("refused", null, meant.errors()));
    }
    if (into == null) {
      return Uni.createFrom().item(Element.of("skipped"));
    }
    if (meant.mapped().test()) {
      return Uni.createFrom().item(Element.of("test"));
    }
    var command = meant.command();
    if (command == null) {
      return Uni.createFrom().item(new Element("refused", null, meant.errors()));
    }
    return switch (into) {
      case ENRICHMENT -> Uni.createFrom().item(Element.of(Element.AWAITING));
      case ERASURE -> effects.erase(command);
      case WITHDRAWAL -> effects.withdraw(command, connector.kind().word());
      case LEAD, TOUCH -> effects.capture(command, meant.errors());
      case CHANGE ->
          effects.readdress(command, meant.mapped().fields().at("/contact/email").asText());
      case VISIT -> {
        var visit = meant.visit();
        yield visit == null
            ? effects.capture(command, meant.errors())
            : effects.visit(visit, command, meant.errors());
      }
    };
  }

  /** Fetches whom a delivery announced; what became of its other elements stays. */
  private Uni<Void> fetched(Connector connector, Waiting waiting) {
    var token = connector.token();
    var meant = meant(connector, waiting).orElse(List.of());
    var before = waiting.elements();
    var about = new LinkedHashSet<UUID>();
    if (token == null || meant.size() != before.size()) {
      return tell(connector, waiting, before, waiting.attempts(), null, about);
    }
    var alone = leftAlone.get(connector.connectorId());
    if (alone != null && clock.instant().isBefore(alone)) {
      return tell(connector, waiting, before, waiting.attempts(), alone, about);
    }
    var asked = new ConcurrentHashMap<String, Uni<Found>>();
    var longest = new Longest();
    return each(
            meant,
            FETCHED_AT_ONCE,
            (at, each) ->
                before.get(at).awaits()
                    ? fetched(connector, token, waiting, each, asked, longest, about)
                    : Uni.createFrom().item(before.get(at)))
        .chain(
            elements -> {
              var attempts = waiting.attempts() + 1;
              var now = clock.instant();
              var next =
                  Patience.next(
                      attempts, longest.asked, now, ThreadLocalRandom.current().nextDouble());
              if (longest.asked != null && next != null) {
                leftAlone.put(connector.connectorId(), now.plus(longest.asked));
              }
              return tell(connector, waiting, elements, attempts, next, about);
            });
  }

  /** The longest that a vendor asked to be left alone. */
  private static final class Longest {
    private @Nullable Duration asked;

    synchronized void ask(@Nullable Duration after) {
      if (after != null && (asked == null || after.compareTo(asked) > 0)) {
        asked = after;
      }
    }
  }

  /** Somebody who is announced by several elements is fetched once. */
  private Uni<Element> fetched(
      Connector connector,
      String token,
      Waiting waiting,
      Meant announced,
      Map<String, Uni<Found>> asked,
      Longest longest,
      Collection<UUID> about) {
    var id = announced.mapped().fields().at("/externalIds/0/id").asText();
    return asked
        .computeIfAbsent(
            id, one -> vendors.fetch(connector.kind(), token, one).memoize().indefinitely())
        .emitOn(Infrastructure.getDefaultWorkerPool())
        .chain(
            found ->
                switch (found) {
                  case Found.Nobody _ -> Uni.createFrom().item(Element.of("unknown"));
                  case Found.Later(var why, var after) -> {
                    longest.ask(after);
                    yield Uni.createFrom()
                        .item(new Element(Element.AWAITING, null, List.of(new Fault("", why))));
                  }
                  case Found.Somebody(var body) -> {
                    var meant =
                        reading.fetched(
                            connector,
                            announced,
                            body,
                            new Received(waiting.number(), waiting.receivedAt()));
                    synchronized (about) {
                      about(about, meant);
                    }
                    yield element(connector, meant);
                  }
                });
  }

  private Uni<Void> tell(
      Connector connector,
      Waiting waiting,
      List<Element> elements,
      int attempts,
      @Nullable Instant next,
      Collection<UUID> about) {
    var state = State.DONE;
    for (var element : elements) {
      if (element.outcome().equals("refused")) {
        state = State.FAILED;
      }
    }
    if (elements.stream().anyMatch(Element::awaits)) {
      state = State.AWAITING_ENRICHMENT;
    }
    elements.stream().map(Element::leadId).filter(Objects::nonNull).forEach(about::add);
    var now = clock.instant();
    return deliveries.read(
        new Delivery(
            connector.connectorId(),
            waiting.number(),
            now,
            state,
            connector.version(),
            now,
            attempts,
            state == State.AWAITING_ENRICHMENT ? next : null,
            null,
            elements),
        about);
  }
}
