package baton.handoff.pass.postgres;

import static java.util.stream.Collectors.toMap;

import baton.charter.Routing;
import baton.chassis.charter.Charters;
import baton.chassis.kin.Kin;
import baton.chassis.kin.People;
import baton.chassis.outbox.Outbox;
import baton.chassis.problem.Problem;
import baton.contracts.LeadFeedback;
import baton.contracts.LeadOutcome;
import baton.contracts.LeadQualified;
import baton.contracts.OutcomeResult;
import baton.contracts.SalesStep;
import baton.handoff.clock.Clocks;
import baton.handoff.clock.Clocks.Done;
import baton.handoff.pass.Answer.End;
import baton.handoff.pass.Handoff;
import baton.handoff.pass.Handoffs;
import baton.handoff.pass.Moment;
import baton.handoff.pass.Mqls;
import baton.handoff.pass.Pass;
import baton.handoff.pass.Verdict;
import baton.handoff.pass.Verdict.Moved;
import baton.handoff.pass.postgres.Deals.Deal;
import baton.handoff.routing.Roster;
import baton.handoff.routing.Rotation;
import baton.handoff.routing.Route;
import com.github.f4b6a3.uuid.UuidCreator;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Stream;

@ApplicationScoped
class PostgresHandoffs implements Handoffs {
  private static final String KNOWN = "SELECT pass_id FROM handoff WHERE pass_id = ANY($1)";

  private final Roster roster;
  private final Clocks clocks;
  private final Mqls mqls;
  private final CrmSteps crm;
  private final CrmStories stories;
  private final Writing writing;
  private final Outbox outbox;
  private final Kin kin;
  private final Charters charters;
  private final Moments moments;

  PostgresHandoffs(
      Roster roster,
      Clocks clocks,
      Mqls mqls,
      CrmSteps crm,
      CrmStories stories,
      Writing writing,
      Outbox outbox,
      Kin kin,
      Charters charters,
      Moments moments) {
    this.roster = roster;
    this.clocks = clocks;
    this.mqls = mqls;
    this.crm = crm;
    this.stories = stories;
    this.writing = writing;
    this.outbox = outbox;
    this.kin = kin;
    this.charters = charters;
    this.moments = moments;
  }

  @Override
  public Uni<Verdict> decide(
      SqlConnection tx, UUID handoffId, Function<Handoff, Verdict> decision) {
    return StoredHandoffs.held(tx, List.of(handoffId))
        .chain(
            found -> {
              if (found.isEmpty()) {
                throw Problem.notFound("There is no such handoff.");
              }
              return switch (decision.apply(found.getFirst())) {
                case Moved moved -> writing.write(tx, List.of(moved)).replaceWith(moved);
                case Verdict.Refused refused -> Uni.createFrom().item(refused);
              };
            });
  }

  @Override
  public Uni<Void> open(SqlConnection tx, List<LeadQualified> qualified) {
    var byPass = new LinkedHashMap<UUID, LeadQualified>();
    qualified.forEach(each -> byPass.putIfAbsent(each.passId(), each));
    var now = moments.now();
    return crm.meet(tx, leads(qualified.stream().map(LeadQualified::leadId)))
        .chain(() -> roster.hold(tx, now.at()))
        .chain(rotation -> unknown(tx, byPass).chain(fresh -> open(tx, fresh, rotation, now)));
  }

  @Override
  public Uni<Void> end(SqlConnection tx, List<LeadOutcome> outcomes) {
    var leads =
        leads(
            outcomes.stream()
                .filter(outcome -> outcome.result() != OutcomeResult.VOIDED)
                .map(LeadOutcome::leadId));
    return crm.meet(tx, leads)
        .chain(() -> Deals.hear(tx, outcomes))
        .chain(
            () ->
                leads.length == 0
                    ? Uni.createFrom().voidItem()
                    : kin.people(tx, List.of(leads)).chain(people -> end(tx, outcomes, people)));
  }

  private Uni<Void> end(SqlConnection tx, List<LeadOutcome> outcomes, People people) {
    return StoredHandoffs.heldOf(tx, people)
        .chain(
            handoffs ->
                done(tx, Deeds.outcomes(handoffs, outcomes, people))
                    .chain(() -> Deals.ended(tx, people))
                    .chain(deals -> writing.write(tx, ended(handoffs, deals, people))));
  }

  @Override
  public Uni<Void> rated(SqlConnection tx, List<LeadFeedback> feedback) {
    var leads = leads(feedback.stream().map(LeadFeedback::leadId));
    return kin.people(tx, List.of(leads))
        .chain(
            people ->
                StoredHandoffs.heldOf(tx, people)
                    .chain(handoffs -> done(tx, Deeds.opinions(handoffs, feedback, people))));
  }

