package baton.handoff.clock.postgres;

import static baton.chassis.database.Columns.column;
import static baton.handoff.clock.postgres.PromiseRow.stream;
import static baton.handoff.clock.postgres.PromiseRow.times;
import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.toMap;
import static java.util.stream.Collectors.toSet;

import baton.charter.Clause;
import baton.charter.Routing;
import baton.charter.clause.Verdict;
import baton.charter.expression.Facts;
import baton.charter.time.ZoneData;
import baton.chassis.charter.Charters;
import baton.chassis.outbox.Outbox;
import baton.contracts.BreachStep;
import baton.contracts.Event;
import baton.contracts.LeadHandoff;
import baton.contracts.LeadQualified;
import baton.contracts.SlaBreach;
import baton.contracts.SlaMet;
import baton.handoff.breach.Breach;
import baton.handoff.breach.Breaches;
import baton.handoff.clock.ClockSet;
import baton.handoff.clock.Clocks;
import baton.handoff.clock.Consequences;
import baton.handoff.clock.Course;
import baton.handoff.clock.History;
import baton.handoff.clock.Judged;
import baton.handoff.clock.Periods;
import baton.handoff.clock.Promise;
import baton.handoff.clock.State;
import baton.handoff.clock.Subject;
import baton.handoff.clock.Terms;
import baton.handoff.clock.Verdicts;
import baton.handoff.notification.Notice;
import baton.handoff.notification.Notifications;
import com.fasterxml.jackson.databind.JsonNode;
import com.github.f4b6a3.uuid.UuidCreator;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.Set;
import java.util.UUID;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Whoever changes a promise about a handoff holds the handoff's row. The judge takes due clocks
 * first and then their handoffs, and waits for neither: what somebody else holds is left for the
 * next look, so that no two can wait for each other.
 */
@ApplicationScoped
class PostgresClocks implements Clocks {
  private static final Logger LOG = Logger.getLogger(PostgresClocks.class);

  private static final String NOW = "SELECT clock_timestamp() AS now";

  private static final String OF =
      "SELECT " + PromiseRow.COLUMNS + " FROM clock c WHERE c.subject_id = ANY($1)";

  /**
   * One value to compare with, so that the index ends the scan where nothing more is due. Whoever
   * knows the charter judges by it.
   */
  private static final String DUE =
      "SELECT "
          + PromiseRow.COLUMNS
          + """
          , clock_timestamp() AS now FROM clock c
          WHERE c.state = 'running' AND c.due_at <= (SELECT clock_timestamp())
            AND c.stuck IS NULL AND c.charter_version = ANY($2)
          ORDER BY c.due_at LIMIT $1 FOR UPDATE SKIP LOCKED
          """;

  private static final String WARNINGS =
      "SELECT "
          + PromiseRow.COLUMNS
          + """
          , clock_timestamp() AS now FROM clock c
          WHERE c.state = 'running' AND c.warn_at IS NOT NULL
            AND c.warn_at <= (SELECT clock_timestamp())
          ORDER BY c.warn_at LIMIT $1 FOR UPDATE SKIP LOCKED
          """;

  private static final String NEXT =
      """
      SELECT ceil(extract(epoch FROM least(
        (SELECT min(due_at) FROM clock
          WHERE state = 'running' AND stuck IS NULL AND charter_version = ANY($1)),
        (SELECT min(warn_at) FROM clock WHERE state = 'running' AND warn_at IS NOT NULL),
        (SELECT min(at) FROM escalation WHERE taken_at IS NULL))
        - clock_timestamp()) * 1000)::bigint AS millis
      """;

  private static final String RULES = "SELECT tzdb_version FROM clock_rules";

  private static final String KEEP_RULES = "UPDATE clock_rules SET tzdb_version = $1";

  private static final String OPEN =
      "SELECT "
          + PromiseRow.COLUMNS
          + """
           FROM clock c
          WHERE c.state = 'running' AND (c.subject_id, c.clause_id) > ($1, $2)
          ORDER BY c.subject_id, c.clause_id LIMIT $3
          """;

