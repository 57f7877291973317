package baton.feedback.crm;

import baton.chassis.database.Transactions;
import baton.chassis.mapping.Mapped;
import baton.chassis.problem.Fault;
import baton.chassis.problem.Problem;
import baton.chassis.pseudonym.Pseudonyms;
import baton.chassis.webhook.Payload;
import baton.feedback.crm.Deliveries.Kept;
import baton.feedback.crm.Delivery.Element;
import baton.feedback.crm.Delivery.State;
import baton.feedback.lead.LeadName;
import baton.feedback.outcome.Outcome;
import baton.feedback.outcome.Outcomes;
import baton.feedback.outcome.Teller;
import baton.feedback.outcome.Tellings;
import baton.feedback.outcome.Verdict;
import baton.feedback.step.Deeds;
import baton.feedback.step.Step;
import baton.feedback.step.Steps;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.quarkus.runtime.StartupEvent;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.infrastructure.Infrastructure;
import io.vertx.mutiny.core.Vertx;
import io.vertx.mutiny.sqlclient.SqlConnection;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.IntStream;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Reads deliveries: each element is told by itself, in its order, so that a bad one spoils no
 * other. What a crash left unread is read a minute later; what was told of it already is the same
 * told again.
 */
@ApplicationScoped
public class Post {
  private static final Logger LOG = Logger.getLogger(Post.class);
  private static final long LOOK_MILLIS = 30_000;
  private static final int AT_ONCE = 20;

  private final Connectors connectors;
  private final Deliveries deliveries;
  private final Deals deals;
  private final Tellings tellings;
  private final Outcomes outcomes;
  private final Deeds deeds;
  private final Steps steps;
  private final Pseudonyms pseudonyms;
  private final Transactions transactions;
  private final InstantSource clock;
  private final Vertx vertx;

  Post(
      Connectors connectors,
      Deliveries deliveries,
      Deals deals,
      Tellings tellings,
      Outcomes outcomes,
      Deeds deeds,
      Steps steps,
      Pseudonyms pseudonyms,
      Transactions transactions,
      InstantSource clock,
      Vertx vertx) {
    this.connectors = connectors;
    this.deliveries = deliveries;
    this.deals = deals;
    this.tellings = tellings;
    this.outcomes = outcomes;
    this.deeds = deeds;
    this.steps = steps;
    this.pseudonyms = pseudonyms;
    this.transactions = transactions;
    this.clock = clock;
    this.vertx = vertx;
  }

  void start(@Observes StartupEvent started) {
    vertx.setPeriodic(LOOK_MILLIS, _ -> look());
  }

  private void look() {
    deliveries
        .left(AT_ONCE)
        .onItem()
        .transformToMulti(left -> Multi.createFrom().iterable(left))
        .onItem()
        .transformToUniAndConcatenate(
            kept ->
                connectors
                    .find(kept.delivery().connectorId())
                    .map(Optional::orElseThrow)
                    .chain(connector -> read(connector, kept)))
        .subscribe()
        .with(
            _ -> {},
            failure ->
                LOG.warnf("Deliveries can't be read now: %s", failure.getClass().getSimpleName()));
  }

  /** Reads a delivery by the connector as it is; fails only where the database is away. */
  public Uni<Delivery> read(Connector connector, Kept kept) {
    var about = new LinkedHashSet<LeadName>();
    return Uni.createFrom()
        .item(kept)
        .emitOn(Infrastructure.getDefaultWorkerPool())
        .chain(() -> elements(connector, kept, about))
        .map(
            elements -> {
              var delivery = kept.delivery();
              return new Delivery(
                  delivery.connectorId(),
                  delivery.number(),
                  delivery.receivedAt(),
                  elements.stream().anyMatch(Element::isRefused) ? State.FAILED : State.DONE,
                  connector.version(),
                  clock.instant(),
                  elements);
            })
        .call(delivery -> deliveries.read(delivery, about));
  }

