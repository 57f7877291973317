package baton.handoff.clock.postgres;

import static baton.handoff.clock.postgres.PromiseRow.stream;
import static java.util.stream.Collectors.toSet;

import baton.charter.clause.Verdict;
import baton.chassis.charter.Charters;
import baton.chassis.outbox.Outbox;
import baton.handoff.clock.Consequences;
import baton.handoff.clock.Course;
import baton.handoff.clock.DueClocks;
import baton.handoff.clock.History;
import baton.handoff.clock.Judged;
import baton.handoff.clock.Look;
import baton.handoff.clock.Promise;
import baton.handoff.clock.Subject;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.infrastructure.Infrastructure;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.Set;
import java.util.UUID;

/**
 * Whoever changes a promise about a handoff holds the handoff's row. The judge finds due clocks,
 * holds their handoffs and waits for none: what somebody else holds is left for the next look, so
 * that no two can wait for each other. What somebody changed before he let go of it is noticed when
 * the verdict is written, and the verdict dropped.
 */
@ApplicationScoped
class PostgresDueClocks implements DueClocks {
  /**
   * However many are due beside however many open, there is one way to them: the planner knows
   * neither, and would read a whole table where it takes that for little.
   */
  private static final String BY_INDEX =
      """
      SET LOCAL enable_seqscan = off;
      SET LOCAL enable_bitmapscan = off;
      SET LOCAL enable_hashjoin = off;
      SET LOCAL enable_mergejoin = off;
      SET LOCAL jit = off
      """;

  private static final String AS_EVER =
      """
      SET LOCAL enable_seqscan TO DEFAULT;
      SET LOCAL enable_bitmapscan TO DEFAULT;
      SET LOCAL enable_hashjoin TO DEFAULT;
      SET LOCAL enable_mergejoin TO DEFAULT
      """;

  /**
   * One value to compare with, so that the index ends the scan where nothing more is due. Whoever
   * knows the charter judges by it.
   */
  private static final String DUE =
      """
      c.state = 'running' AND c.due_at <= (SELECT clock_timestamp())
        AND c.stuck IS NULL AND c.charter_version = ANY($2)
        AND ($4 = 1 OR (uuid_hash(c.subject_id) & 2147483647) %% $4 = $3)
      ORDER BY c.due_at LIMIT $1 FOR UPDATE OF %s SKIP LOCKED
      """;

  private static final String HANDOFFS =
      "SELECT "
          + PromiseRow.COLUMNS
          + """
          , h.lead_id, h.pass_id, h.seller_id, h.team, clock_timestamp() AS now
          FROM clock c JOIN handoff h ON h.handoff_id = c.subject_id WHERE\s"""
          + DUE.formatted("h");

  private static final String REQUESTS =
      "SELECT "
          + PromiseRow.COLUMNS
          + """
          , clock_timestamp() AS now
          FROM clock c JOIN content_request r ON r.request_id = c.subject_id WHERE\s"""
          + DUE.formatted("r");

  private static final String NEXT =
      """
      SELECT ceil(extract(epoch FROM least(
        (SELECT min(due_at) FROM clock
          WHERE state = 'running' AND stuck IS NULL AND charter_version = ANY($1)),
        (SELECT min(warn_at) FROM clock WHERE state = 'running' AND warn_at IS NOT NULL),
        (SELECT min(at) FROM escalation WHERE taken_at IS NULL))
        - clock_timestamp()) * 1000)::bigint AS millis
      """;

  private record Due(Promise promise, Subject subject) {}

  private final Charters charters;
  private final PostgresPromises promises;
  private final PostgresHistories histories;
  private final PostgresRulings rulings;
  private final Consequences consequences;
  private final Outbox outbox;

  PostgresDueClocks(
      Charters charters,
      PostgresPromises promises,
      PostgresHistories histories,
      PostgresRulings rulings,
      Consequences consequences,
      Outbox outbox) {
    this.charters = charters;
    this.promises = promises;
    this.histories = histories;
    this.rulings = rulings;
    this.consequences = consequences;
    this.outbox = outbox;
  }