  /** Who judged one meanwhile has the last word. */
  private static final String MOVE =
      """
      UPDATE clock c SET due_at = n.due_at, warn_at = CASE WHEN c.warn_at IS NULL THEN NULL ELSE n.warn_at END
      FROM unnest($1::uuid[], $2::text[], $3::timestamptz[], $4::timestamptz[], $5::timestamptz[])
        AS n(subject_id, clause_id, started_at, due_at, warn_at)
      WHERE c.subject_id = n.subject_id AND c.clause_id = n.clause_id
        AND c.started_at = n.started_at AND c.state = 'running'
      """;

  private static final String HOLD =
      """
      SELECT handoff_id, lead_id, pass_id, seller_id, team FROM handoff
      WHERE handoff_id = ANY($1) ORDER BY handoff_id FOR UPDATE SKIP LOCKED
      """;

  private static final String STUCK =
      """
      UPDATE clock c SET stuck = n.why
      FROM unnest($1::uuid[], $2::text[], $3::text[]) AS n(subject_id, clause_id, why)
      WHERE c.subject_id = n.subject_id AND c.clause_id = n.clause_id
      """;

  private static final String COUNT_STUCK =
      "SELECT count(*) FROM clock WHERE stuck IS NOT NULL AND state = 'running'";

  private static final String RETRY = "UPDATE clock SET stuck = NULL WHERE stuck IS NOT NULL";

  private static final String HOLD_REQUESTS =
      """
      SELECT request_id FROM content_request
      WHERE request_id = ANY($1) ORDER BY request_id FOR UPDATE SKIP LOCKED
      """;

  private static final String HOURS =
      """
      SELECT seller_id, shifts FROM seller WHERE seller_id = ANY($1) AND shifts IS NOT NULL
      """;

  /** Handoffs of a day by their ids, which begin with the millisecond they were opened in. */
  private static final String MQLS =
      """
      SELECT n.zone, (SELECT count(*) FROM handoff h
        WHERE h.handoff_id >= n.first AND h.handoff_id < n.beyond)::int AS mqls
      FROM unnest($1::text[], $2::uuid[], $3::uuid[]) AS n(zone, first, beyond)
      """;

  private record Stuck(UUID subjectId, String clauseId, String why) {}

  static final long NEVER = Long.MAX_VALUE;
  private static final long HELD_BY_OTHERS = 20;

  private final Charters charters;
  private final PostgresHistories histories;
  private final Periods periods;
  private final Breaches breaches;
  private final PostgresEscalations escalations;
  private final Consequences consequences;
  private final Verdicts verdicts;
  private final Notifications notifications;
  private final Outbox outbox;
  private final jakarta.enterprise.event.Event<ClockSet> set;

  PostgresClocks(
      Charters charters,
      PostgresHistories histories,
      Periods periods,
      Breaches breaches,
      PostgresEscalations escalations,
      Consequences consequences,
      Verdicts verdicts,
      Notifications notifications,
      Outbox outbox,
      jakarta.enterprise.event.Event<ClockSet> set) {
    this.charters = charters;
    this.histories = histories;
    this.periods = periods;
    this.breaches = breaches;
    this.escalations = escalations;
    this.consequences = consequences;
    this.verdicts = verdicts;
    this.notifications = notifications;
    this.outbox = outbox;
    this.set = set;
  }

  @Override
  public Uni<Followed> follow(
      SqlConnection tx, List<LeadHandoff> steps, Map<UUID, LeadQualified> opened) {
    var byHandoff =
        steps.stream().collect(groupingBy(LeadHandoff::handoffId, LinkedHashMap::new, toList()));
    var known =
        byHandoff.keySet().stream().filter(id -> !opened.containsKey(id)).toArray(UUID[]::new);
    return counted(tx, opened)
        .chain(() -> promises(tx, known))
        .chain(
            promises -> {
              opened.forEach(
                  (handoff, mql) -> {
                    var promised =
                        promised(handoff, mql, Objects.requireNonNull(byHandoff.get(handoff)));
                    if (!promised.isEmpty()) {
                      promises.put(handoff, promised);
                    }
                  });
              return promises.isEmpty()
                  ? Uni.createFrom().item(new Followed(steps, List.of()))
                  : follow(tx, steps, byHandoff, promises, opened.keySet());
            });
  }