  private Uni<List<Element>> elements(Connector connector, Kept kept, Set<LeadName> about) {
    var translation = new Translation(connector);
    var mapping = translation.settings().read();
    var body = connector.kind().read(kept.body(), mapping.each());
    if (body.isEmpty()) {
      return Uni.createFrom()
          .item(List.of(Element.refused(List.of(new Fault("", "is not what this CRM sends")))));
    }
    var mapped = mapping.of(body.get(), kept.delivery().receivedAt());
    var delivery = kept.delivery();
    return Multi.createFrom()
        .iterable(IntStream.range(0, mapped.size()).boxed().toList())
        .onItem()
        .transformToUniAndConcatenate(
            at ->
                element(
                        connector,
                        translation,
                        mapped.get(at),
                        delivery.receivedAt(),
                        "%012d/%05d".formatted(delivery.number(), at),
                        about)
                    .onFailure(failure -> !Problem.isUnavailable(failure))
                    .recoverWithItem(failure -> broken(delivery, failure)))
        .collect()
        .asList();
  }

  private static Element broken(Delivery delivery, Throwable failure) {
    if (failure instanceof Problem problem) {
      return Element.refused(
          problem.errors().isEmpty()
              ? List.of(new Fault("", String.valueOf(problem.getMessage())))
              : problem.errors());
    }
    LOG.warnf(
        "An element of delivery %s/%s could not be read: %s",
        delivery.connectorId(), delivery.number(), failure.getClass().getName());
    return Element.refused(List.of(new Fault("", "could not be read; it was logged")));
  }

  private Uni<Element> element(
      Connector connector,
      Translation translation,
      Mapped<Into> mapped,
      Instant receivedAt,
      String by,
      Set<LeadName> about) {
    var into = mapped.into();
    if (mapped.isUnread()) {
      return Uni.createFrom().item(Element.refused(mapped.unread()));
    }
    if (into == null || mapped.test()) {
      return Uni.createFrom().item(Element.SKIPPED);
    }
    var fields = mapped.fields();
    translation.settings().fill(into, fields);
    var id = Settings.text(fields.get("id"));
    if (id == null) {
      throw Problem.invalid("/id", "is required: what the CRM calls it");
    }
    about.add(translation.whose(into, id, fields, pseudonyms));
    return transactions.run(
        tx ->
            switch (into) {
              case DEAL -> deal(tx, connector, translation, id, fields, receivedAt, by);
              case STEP -> step(tx, connector, translation, id, fields, receivedAt);
            });
  }

  private Uni<Element> deal(
      SqlConnection tx,
      Connector connector,
      Translation translation,
      String id,
      ObjectNode fields,
      Instant receivedAt,
      String by) {
    var said = Translation.at(fields);
    var message = Settings.text(fields.get("message"));
    return (said != null
            ? Uni.createFrom().item(said)
            : deals.first(tx, connector.connectorId(), message == null ? by : message, receivedAt))
        .chain(
            at ->
                deals.learn(
                    tx,
                    connector.connectorId(),
                    id,
                    Deal.said(fields, at, message == null ? by : message),
                    translation.ofDeal(id)))
        .chain(
            deal -> {
              var standing = deal.standing(translation.settings());
              var result = standing.result();
              if (result == null) {
                return Uni.createFrom().item(new Element("deal", null, null, List.of()));
              }
              if (result.equals(Settings.IGNORE)) {
                return Uni.createFrom().item(Element.SKIPPED);
              }
              return Translation.isStep(result)
                  ? tell(tx, translation.qualified(id, deal, standing.since()))
                  : close(tx, translation.outcome(id, deal, standing));
            });
  }

  private Uni<Element> close(SqlConnection tx, ObjectNode command) {
    var read = Translation.read(command, bytes -> tellings.read(bytes, Teller.FOR_ANY));
    return outcomes
        .tell(tx, List.of(read.told()), Teller.FOR_ANY)
        .map(
            verdicts ->
                switch (verdicts.getFirst()) {
                  case Verdict.Kept(var outcome, _, _) -> outcome(outcome, read.leftOut());
                  case Verdict.Unchanged(var outcome) -> outcome(outcome, read.leftOut());
                  case Verdict.NotYours() -> throw new IllegalStateException("it is anybody's");
                });
  }

  private static Element outcome(Outcome outcome, List<Fault> leftOut) {
    return new Element(
        "outcome",
        outcome.outcomeId(),
        outcome instanceof Outcome.Matched matched ? matched.leadId() : null,
        leftOut);
  }