  @Override
  public Uni<Look> judge(SqlConnection tx, Lane lane, int atMost) {
    var known = charters.known().keySet().toArray(Integer[]::new);
    return tx.query(BY_INDEX)
        .execute()
        .chain(() -> judge(tx, REQUESTS, lane, atMost, known))
        .call(
            requests ->
                requests.taken() > 0 ? tx.query(BY_INDEX).execute() : Uni.createFrom().nullItem())
        .chain(requests -> judge(tx, HANDOFFS, lane, atMost, known).map(requests::and))
        .chain(look -> look.taken() > 0 ? Uni.createFrom().item(look) : next(tx, known));
  }

  private Uni<Look> judge(SqlConnection tx, String due, Lane lane, int atMost, Integer[] known) {
    return tx.preparedQuery(due)
        .execute(Tuple.of(atMost, known, lane.number(), lane.of()))
        .chain(
            rows ->
                rows.size() == 0
                    ? Uni.createFrom().item(Look.nothing())
                    : judge(tx, rows)
                        .replaceWith(() -> Look.took(rows.size(), rows.size(), atMost)));
  }

  private Uni<Void> judge(SqlConnection tx, RowSet<Row> rows) {
    var due = stream(rows).map(PostgresDueClocks::due).toList();
    var now = PostgresTime.now(rows.iterator().next());
    return histories
        .of(tx, due.stream().map(each -> each.subject().subjectId()).distinct().toList())
        .emitOn(Infrastructure.getDefaultWorkerPool())
        .map(known -> courses(due, known, now))
        .chain(
            courses ->
                settled(tx, courses)
                    .chain(overtaken -> rulings.keep(tx, courses, overtaken))
                    .chain(
                        kept ->
                            outbox
                                .append(tx, kept.events())
                                .chain(
                                    () ->
                                        consequences.deemAccepted(
                                            tx, silent(kept.verdicts()), now))))
        .replaceWithVoid();
  }

  /** Answers the promises that somebody had changed meanwhile. */
  private Uni<Set<Promise>> settled(SqlConnection tx, SequencedMap<Subject, Course> courses) {
    var judged = courses.values().stream().flatMap(course -> course.changed().stream()).toList();
    return promises
        .settle(tx, judged)
        .call(() -> tx.query(AS_EVER).execute())
        .map(missed -> missed.stream().mapToObj(judged::get).collect(toSet()));
  }

  private SequencedMap<Subject, Course> courses(
      List<Due> due, Map<UUID, History> known, Instant now) {
    var terms = KnownTerms.of(charters);
    var promised = new LinkedHashMap<Subject, List<Promise>>();
    for (var each : due) {
      promised.computeIfAbsent(each.subject(), _ -> new ArrayList<>(1)).add(each.promise());
    }
    var courses = new LinkedHashMap<Subject, Course>();
    promised.forEach(
        (subject, promises) -> {
          var course = new Course(promises, terms, now);
          var history = known.getOrDefault(subject.subjectId(), History.NONE);
          promises.forEach(promise -> course.due(promise.clauseId(), history));
          courses.put(subject, course);
        });
    return courses;
  }

  private static Due due(Row row) {
    var promise = PromiseRow.read(row);
    return new Due(
        promise,
        row.getColumnIndex("lead_id") < 0
            ? Subject.ofRequest(promise.subjectId())
            : Held.handoff(promise.subjectId(), row));
  }

  private static List<UUID> silent(List<Judged> verdicts) {
    return verdicts.stream()
        .filter(judged -> judged.verdict() instanceof Verdict.Broken broken && broken.accepts())
        .map(judged -> judged.promise().subjectId())
        .distinct()
        .toList();
  }

  private static Uni<Look> next(SqlConnection tx, Integer[] known) {
    return tx.preparedQuery(NEXT)
        .execute(Tuple.of(known))
        .map(
            rows -> {
              var millis = rows.iterator().next().getLong("millis");
              return millis == null ? Look.nothing() : Look.nothingFor(millis);
            });
  }
}