  @Override
  public Uni<List<Event>> done(SqlConnection tx, List<Done> done) {
    if (done.isEmpty()) {
      return Uni.createFrom().item(List.of());
    }
    var subjects =
        done.stream()
            .map(Done::subject)
            .distinct()
            .collect(toMap(Subject::subjectId, each -> each, (one, _) -> one));
    return histories
        .done(tx, done)
        .chain(() -> promises(tx, subjects.keySet().toArray(UUID[]::new)))
        .chain(
            promises ->
                promises.isEmpty()
                    ? Uni.createFrom().item(List.of())
                    : now(tx)
                        .chain(
                            now ->
                                histories
                                    .of(tx, promises.keySet())
                                    .chain(known -> done(tx, subjects, promises, known, now))));
  }

  private Uni<List<Event>> done(
      SqlConnection tx,
      Map<UUID, Subject> subjects,
      Map<UUID, List<Promise>> promises,
      Map<UUID, History> known,
      Instant now) {
    var terms = new KnownTerms(charters, Map.of(), Map.of());
    var courses = new LinkedHashMap<Subject, Course>();
    promises.forEach(
        (subject, kept) -> {
          var course = new Course(kept, terms, now);
          course.done(known.getOrDefault(subject, History.NONE));
          courses.put(Objects.requireNonNull(subjects.get(subject)), course);
        });
    return write(tx, courses, List.of());
  }

  @Override
  public Uni<Look> judge(SqlConnection tx, int atMost) {
    var known = known();
    return tx.preparedQuery(DUE)
        .execute(Tuple.of(atMost, known))
        .chain(
            rows -> {
              var due = stream(rows).map(PromiseRow::read).toList();
              return due.isEmpty()
                  ? next(tx, known)
                  : judge(tx, due, now(rows.iterator().next()))
                      .map(count -> look(count, due.size(), atMost));
            });
  }

  @Override
  public Uni<Look> warn(SqlConnection tx, int atMost) {
    return tx.preparedQuery(WARNINGS)
        .execute(Tuple.of(atMost))
        .chain(
            rows -> {
              var due = stream(rows).map(PromiseRow::read).toList();
              return due.isEmpty()
                  ? Uni.createFrom().item(new Look(0, false, NEVER))
                  : hold(tx, due)
                      .chain(subjects -> warn(tx, due, subjects, now(rows.iterator().next())))
                      .map(count -> look(count, due.size(), atMost));
            });
  }

  @Override
  public Uni<Look> escalate(SqlConnection tx, int atMost) {
    return escalations.take(tx, atMost);
  }

  @Override
  public Uni<Optional<Promise>> recompute(SqlConnection tx, @Nullable Promise after, int atMost) {
    var rules = ZoneData.tzdbVersion();
    return tx.query(RULES)
        .execute()
        .chain(
            rows ->
                rules.equals(rows.iterator().next().getString(0))
                    ? Uni.createFrom().item(Optional.<Promise>empty())
                    : recompute(tx, after, atMost, rules));
  }

  private Uni<Optional<Promise>> recompute(
      SqlConnection tx, @Nullable Promise after, int atMost, String rules) {
    return tx.preparedQuery(OPEN)
        .execute(
            Tuple.of(
                after == null ? new UUID(0, 0) : after.subjectId(),
                after == null ? "" : after.clauseId(),
                atMost))
        .map(rows -> stream(rows).map(PromiseRow::read).toList())
        .chain(
            open ->
                move(
                        tx,
                        open.stream()
                            .map(this::recomputedIfPossible)
                            .filter(Objects::nonNull)
                            .toList())
                    .chain(
                        () ->
                            open.size() == atMost
                                ? Uni.createFrom().voidItem()
                                : tx.preparedQuery(KEEP_RULES)
                                    .execute(Tuple.of(rules))
                                    .replaceWithVoid())
                    .replaceWith(
                        () ->
                            open.size() == atMost
                                ? Optional.of(open.getLast())
                                : Optional.<Promise>empty()));
  }