  private Uni<Void> done(SqlConnection tx, List<Done> done) {
    return clocks.done(tx, done).chain(verdicts -> outbox.append(tx, verdicts));
  }

  private Routing terms(LeadQualified mql) {
    return charters.agreement(mql.charterVersion()).terms().routing();
  }

  /** The passes never heard of; nobody else opens one while the rotation is held. */
  private static Uni<List<LeadQualified>> unknown(
      SqlConnection tx, Map<UUID, LeadQualified> byPass) {
    return tx.preparedQuery(KNOWN)
        .execute(Tuple.of(byPass.keySet().toArray(UUID[]::new)))
        .map(
            rows -> {
              rows.forEach(row -> byPass.remove(row.getUUID("pass_id")));
              return List.copyOf(byPass.values());
            });
  }

  private Uni<Void> open(
      SqlConnection tx, List<LeadQualified> fresh, Rotation rotation, Moment now) {
    if (fresh.isEmpty()) {
      return Uni.createFrom().voidItem();
    }
    var routes = new LinkedHashMap<UUID, Route>();
    var events = new LinkedHashMap<UUID, LeadQualified>();
    var passes = new ArrayList<Pass>();
    for (var each : fresh) {
      var pass = Pass.of(each, UuidCreator.getTimeOrderedEpochPlus1());
      passes.add(pass);
      routes.put(pass.handoffId(), Route.of(each, terms(each)));
      events.put(pass.handoffId(), each);
    }
    return mqls.keep(tx, events)
        .chain(() -> roster.keep(tx, routes))
        .chain(() -> roster.owners(tx, RouteRow.companies(routes.values())))
        .invoke(rotation::remember)
        .chain(() -> kin.people(tx, passes.stream().map(Pass::leadId).toList()))
        .chain(
            people ->
                Deals.ended(tx, people)
                    .chain(deals -> Deals.before(tx, passes, deals, people))
                    .map(ends -> opened(passes, ends, routes, rotation, now))
                    .chain(opened -> writing.write(tx, opened, begun(opened, fresh), Map.of()))
                    .chain(() -> roster.keep(tx, rotation, now.at()))
                    .chain(() -> stories.tell(tx, people)));
  }

  private List<Moved> opened(
      List<Pass> passes,
      Map<UUID, Deal> ends,
      Map<UUID, Route> routes,
      Rotation rotation,
      Moment now) {
    return passes.stream()
        .map(
            pass -> {
              var deal = ends.get(pass.passId());
              return deal == null
                  ? Handoff.opened(
                      pass,
                      rotation.next(routes.getOrDefault(pass.handoffId(), Route.ANYWHERE)),
                      now)
                  : Handoff.endedBefore(pass, new End(deal.result()), moments.at(deal.at()));
            })
        .toList();
  }

  @Override
  public Uni<Void> reported(SqlConnection tx, List<SalesStep> steps) {
    var leads = leads(steps.stream().map(SalesStep::leadId));
    return crm.meet(tx, leads)
        .chain(() -> crm.hear(tx, steps))
        .chain(() -> kin.people(tx, List.of(leads)))
        .chain(people -> stories.tell(tx, people));
  }

  private List<Moved> ended(List<Handoff> handoffs, List<Deal> deals, People people) {
    var byPass = handoffs.stream().collect(toMap(each -> each.pass().passId(), each -> each));
    var passes = PassesOfPeople.of(people, handoffs);
    var ended = new LinkedHashMap<UUID, Moved>();
    for (var deal : deals) {
      var pass = passes.pass(deal.leadId(), deal.passId(), deal.at());
      if (pass != null
          && byPass.get(pass.passId()) instanceof Handoff handoff
          && handoff.answered(new End(deal.result()), moments.at(deal.at()))
              instanceof Moved moved) {
        ended.putIfAbsent(pass.passId(), moved);
      }
    }
    return List.copyOf(ended.values());
  }

  private static Map<UUID, LeadQualified> begun(List<Moved> opened, List<LeadQualified> fresh) {
    var byPass = fresh.stream().collect(toMap(LeadQualified::passId, each -> each));
    return opened.stream()
        .map(moved -> moved.handoff().pass())
        .collect(toMap(Pass::handoffId, pass -> byPass.get(pass.passId())));
  }

  private static UUID[] leads(Stream<UUID> leads) {
    return leads.distinct().toArray(UUID[]::new);
  }
}