  private Uni<Element> step(
      SqlConnection tx,
      Connector connector,
      Translation translation,
      String id,
      ObjectNode fields,
      Instant receivedAt) {
    var command = translation.step(id, fields);
    if (command == null) {
      return Uni.createFrom().item(Element.SKIPPED);
    }
    var said = Translation.at(fields);
    return (said != null && fields.has("message")
            ? Uni.createFrom().item(said)
            : deals.first(
                tx,
                connector.connectorId(),
                Translation.name(command),
                said == null ? receivedAt : said))
        .chain(at -> tell(tx, command.put("occurredAt", at.toString())));
  }

  private Uni<Element> tell(SqlConnection tx, ObjectNode command) {
    var read = Translation.read(command, bytes -> deeds.read(bytes, null));
    return steps
        .tell(tx, List.of(read.told()), null)
        .map(
            verdicts ->
                switch (verdicts.getFirst()) {
                  case Step.Verdict.Kept(var step, _) -> step(step, read.leftOut());
                  case Step.Verdict.Unchanged(var step) -> step(step, read.leftOut());
                  case Step.Verdict.OfAnotherLead() ->
                      throw Problem.invalid("/leadExternalId", "the step is another lead's");
                  case Step.Verdict.NotYours() ->
                      throw new IllegalStateException("it is anybody's");
                });
  }

  private static Element step(Step step, List<Fault> leftOut) {
    return new Element("step", step.stepId(), step.leadId(), leftOut);
  }

  /**
   * What an element of a body would become; nothing is kept, and a deal is read by what this
   * element alone says.
   *
   * @param command as it would be told; null where it would not be
   */
  public record Dry(
      @Nullable String into,
      ObjectNode fields,
      @Nullable ObjectNode command,
      List<Fault> errors,
      List<String> unmapped) {}

  /** What the elements of a body would become. */
  public List<Dry> dryRun(Connector connector, byte[] body) {
    var translation = new Translation(connector);
    var mapping = translation.settings().read();
    return connector
        .kind()
        .read(body, mapping.each())
        .map(pieces -> mapping.of(pieces, clock.instant()))
        .filter(all -> all.isEmpty() || !all.stream().allMatch(Mapped::isUnread))
        .orElseThrow(() -> Problem.malformed("The body isn't what this CRM sends."))
        .stream()
        .map(mapped -> dry(translation, mapped))
        .toList();
  }

  /** What was delivered, as {@link Payload#shown}. */
  public static Optional<JsonNode> shown(Connector connector, byte[] body) {
    return Payload.shown(
        each -> connector.kind().read(body, each),
        new Translation(connector).settings().read().each());
  }

  private Dry dry(Translation translation, Mapped<Into> mapped) {
    var into = mapped.into();
    var fields = mapped.fields();
    if (into == null) {
      return new Dry(null, fields, null, mapped.unread(), mapped.unmapped());
    }
    translation.settings().fill(into, fields);
    var id = Settings.text(fields.get("id"));
    if (id == null) {
      return new Dry(
          into.word(), fields, null, List.of(new Fault("/id", "is required")), mapped.unmapped());
    }
    var command = command(translation, into, id, fields.deepCopy());
    return new Dry(into.word(), fields, command, faults(command), mapped.unmapped());
  }

  private @Nullable ObjectNode command(
      Translation translation, Into into, String id, ObjectNode fields) {
    var said = Translation.at(fields);
    var at = said == null ? clock.instant() : said;
    if (into == Into.STEP) {
      var step = translation.step(id, fields);
      return step == null ? null : step.put("occurredAt", at.toString());
    }
    var deal = Deal.said(fields, at, "");
    var standing = deal.standing(translation.settings());
    var result = standing.result();
    if (result == null || result.equals(Settings.IGNORE)) {
      return null;
    }
    return Translation.isStep(result)
        ? translation.qualified(id, deal, standing.since())
        : translation.outcome(id, deal, standing);
  }

  private List<Fault> faults(@Nullable ObjectNode command) {
    if (command == null) {
      return List.of();
    }
    try {
      return command.has("step")
          ? Translation.read(command, bytes -> deeds.read(bytes, null)).leftOut()
          : Translation.read(command, bytes -> tellings.read(bytes, Teller.FOR_ANY)).leftOut();
    } catch (Problem problem) {
      return problem.errors();
    }
  }

  /** Recognises the same body when it comes again. */
  public static UUID toldAs(byte[] body) {
    return com.github.f4b6a3.uuid.UuidCreator.getNameBasedSha1(body);
  }
}