  private @Nullable Promise recomputed(Promise promise) {
    var terms = new KnownTerms(charters, Map.of(), Map.of());
    var clause = terms.clause(promise);
    if (clause == null) {
      return null;
    }
    var clock = promise.clock(clause, terms.calendar(promise, clause), List.of());
    var due = clock.due();
    return Objects.equals(due, promise.dueAt()) ? null : promise.due(due, clock.warning());
  }

  /** Null where the deadline stays, or can't be computed: whoever judges it says so then. */
  private @Nullable Promise recomputedIfPossible(Promise promise) {
    try {
      return recomputed(promise);
    } catch (RuntimeException unjudgeable) {
      LOG.errorf(unjudgeable, "%s of %s has no deadline", promise.clauseId(), promise.subjectId());
      return null;
    }
  }

  private static Uni<Void> move(SqlConnection tx, List<Promise> moved) {
    return moved.isEmpty()
        ? Uni.createFrom().voidItem()
        : tx.preparedQuery(MOVE)
            .execute(
                Tuple.of(
                    column(moved, Promise::subjectId, UUID[]::new),
                    column(moved, Promise::clauseId, String[]::new),
                    times(moved, Promise::startedAt),
                    times(moved, Promise::dueAt),
                    times(moved, Promise::warnAt)))
            .replaceWithVoid();
  }

  @Override
  public Uni<Long> stuck(SqlConnection tx) {
    return tx.query(COUNT_STUCK).execute().map(rows -> rows.iterator().next().getLong(0));
  }

  @Override
  public Uni<Void> retry(SqlConnection tx) {
    return tx.query(RETRY).execute().replaceWithVoid();
  }

  @Override
  public Uni<Map<UUID, List<Promise>>> of(SqlConnection tx, List<UUID> handoffs) {
    return promises(tx, handoffs.toArray(UUID[]::new));
  }

  // ---- following

  private Uni<Void> counted(SqlConnection tx, Map<UUID, LeadQualified> opened) {
    return opened.values().stream().allMatch(mql -> mql.charterVersion() == 0)
        ? Uni.createFrom().voidItem()
        : now(tx).chain(now -> periods.count(tx, opened.values(), now));
  }

  private List<Promise> promised(UUID handoff, LeadQualified mql, List<LeadHandoff> steps) {
    return mql.charterVersion() == 0
            || steps.getFirst().step() != baton.contracts.HandoffStep.OFFERED
        ? List.of()
        : Course.promised(
            handoff,
            mql.charterVersion(),
            new KnownTerms(charters, Map.of(), Map.of()),
            Facts.of(mql));
  }

  private Uni<Followed> follow(
      SqlConnection tx,
      List<LeadHandoff> steps,
      Map<UUID, List<LeadHandoff>> byHandoff,
      Map<UUID, List<Promise>> promises,
      Set<UUID> opened) {
    return now(tx)
        .chain(
            now ->
                histories
                    .of(tx, promises.keySet())
                    .chain(
                        known ->
                            terms(tx, steps, promises.values(), now)
                                .chain(
                                    terms ->
                                        follow(
                                            tx, steps, byHandoff, promises, known, opened, terms,
                                            now))));
  }

  private Uni<Followed> follow(
      SqlConnection tx,
      List<LeadHandoff> steps,
      Map<UUID, List<LeadHandoff>> byHandoff,
      Map<UUID, List<Promise>> promises,
      Map<UUID, History> known,
      Set<UUID> opened,
      Terms terms,
      Instant now) {
    var fresh = new ArrayList<Promise>();
    var told = new HashMap<LeadHandoff, LeadHandoff>();
    var courses = new LinkedHashMap<Subject, Course>();
    promises.forEach(
        (handoff, kept) -> {
          var taken = Objects.requireNonNull(byHandoff.get(handoff));
          var course = new Course(kept, terms, now);
          var after = course.taken(taken, known.getOrDefault(handoff, History.NONE));
          for (var i = 0; i < after.size(); i++) {
            told.put(taken.get(i), after.get(i));
          }
          courses.put(subject(taken.getLast()), course);
          if (opened.contains(handoff)) {
            fresh.addAll(course.untouched());
          }
        });
    return write(tx, courses, fresh)
        .map(
            verdicts ->
                new Followed(
                    steps.stream().map(step -> told.getOrDefault(step, step)).toList(), verdicts));
  }

