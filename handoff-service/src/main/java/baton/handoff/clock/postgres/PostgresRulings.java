package baton.handoff.clock.postgres;

import static java.util.stream.Collectors.toSet;

import baton.charter.Routing;
import baton.charter.clause.Verdict;
import baton.charter.time.ZoneData;
import baton.chassis.charter.Charters;
import baton.contracts.BreachStep;
import baton.contracts.Event;
import baton.contracts.SlaBreach;
import baton.contracts.SlaMet;
import baton.handoff.breach.Breach;
import baton.handoff.breach.Breaches;
import baton.handoff.clock.Course;
import baton.handoff.clock.Judged;
import baton.handoff.clock.Promise;
import baton.handoff.clock.Subject;
import baton.handoff.clock.Verdicts;
import baton.handoff.notification.Notice;
import baton.handoff.notification.Notifications;
import com.github.f4b6a3.uuid.UuidCreator;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.SequencedMap;
import java.util.Set;
import java.util.UUID;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jboss.logging.Logger;

/** Keeps what courses came to: promises, verdicts and all that follows of these. */
@ApplicationScoped
class PostgresRulings {
  private static final Logger LOG = Logger.getLogger(PostgresRulings.class);

  private static final String JUDGED = "INSERT INTO handoff_judged (handoff_ids) VALUES ($1)";

  /** The verdicts that stand, and their events. */
  record Kept(List<Judged> verdicts, List<Event> events) {}

  private record Ruling(Subject subject, Judged judged) {}

  private final Charters charters;
  private final PostgresPromises promises;
  private final Breaches breaches;
  private final PostgresEscalations escalations;
  private final Verdicts verdicts;
  private final Notifications notifications;

  PostgresRulings(
      Charters charters,
      PostgresPromises promises,
      Breaches breaches,
      PostgresEscalations escalations,
      Verdicts verdicts,
      Notifications notifications) {
    this.charters = charters;
    this.promises = promises;
    this.breaches = breaches;
    this.escalations = escalations;
    this.verdicts = verdicts;
    this.notifications = notifications;
  }

  /**
   * Of promises that were read under the lock of their subjects. Keeps what changed and what is
   * new; answers the events of the verdicts.
   */
  Uni<List<Event>> keep(
      SqlConnection tx, SequencedMap<Subject, Course> courses, List<Promise> fresh) {
    var changed = new ArrayList<Promise>(fresh);
    courses.values().forEach(course -> changed.addAll(course.changed()));
    return promises
        .write(tx, changed)
        .chain(() -> stuck(tx, courses))
        .chain(() -> keep(tx, rulings(courses), at(courses)));
  }

  /** Of promises that are written already, but for those which somebody had changed meanwhile. */
  Uni<Kept> keep(SqlConnection tx, SequencedMap<Subject, Course> courses, Set<Promise> overtaken) {
    var standing =
        rulings(courses).stream()
            .filter(ruling -> !overtaken.contains(ruling.judged().promise()))
            .toList();
    return stuck(tx, courses)
        .chain(() -> keep(tx, standing, at(courses)))
        .map(events -> new Kept(standing.stream().map(Ruling::judged).toList(), events));
  }

  private static List<Ruling> rulings(SequencedMap<Subject, Course> courses) {
    var rulings = new ArrayList<Ruling>();
    courses.forEach(
        (subject, course) ->
            course.verdicts().forEach(judged -> rulings.add(new Ruling(subject, judged))));
    return rulings;
  }

  private static Instant at(SequencedMap<Subject, Course> courses) {
    return courses.isEmpty() ? Instant.EPOCH : courses.firstEntry().getValue().at();
  }

  private Uni<List<Event>> keep(SqlConnection tx, List<Ruling> rulings, Instant at) {
    var met = new ArrayList<SlaMet>();
    var broken = new ArrayList<Breach>();
    var rungs = new ArrayList<PostgresEscalations.Rung>();
    var excused = new ArrayList<Breaches.Run>();
    for (var ruling : rulings) {
      var judged = ruling.judged();
      if (judged.excuses()) {
        excused.add(run(judged));
      } else if (judged.verdict() instanceof Verdict.Met kept) {
        met.add(met(ruling.subject(), judged, kept));
      } else if (judged.verdict() instanceof Verdict.Broken) {
        var breach = broken(ruling.subject(), judged);
        broken.add(breach);
        if (!isObserved(judged.promise())) {
          rungs(breach, judged).forEach(rungs::add);
        }
      }
    }
    return notifications
        .enqueue(tx, met, Notice::of)
        .chain(() -> breaches.keep(tx, broken))
        .call(told -> escalations.keep(tx, of(told, rungs)))
        .call(told -> verdicts.count(tx, met, told))
        .call(() -> judged(tx, rulings))
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

  private static Uni<Void> judged(SqlConnection tx, List<Ruling> rulings) {
    var handoffs =
        rulings.stream()
            .map(ruling -> ruling.subject().handoffId())
            .filter(Objects::nonNull)
            .distinct()
            .toArray(UUID[]::new);
    return handoffs.length == 0
        ? Uni.createFrom().voidItem()
        : tx.preparedQuery(JUDGED).execute(Tuple.of((Object) handoffs)).replaceWithVoid();
  }

  private Uni<Void> stuck(SqlConnection tx, SequencedMap<Subject, Course> courses) {
    var stuck = new ArrayList<PostgresPromises.Stuck>();
    courses.forEach(
        (subject, course) ->
            course
                .stuck()
                .forEach(
                    (clause, why) -> {
                      LOG.errorf(why, "%s of %s can't be judged", clause, subject.subjectId());
                      stuck.add(
                          new PostgresPromises.Stuck(subject.subjectId(), clause, why.toString()));
                    }));
    return promises.stuck(tx, stuck);
  }

  /** Where the CRM assigns, nobody is notified. */
  boolean isObserved(Promise promise) {
    return charters.agreement(promise.charterVersion()).terms().routing().mode()
        == Routing.Mode.OBSERVE;
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
    if (rungs.isEmpty()) {
      return rungs;
    }
    var ids = kept.stream().map(SlaBreach::breachId).collect(toSet());
    return rungs.stream().filter(rung -> ids.contains(rung.breachId())).toList();
  }

  private static Breaches.Run run(Judged judged) {
    return new Breaches.Run(
        judged.promise().subjectId(), judged.promise().clauseId(), judged.clock().startedAt());
  }
}
