package baton.handoff.clock.postgres;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.toList;
import static java.util.stream.Collectors.toMap;

import baton.charter.expression.Facts;
import baton.chassis.charter.Charters;
import baton.contracts.Event;
import baton.contracts.HandoffStep;
import baton.contracts.LeadHandoff;
import baton.contracts.LeadQualified;
import baton.handoff.clock.Clocks;
import baton.handoff.clock.Course;
import baton.handoff.clock.History;
import baton.handoff.clock.Periods;
import baton.handoff.clock.Promise;
import baton.handoff.clock.Subject;
import baton.handoff.clock.Terms;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;

@ApplicationScoped
class PostgresClocks implements Clocks {
  private final Charters charters;
  private final PostgresPromises promises;
  private final PostgresHistories histories;
  private final PostgresTerms terms;
  private final PostgresRulings rulings;
  private final Periods periods;

  PostgresClocks(
      Charters charters,
      PostgresPromises promises,
      PostgresHistories histories,
      PostgresTerms terms,
      PostgresRulings rulings,
      Periods periods) {
    this.charters = charters;
    this.promises = promises;
    this.histories = histories;
    this.terms = terms;
    this.rulings = rulings;
    this.periods = periods;
  }

  @Override
  public Uni<Followed> follow(
      SqlConnection tx, List<LeadHandoff> steps, Map<UUID, LeadQualified> opened) {
    var byHandoff =
        steps.stream().collect(groupingBy(LeadHandoff::handoffId, LinkedHashMap::new, toList()));
    var known =
        byHandoff.keySet().stream().filter(id -> !opened.containsKey(id)).toArray(UUID[]::new);
    return counted(tx, opened)
        .chain(() -> promises.of(tx, known))
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
        .chain(() -> promises.of(tx, subjects.keySet().toArray(UUID[]::new)))
        .chain(
            promises ->
                promises.isEmpty()
                    ? Uni.createFrom().item(List.of())
                    : PostgresTime.now(tx)
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
    var terms = KnownTerms.of(charters);
    var courses = new LinkedHashMap<Subject, Course>();
    promises.forEach(
        (subject, kept) -> {
          var course = new Course(kept, terms, now);
          course.done(known.getOrDefault(subject, History.NONE));
          courses.put(Objects.requireNonNull(subjects.get(subject)), course);
        });
    return rulings.keep(tx, courses, List.of());
  }

  @Override
  public Uni<Map<UUID, List<Promise>>> of(SqlConnection tx, List<UUID> handoffs) {
    return promises.of(tx, handoffs.toArray(UUID[]::new));
  }

  private Uni<Void> counted(SqlConnection tx, Map<UUID, LeadQualified> opened) {
    return opened.values().stream().allMatch(mql -> mql.charterVersion() == 0)
        ? Uni.createFrom().voidItem()
        : PostgresTime.now(tx).chain(now -> periods.count(tx, opened.values(), now));
  }

  private List<Promise> promised(UUID handoff, LeadQualified mql, List<LeadHandoff> steps) {
    return mql.charterVersion() == 0 || steps.getFirst().step() != HandoffStep.OFFERED
        ? List.of()
        : Course.promised(handoff, mql.charterVersion(), KnownTerms.of(charters), Facts.of(mql));
  }

  private Uni<Followed> follow(
      SqlConnection tx,
      List<LeadHandoff> steps,
      Map<UUID, List<LeadHandoff>> byHandoff,
      Map<UUID, List<Promise>> promises,
      Set<UUID> opened) {
    return PostgresTime.now(tx)
        .chain(
            now ->
                histories
                    .of(tx, promises.keySet())
                    .chain(
                        known ->
                            terms
                                .read(tx, steps, promises.values(), now)
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
    return rulings
        .keep(tx, courses, fresh)
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
}