  private static Subject subject(LeadHandoff step) {
    return new Subject(
        step.handoffId(),
        step.handoffId(),
        step.leadId(),
        step.passId(),
        step.sellerId(),
        step.team());
  }

  /** What has to be read of sellers and days before steps can be followed. */
  private Uni<Terms> terms(
      SqlConnection tx, List<LeadHandoff> steps, Collection<List<Promise>> promises, Instant now) {
    var clauses = new HashSet<Clause.Timed>();
    var zones = new HashSet<ZoneId>();
    promises.stream()
        .flatMap(List::stream)
        .map(promise -> List.of(promise.charterVersion(), promise.clauseId()))
        .distinct()
        .forEach(
            key -> {
              var charter = charters.agreement((Integer) key.getFirst());
              if (charter.clause((String) key.getLast()) instanceof Clause.Timed timed) {
                clauses.add(timed);
                if (timed.limit().relax() != null) {
                  zones.add(charter.calendar(timed.limit().calendar()).zone());
                }
              }
            });
    var own =
        clauses.stream().anyMatch(each -> each.limit().calendar().equals(Clause.Limit.ASSIGNEE));
    var sellers =
        own
            ? steps.stream().map(LeadHandoff::sellerId).filter(Objects::nonNull).distinct().toList()
            : List.<String>of();
    return hours(tx, sellers)
        .chain(
            hours -> {
              if (!zones.isEmpty()) {
                hours.values().stream()
                    .map(KnownTerms::zone)
                    .filter(Objects::nonNull)
                    .forEach(zones::add);
              }
              return mqls(tx, zones, now).map(mqls -> new KnownTerms(charters, hours, mqls));
            });
  }

  private static Uni<Map<String, JsonNode>> hours(SqlConnection tx, List<String> sellers) {
    if (sellers.isEmpty()) {
      return Uni.createFrom().item(Map.of());
    }
    return tx.preparedQuery(HOURS)
        .execute(Tuple.of(sellers.toArray(String[]::new)))
        .map(
            rows ->
                stream(rows)
                    .collect(
                        toMap(
                            row -> row.getString("seller_id"),
                            row ->
                                Objects.requireNonNull(PromiseRow.json(row.getString("shifts"))))));
  }

  private static Uni<Map<ZoneId, Integer>> mqls(SqlConnection tx, Set<ZoneId> zones, Instant now) {
    if (zones.isEmpty()) {
      return Uni.createFrom().item(Map.of());
    }
    var all = List.copyOf(zones);
    var today = all.stream().map(zone -> now.atZone(zone).toLocalDate()).toList();
    var first = new UUID[all.size()];
    var beyond = new UUID[all.size()];
    for (var i = 0; i < all.size(); i++) {
      first[i] = firstOf(today.get(i).atStartOfDay(all.get(i)).toInstant());
      beyond[i] = firstOf(today.get(i).plusDays(1).atStartOfDay(all.get(i)).toInstant());
    }
    return tx.preparedQuery(MQLS)
        .execute(Tuple.of(all.stream().map(ZoneId::getId).toArray(String[]::new), first, beyond))
        .map(
            rows ->
                stream(rows)
                    .collect(
                        toMap(
                            row -> ZoneId.of(row.getString("zone")),
                            row -> row.getInteger("mqls"))));
  }

  /** No id of that millisecond or later is below it. */
  private static UUID firstOf(Instant instant) {
    return new UUID(instant.toEpochMilli() << 16, 0);
  }

  // ---- judging

