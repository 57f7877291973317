package baton.handoff.clock.postgres;

import static baton.chassis.database.Columns.column;
import static baton.handoff.clock.postgres.PromiseRow.stream;
import static java.util.stream.Collectors.toMap;

import baton.charter.clause.Deed;
import baton.chassis.charter.Charters;
import baton.chassis.outbox.Outbox;
import baton.contracts.ContentRequest;
import baton.contracts.RequestStep;
import baton.handoff.clock.Clocks.Done;
import baton.handoff.clock.Course;
import baton.handoff.clock.History;
import baton.handoff.clock.Promise;
import baton.handoff.clock.Requests;
import baton.handoff.clock.Subject;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

@ApplicationScoped
class PostgresRequests implements Requests {
  private static final String OPEN =
      """
      INSERT INTO content_request (request_id, charter_version)
      SELECT * FROM unnest($1::uuid[], $2::int[]) AS n(request_id, charter_version)
      ORDER BY request_id
      ON CONFLICT DO NOTHING RETURNING request_id
      """;

  private static final String LOCK =
      """
      SELECT request_id FROM content_request WHERE request_id = ANY($1)
      ORDER BY request_id FOR UPDATE
      """;

  private final Charters charters;
  private final PostgresPromises promises;
  private final PostgresHistories histories;
  private final PostgresRulings rulings;
  private final Outbox outbox;

  PostgresRequests(
      Charters charters,
      PostgresPromises promises,
      PostgresHistories histories,
      PostgresRulings rulings,
      Outbox outbox) {
    this.charters = charters;
    this.promises = promises;
    this.histories = histories;
    this.rulings = rulings;
    this.outbox = outbox;
  }

  @Override
  public Uni<Void> heard(SqlConnection tx, List<ContentRequest> steps) {
    var asked =
        steps.stream()
            .filter(step -> step.step() == RequestStep.REQUESTED)
            .collect(
                toMap(
                    ContentRequest::requestId, each -> each, (one, _) -> one, LinkedHashMap::new));
    var all = steps.stream().map(ContentRequest::requestId).distinct().toArray(UUID[]::new);
    return open(tx, List.copyOf(asked.values()))
        .call(() -> tx.preparedQuery(LOCK).execute(Tuple.of(all)))
        .call(() -> histories.done(tx, done(steps)))
        .chain(
            fresh ->
                promises
                    .of(tx, all)
                    .chain(
                        known -> {
                          fresh.forEach(
                              id -> known.put(id, promised(Objects.requireNonNull(asked.get(id)))));
                          known.values().removeIf(List::isEmpty);
                          return known.isEmpty()
                              ? Uni.createFrom().voidItem()
                              : follow(tx, known, asked);
                        }));
  }

  private static Uni<List<UUID>> open(SqlConnection tx, List<ContentRequest> asked) {
    return tx.preparedQuery(OPEN)
        .execute(
            Tuple.of(
                column(asked, ContentRequest::requestId, UUID[]::new),
                column(asked, ContentRequest::charterVersion, Integer[]::new)))
        .map(rows -> stream(rows).map(row -> row.getUUID("request_id")).toList());
  }

  private List<Promise> promised(ContentRequest asked) {
    return asked.charterVersion() == 0
        ? List.of()
        : Course.promisedReply(asked.requestId(), asked.charterVersion(), KnownTerms.of(charters));
  }

  private Uni<Void> follow(
      SqlConnection tx, Map<UUID, List<Promise>> promises, Map<UUID, ContentRequest> asked) {
    return PostgresTime.now(tx)
        .chain(
            now ->
                histories
                    .of(tx, promises.keySet())
                    .chain(
                        known -> rulings.keep(tx, courses(promises, asked, known, now), List.of())))
        .chain(verdicts -> outbox.append(tx, verdicts));
  }

  private LinkedHashMap<Subject, Course> courses(
      Map<UUID, List<Promise>> promises,
      Map<UUID, ContentRequest> asked,
      Map<UUID, History> known,
      Instant now) {
    var terms = KnownTerms.of(charters);
    var courses = new LinkedHashMap<Subject, Course>();
    promises.forEach(
        (requestId, kept) -> {
          var course = new Course(kept, terms, now);
          var first = asked.get(requestId);
          if (first != null) {
            course.asked(about(first));
          }
          course.done(known.getOrDefault(requestId, History.NONE));
          courses.put(Subject.ofRequest(requestId), course);
        });
    return courses;
  }

  private static String about(ContentRequest asked) {
    var about =
        Arrays.asList(asked.objection(), asked.painPoint()).stream()
            .filter(Objects::nonNull)
            .toList();
    return "sales asked for material%s (request %s)"
        .formatted(
            about.isEmpty() ? "" : " about " + String.join(" and ", about), asked.requestId());
  }

  private static List<Done> done(List<ContentRequest> steps) {
    return steps.stream()
        .filter(step -> kind(step.step()) != null)
        .map(
            step ->
                new Done(
                    Subject.ofRequest(step.requestId()),
                    step.requestId(),
                    Deed.of(Objects.requireNonNull(kind(step.step())), step.occurredAt())))
        .toList();
  }

  private static Deed.@Nullable Kind kind(RequestStep step) {
    return switch (step) {
      case ACCEPTED -> Deed.Kind.ACCEPTED;
      case DELIVERED -> Deed.Kind.DELIVERED;
      case DECLINED -> Deed.Kind.DECLINED;
      case REQUESTED, CONFIRMED -> null;
    };
  }
}