  private Uni<Integer> judge(SqlConnection tx, List<Promise> due, Instant now) {
    return hold(tx, due)
        .chain(
            held ->
                histories.of(tx, held.keySet()).chain(known -> judge(tx, due, held, known, now)));
  }

  private Uni<Integer> judge(
      SqlConnection tx,
      List<Promise> due,
      Map<UUID, Subject> held,
      Map<UUID, History> known,
      Instant now) {
    var terms = new KnownTerms(charters, Map.of(), Map.of());
    var ours =
        due.stream()
            .filter(promise -> held.containsKey(promise.subjectId()))
            .collect(groupingBy(Promise::subjectId, LinkedHashMap::new, toList()));
    var courses = new LinkedHashMap<Subject, Course>();
    ours.forEach(
        (subject, promises) -> {
          var course = new Course(promises, terms, now);
          var history = known.getOrDefault(subject, History.NONE);
          promises.forEach(promise -> course.due(promise.clauseId(), history));
          courses.put(Objects.requireNonNull(held.get(subject)), course);
        });
    return write(tx, courses, List.of())
        .chain(verdicts -> outbox.append(tx, verdicts))
        .chain(() -> consequences.deemAccepted(tx, silent(courses), now))
        .replaceWith(
            courses.values().stream()
                .mapToInt(each -> each.changed().size() + each.stuck().size())
                .sum());
  }

  private static Uni<Void> stuck(SqlConnection tx, SequencedMap<Subject, Course> courses) {
    var stuck = new ArrayList<Stuck>();
    courses.forEach(
        (subject, course) ->
            course
                .stuck()
                .forEach(
                    (clause, why) -> {
                      LOG.errorf(why, "%s of %s can't be judged", clause, subject.subjectId());
                      stuck.add(new Stuck(subject.subjectId(), clause, why.toString()));
                    }));
    return stuck.isEmpty()
        ? Uni.createFrom().voidItem()
        : tx.preparedQuery(STUCK)
            .execute(
                Tuple.of(
                    column(stuck, Stuck::subjectId, UUID[]::new),
                    column(stuck, Stuck::clauseId, String[]::new),
                    column(stuck, Stuck::why, String[]::new)))
            .replaceWithVoid();
  }

  private static List<UUID> silent(SequencedMap<Subject, Course> courses) {
    return courses.entrySet().stream()
        .filter(
            each ->
                each.getValue().verdicts().stream()
                    .anyMatch(
                        judged ->
                            judged.verdict() instanceof Verdict.Broken broken && broken.accepts()))
        .map(each -> each.getKey().subjectId())
        .toList();
  }

  /** Those whose handoff or request nobody else holds; it is ours until the transaction ends. */
  private static Uni<Map<UUID, Subject>> hold(SqlConnection tx, List<Promise> promises) {
    return hold(tx, promises.stream().map(Promise::subjectId));
  }

  static Uni<Map<UUID, Subject>> hold(SqlConnection tx, Stream<UUID> subjects) {
    var wanted = subjects.collect(toSet());
    return holdHandoffs(tx, wanted)
        .chain(
            held -> {
              wanted.removeAll(held.keySet());
              return wanted.isEmpty()
                  ? Uni.createFrom().item(held)
                  : holdRequests(tx, wanted)
                      .map(
                          requests -> {
                            requests.forEach(id -> held.put(id, Subject.ofRequest(id)));
                            return held;
                          });
            });
  }

  private static Uni<List<UUID>> holdRequests(SqlConnection tx, Set<UUID> requests) {
    return tx.preparedQuery(HOLD_REQUESTS)
        .execute(Tuple.of(requests.toArray(UUID[]::new)))
        .map(rows -> stream(rows).map(row -> row.getUUID("request_id")).toList());
  }

  private static Uni<Map<UUID, Subject>> holdHandoffs(SqlConnection tx, Set<UUID> handoffs) {
    return tx.preparedQuery(HOLD)
        .execute(Tuple.of(handoffs.toArray(UUID[]::new)))
        .map(
            rows ->
                stream(rows)
                    .map(
                        row ->
                            new Subject(
                                row.getUUID("handoff_id"),
                                row.getUUID("handoff_id"),
                                row.getUUID("lead_id"),
                                row.getUUID("pass_id"),
                                row.getString("seller_id"),
                                row.getString("team")))
                    .collect(toMap(Subject::subjectId, each -> each)));
  }

  private Uni<Integer> warn(
      SqlConnection tx, List<Promise> due, Map<UUID, Subject> held, Instant now) {
    var warned = new ArrayList<Promise>();
    var notices = new ArrayList<Notice>();
    var terms = new KnownTerms(charters, Map.of(), Map.of());
    for (var promise : due) {
      var subject = held.get(promise.subjectId());
      if (subject != null) {
        warned.add(promise.warned());
        warning(promise, subject, terms, now).forEach(notices::add);
      }
    }
    return write(tx, warned)
        .chain(() -> notifications.enqueue(tx, notices))
        .replaceWith(warned.size());
  }

  private Stream<Notice> warning(Promise promise, Subject subject, Terms terms, Instant now) {
    var clause = terms.clause(promise);
    var started = promise.startedAt();
    var due = promise.dueAt();
    var share = clause == null ? null : clause.limit().warnAt();
    if (clause == null || started == null || due == null || share == null || observed(promise)) {
      return Stream.empty();
    }
    return Stream.of(
        Notice.of(
            new Notice.Warning(
                now,
                promise.charterVersion(),
                promise.clauseId(),
                clause.owedBy(),
                subject.handoffId(),
                subject.leadId(),
                subject.passId(),
                subject.sellerId(),
                subject.team(),
                started,
                due,
                share.doubleValue())));
  }

  /** Where the CRM assigns, nobody is notified. */
  private boolean observed(Promise promise) {
    return charters.agreement(promise.charterVersion()).terms().routing().mode()
        == Routing.Mode.OBSERVE;
  }

  static Look look(int count, int found, int atMost) {
    return new Look(count, count > 0 && found == atMost, count > 0 ? 0 : HELD_BY_OTHERS);
  }

  private Integer[] known() {
    return charters.known().keySet().toArray(Integer[]::new);
  }

  private static Uni<Look> next(SqlConnection tx, Integer[] known) {
    return tx.preparedQuery(NEXT)
        .execute(Tuple.of(known))
        .map(
            rows -> {
              var millis = rows.iterator().next().getLong("millis");
              return new Look(0, false, millis == null ? NEVER : Math.max(1, millis));
            });
  }

  // ---- writing

  /** Keeps what changed and what is new; answers the events of the verdicts. */
  Uni<List<Event>> write(
      SqlConnection tx, SequencedMap<Subject, Course> courses, List<Promise> fresh) {
    var changed = new ArrayList<Promise>(fresh);
    var met = new ArrayList<SlaMet>();
    var broken = new ArrayList<Breach>();
    var rungs = new ArrayList<PostgresEscalations.Rung>();
    var excused = new ArrayList<Breaches.Run>();
    courses.forEach(
        (subject, course) -> {
          changed.addAll(course.changed());
          for (var judged : course.verdicts()) {
            if (judged.excuses()) {
              excused.add(run(judged));
            } else if (judged.verdict() instanceof Verdict.Met kept) {
              met.add(met(subject, judged, kept));
            } else if (judged.verdict() instanceof Verdict.Broken) {
              var breach = broken(subject, judged);
              broken.add(breach);
              if (!observed(judged.promise())) {
                rungs(breach, judged).forEach(rungs::add);
              }
            }
          }
        });
    var at = courses.isEmpty() ? Instant.EPOCH : courses.firstEntry().getValue().at();
    return write(tx, changed)
        .chain(() -> stuck(tx, courses))
        .chain(() -> notifications.enqueue(tx, met.stream().map(Notice::of).toList()))
        .chain(() -> breaches.keep(tx, broken))
        .call(told -> escalations.keep(tx, of(told, rungs)))
        .call(told -> verdicts.count(tx, met, told))
        .chain(
            told ->
                breaches
                    .excuseLate(tx, excused, at)
                    .map(
                        late ->
                            Stream.<List<? extends Event>>of(met, told, late)
                                .<Event>flatMap(List::stream)
                                .toList()));
  }

  private Uni<Void> write(SqlConnection tx, List<Promise> changed) {
    if (changed.isEmpty()) {
      return Uni.createFrom().voidItem();
    }
    changed.stream()
        .filter(promise -> promise.state() == State.RUNNING)
        .flatMap(promise -> Stream.of(promise.dueAt(), promise.warnAt()))
        .filter(Objects::nonNull)
        .min(Instant::compareTo)
        .ifPresent(due -> set.fire(new ClockSet(due)));
    return tx.preparedQuery(PromiseRow.WRITE).execute(PromiseRow.rows(changed)).replaceWithVoid();
  }

  private static SlaMet met(Subject subject, Judged judged, Verdict.Met kept) {
    var clock = judged.clock();
    return new SlaMet(
        subject.leadId(),
        kept.at().isBefore(clock.startedAt()) ? clock.startedAt() : kept.at(),
        judged.promise().charterVersion(),
        UuidCreator.getTimeOrderedEpochPlus1(),
        clock.clause().id(),
        clock.clause().owedBy(),
        subject.sellerId(),
        subject.team(),
        subject.handoffId(),
        subject.passId(),
        clock.startedAt(),
        judged.dueAt(),
        judged.judgedAt(),
        ZoneData.tzdbVersion());
  }

  private static Breach broken(Subject subject, Judged judged) {
    var clock = judged.clock();
    return new Breach(
        UuidCreator.getTimeOrderedEpochPlus1(),
        1,
        BreachStep.BREACHED,
        clock.clause().id(),
        clock.clause().owedBy(),
        subject.subjectId(),
        subject.handoffId(),
        subject.leadId(),
        subject.passId(),
        subject.sellerId(),
        subject.team(),
        judged.promise().charterVersion(),
        clock.startedAt(),
        judged.dueAt(),
        judged.judgedAt(),
        ZoneData.tzdbVersion(),
        null,
        judged.evidence());
  }

  private static Stream<PostgresEscalations.Rung> rungs(Breach breach, Judged judged) {
    var ladder = judged.ladder();
    return IntStream.range(0, ladder.size())
        .mapToObj(n -> new PostgresEscalations.Rung(breach.breachId(), n, ladder.get(n)));
  }

  /** Those of breaches that were kept: a run that was judged before climbs no second ladder. */
  private static List<PostgresEscalations.Rung> of(
      List<SlaBreach> kept, List<PostgresEscalations.Rung> rungs) {
    var ids = kept.stream().map(SlaBreach::breachId).collect(toSet());
    return rungs.stream().filter(rung -> ids.contains(rung.breachId())).toList();
  }

  private static Breaches.Run run(Judged judged) {
    return new Breaches.Run(
        judged.promise().subjectId(), judged.promise().clauseId(), judged.clock().startedAt());
  }

  // ---- reading

  static Uni<Map<UUID, List<Promise>>> promises(SqlConnection tx, UUID[] handoffs) {
    if (handoffs.length == 0) {
      return Uni.createFrom().item(new LinkedHashMap<>());
    }
    return tx.preparedQuery(OF)
        .execute(Tuple.of(handoffs))
        .map(
            rows ->
                stream(rows)
                    .map(PromiseRow::read)
                    .collect(groupingBy(Promise::subjectId, LinkedHashMap::new, toList())));
  }

  /** By PostgreSQL's clock, in whole milliseconds. */
  static Uni<Instant> now(SqlConnection tx) {
    return tx.query(NOW).execute().map(rows -> now(rows.iterator().next()));
  }

  static Instant now(Row row) {
    return row.getOffsetDateTime("now").toInstant().truncatedTo(ChronoUnit.MILLIS);
  }

  private static <T> java.util.stream.Collector<T, ?, List<T>> toList() {
    return java.util.stream.Collectors.toList();
  }
}
