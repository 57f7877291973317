package baton.handoff.pass.postgres;

import static baton.chassis.database.Columns.column;
import static baton.handoff.pass.postgres.HandoffRow.utc;
import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.toMap;

import baton.charter.Routing;
import baton.charter.Routing.Mode;
import baton.charter.clause.Deed;
import baton.chassis.charter.Charters;
import baton.chassis.charter.Signed;
import baton.chassis.kin.Kin;
import baton.chassis.kin.People;
import baton.chassis.outbox.Outbox;
import baton.chassis.problem.Problem;
import baton.contracts.Event;
import baton.contracts.LeadFeedback;
import baton.contracts.LeadHandoff;
import baton.contracts.LeadOutcome;
import baton.contracts.LeadQualified;
import baton.contracts.OutcomeResult;
import baton.contracts.SalesStep;
import baton.handoff.clock.Clocks;
import baton.handoff.clock.Clocks.Done;
import baton.handoff.clock.Consequences;
import baton.handoff.clock.Subject;
import baton.handoff.notification.Notice;
import baton.handoff.notification.Notifications;
import baton.handoff.pass.Answer.Assign;
import baton.handoff.pass.Answer.End;
import baton.handoff.pass.Answer.PassOn;
import baton.handoff.pass.Answer.Silence;
import baton.handoff.pass.Handoff;
import baton.handoff.pass.Handoff.Accepted;
import baton.handoff.pass.Handoff.Closed;
import baton.handoff.pass.Handoff.Offered;
import baton.handoff.pass.Handoff.Qualified;
import baton.handoff.pass.Handoff.Rejected;
import baton.handoff.pass.Handoff.Returned;
import baton.handoff.pass.Handoff.Unassigned;
import baton.handoff.pass.Handoffs;
import baton.handoff.pass.Moment;
import baton.handoff.pass.Mqls;
import baton.handoff.pass.Offer;
import baton.handoff.pass.Pass;
import baton.handoff.pass.Passes;
import baton.handoff.pass.Verdict;
import baton.handoff.pass.Verdict.Moved;
import baton.handoff.pass.Weaving;
import baton.handoff.pass.Weaving.Reported;
import baton.handoff.pass.postgres.CrmSteps.OfLead;
import baton.handoff.pass.postgres.CrmSteps.Said;
import baton.handoff.routing.BadLead;
import baton.handoff.routing.Dealt.Turn;
import baton.handoff.routing.Roster;
import baton.handoff.routing.Rotation;
import baton.handoff.routing.Route;
import baton.handoff.routing.Wanted;
import com.github.f4b6a3.uuid.UuidCreator;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.time.InstantSource;
import java.time.OffsetDateTime;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

@ApplicationScoped
class PostgresHandoffs implements Handoffs, Consequences {
  private static final int WAITING_AT_ONCE = 500;
  private static final int TURNS_TO_PASS_ON = 3;

  private static final Uni<Boolean> NOTHING = Uni.createFrom().item(false);

  private static final String LOCK =
      "SELECT " + HandoffRow.COLUMNS + " FROM handoff h WHERE h.handoff_id = $1 FOR UPDATE";

  private static final String LOCK_OF_LEADS =
      "SELECT "
          + HandoffRow.COLUMNS
          + " FROM handoff h WHERE h.lead_id = ANY($1) ORDER BY h.handoff_id FOR UPDATE";

  private static final String LOCK_THESE =
      "SELECT "
          + HandoffRow.COLUMNS
          + " FROM handoff h WHERE h.handoff_id = ANY($1) ORDER BY h.handoff_id FOR UPDATE";

  private static final String LOCK_ROUTED =
      "SELECT "
          + HandoffRow.COLUMNS
          + """
          , coalesce(r.team, '') AS wanted_team, r.country, r.persona, r.rule, r.company
          FROM handoff h LEFT JOIN route r USING (handoff_id)
          WHERE h.handoff_id = ANY($1) ORDER BY h.handoff_id
          FOR UPDATE OF h
          """;

  private static final String OF_LEADS =
      "SELECT " + HandoffRow.COLUMNS + " FROM handoff h WHERE h.lead_id = ANY($1)";

  private static final String LOCK_WAITING =
      "SELECT "
          + HandoffRow.COLUMNS
          + """
          , coalesce(r.team, '') AS wanted_team, r.country, r.persona, r.rule, r.company
          FROM handoff h LEFT JOIN route r USING (handoff_id)
          WHERE h.state = 'unassigned'
            AND (coalesce(r.team, ''), coalesce(r.country, ''), coalesce(r.persona, '')) IN (
              SELECT * FROM unnest($1::text[], $2::text[], $3::text[]))
            AND h.charter_version = ANY($4)
          ORDER BY h.handoff_id LIMIT $5
          FOR UPDATE OF h SKIP LOCKED
          """;

  private static final String KNOWN = "SELECT pass_id FROM handoff WHERE pass_id = ANY($1)";

  /** What sellers write of somebody erased isn't kept. */
  private static final String WRITE =
      """
      INSERT INTO handoff (handoff_id, lead_id, pass_id, qualified_at, charter_version, revision,
        state, since, seller_id, team, offered_at, routing, reason, note, until, facts)
      SELECT n.handoff_id, n.lead_id, n.pass_id, n.qualified_at, n.charter_version, n.revision,
        n.state, n.since, n.seller_id, n.team, n.offered_at, n.routing, n.reason,
        CASE WHEN e.lead_id IS NULL THEN n.note END, n.until,
        CASE WHEN e.lead_id IS NULL OR n.facts IS NULL THEN n.facts::jsonb ELSE '{}' END
      FROM unnest($1::uuid[], $2::uuid[], $3::uuid[], $4::timestamptz[], $5::int[], $6::bigint[],
        $7::text[], $8::timestamptz[], $9::text[], $10::text[], $11::timestamptz[], $12::text[],
        $13::text[], $14::text[], $15::timestamptz[], $16::text[])
        AS n(handoff_id, lead_id, pass_id, qualified_at, charter_version, revision,
          state, since, seller_id, team, offered_at, routing, reason, note, until, facts)
      LEFT JOIN erased_lead e ON e.lead_id = n.lead_id
      ON CONFLICT (handoff_id) DO UPDATE SET
        revision = excluded.revision, state = excluded.state, since = excluded.since,
        seller_id = excluded.seller_id, team = excluded.team, offered_at = excluded.offered_at,
        routing = excluded.routing, reason = excluded.reason, note = excluded.note,
        until = excluded.until, facts = coalesce(excluded.facts, handoff.facts)
      """;

  private static final String WRITE_STEPS =
      """
      INSERT INTO handoff_step
        (handoff_id, revision, step, occurred_at, seller_id, reason, channel, result, routing, team,
          sales_step)
      SELECT * FROM unnest($1::uuid[], $2::bigint[], $3::text[], $4::timestamptz[], $5::text[],
        $6::text[], $7::text[], $8::text[], $9::text[], $10::text[], $11::uuid[])
      """;

  private static final String HEAR_DEALS =
      """
      INSERT INTO deal (outcome_id, revision, lead_id, pass_id, result, occurred_at)
      SELECT DISTINCT ON (n.outcome_id) n.*
      FROM unnest($1::uuid[], $2::bigint[], $3::uuid[], $4::uuid[], $5::text[], $6::timestamptz[])
        AS n(outcome_id, revision, lead_id, pass_id, result, occurred_at)
      ORDER BY n.outcome_id, n.revision DESC
      ON CONFLICT (outcome_id) DO UPDATE SET
        revision = excluded.revision, lead_id = excluded.lead_id, pass_id = excluded.pass_id,
        result = excluded.result, occurred_at = excluded.occurred_at
      WHERE deal.revision < excluded.revision
      """;

  private static final String ENDED_DEALS =
      """
      SELECT outcome_id, lead_id, pass_id, result, occurred_at FROM deal
      WHERE lead_id = ANY($1) AND result IN ('won', 'lost', 'disqualified')
      ORDER BY occurred_at, outcome_id
      """;

  private record Deal(UUID leadId, @Nullable UUID passId, OutcomeResult result, Instant at) {}

  /** The passes of whole people, by who keeps what is told of each. */
  private record PassesOfPeople(People people, Map<UUID, List<Pass>> passes) {
    static PassesOfPeople of(People people, Stream<Pass> passes) {
      return new PassesOfPeople(
          people, passes.collect(groupingBy(pass -> people.survivor(pass.leadId()))));
    }

    static PassesOfPeople of(People people, List<Handoff> handoffs) {
      return of(people, handoffs.stream().map(Handoff::pass));
    }

    /** To which pass of whoever this lead is a fact belongs; null: to none that is known. */
    @Nullable Pass pass(UUID leadId, @Nullable UUID named, Instant at) {
      return Passes.of(passes.getOrDefault(people.survivor(leadId), List.of()), named, at);
    }
  }

  private final Roster roster;
  private final Clocks clocks;
  private final Mqls mqls;
  private final CrmSteps crm;
  private final Outbox outbox;
  private final Notifications notifications;
  private final Kin kin;
  private final Charters charters;
  private final InstantSource clock;

  PostgresHandoffs(
      Roster roster,
      Clocks clocks,
      Mqls mqls,
      CrmSteps crm,
      Outbox outbox,
      Notifications notifications,
      Kin kin,
      Charters charters,
      InstantSource clock) {
    this.roster = roster;
    this.clocks = clocks;
    this.mqls = mqls;
    this.crm = crm;
    this.outbox = outbox;
    this.notifications = notifications;
    this.kin = kin;
    this.charters = charters;
    this.clock = clock;
  }

  @Override
  public Uni<Verdict> decide(
      SqlConnection tx, UUID handoffId, Function<Handoff, Verdict> decision) {
    return tx.preparedQuery(LOCK)
        .execute(Tuple.of(handoffId))
        .map(PostgresHandoffs::handoffs)
        .chain(
            found -> {
              if (found.isEmpty()) {
                throw Problem.notFound("There is no such handoff.");
              }
              return switch (decision.apply(found.getFirst())) {
                case Moved moved -> write(tx, List.of(moved)).replaceWith(moved);
                case Verdict.Refused refused -> Uni.createFrom().item(refused);
              };
            });
  }

  @Override
  public Uni<Void> open(SqlConnection tx, List<LeadQualified> qualified) {
    var byPass = new LinkedHashMap<UUID, LeadQualified>();
    qualified.forEach(each -> byPass.putIfAbsent(each.passId(), each));
    var now = now();
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
        .chain(() -> hear(tx, outcomes))
        .chain(
            () ->
                leads.length == 0
                    ? Uni.createFrom().voidItem()
                    : kin.people(tx, List.of(leads)).chain(people -> end(tx, outcomes, people)));
  }

  private Uni<Void> end(SqlConnection tx, List<LeadOutcome> outcomes, People people) {
    return handoffs(tx, LOCK_OF_LEADS, people.leads())
        .chain(
            handoffs ->
                done(tx, outcomes(handoffs, outcomes, people))
                    .chain(() -> endedDeals(tx, people.leads()))
                    .chain(deals -> write(tx, ended(handoffs, deals, people))));
  }

  @Override
  public Uni<Void> rated(SqlConnection tx, List<LeadFeedback> feedback) {
    var leads = leads(feedback.stream().map(LeadFeedback::leadId));
    return kin.people(tx, List.of(leads))
        .chain(
            people ->
                handoffs(tx, LOCK_OF_LEADS, people.leads())
                    .chain(handoffs -> done(tx, opinions(handoffs, feedback, people))));
  }

  private Uni<Void> done(SqlConnection tx, List<Done> done) {
    return clocks.done(tx, done).chain(verdicts -> outbox.append(tx, verdicts));
  }

  private static List<Done> outcomes(
      List<Handoff> handoffs, List<LeadOutcome> outcomes, People people) {
    var passes = PassesOfPeople.of(people, handoffs);
    return outcomes.stream()
        .filter(outcome -> outcome.result() != OutcomeResult.VOIDED)
        .flatMap(
            outcome ->
                of(handoffs, passes.pass(outcome.leadId(), outcome.passId(), outcome.occurredAt()))
                    .map(
                        handoff ->
                            new Done(
                                subject(handoff),
                                outcome.outcomeId(),
                                Deed.of(Deed.Kind.OUTCOME, outcome.occurredAt()))))
        .toList();
  }

  private static List<Done> opinions(
      List<Handoff> handoffs, List<LeadFeedback> feedback, People people) {
    var passes = PassesOfPeople.of(people, handoffs);
    var opinions = new ArrayList<Done>();
    for (var each : feedback) {
      var named =
          handoffs.stream()
              .filter(handoff -> handoff.pass().handoffId().equals(each.handoffId()))
              .findAny();
      named
          .or(
              () ->
                  of(handoffs, passes.pass(each.leadId(), each.passId(), each.occurredAt()))
                      .findAny())
          .ifPresent(
              handoff -> {
                if (each.rating() != null) {
                  opinions.add(said(handoff, each, Deed.Kind.RATED));
                }
                if (!each.reasons().isEmpty()) {
                  opinions.add(said(handoff, each, Deed.Kind.REASONED));
                }
              });
    }
    return opinions;
  }

  private static Done said(Handoff handoff, LeadFeedback feedback, Deed.Kind kind) {
    return new Done(subject(handoff), feedback.feedbackId(), Deed.of(kind, feedback.occurredAt()));
  }

  private static Stream<Handoff> of(List<Handoff> handoffs, @Nullable Pass pass) {
    return handoffs.stream().filter(handoff -> handoff.pass().equals(pass));
  }

  private static Subject subject(Handoff handoff) {
    var pass = handoff.pass();
    var offer = handoff.offer();
    return new Subject(
        pass.handoffId(),
        pass.handoffId(),
        pass.leadId(),
        pass.passId(),
        offer == null ? null : offer.sellerId(),
        offer == null ? null : offer.team());
  }

  @Override
  public Uni<Void> deemAccepted(SqlConnection tx, List<UUID> silent, Instant at) {
    if (silent.isEmpty()) {
      return Uni.createFrom().voidItem();
    }
    return handoffs(tx, LOCK_THESE, silent.toArray(UUID[]::new))
        .chain(
            handoffs ->
                write(
                    tx,
                    handoffs.stream()
                        .map(handoff -> handoff.answered(new Silence(), moment(at)))
                        .filter(Moved.class::isInstance)
                        .map(Moved.class::cast)
                        .toList()));
  }

  @Override
  public Uni<Void> passOn(SqlConnection tx, Map<UUID, String> why, Instant at) {
    if (why.isEmpty()) {
      return Uni.createFrom().voidItem();
    }
    return tx.preparedQuery(LOCK_ROUTED)
        .execute(Tuple.of(why.keySet().toArray(UUID[]::new)))
        .chain(
            rows ->
                roster
                    .hold(tx, at)
                    .chain(
                        rotation -> {
                          var moved = passedOn(rows, rotation, why, moment(at));
                          return moved.isEmpty()
                              ? Uni.createFrom().voidItem()
                              : write(tx, moved).chain(() -> roster.keep(tx, rotation, at));
                        }));
  }

  /** A turn that would go back to who let the promise run out is lost to him. */
  private static List<Moved> passedOn(
      RowSet<Row> rows, Rotation rotation, Map<UUID, String> why, Moment at) {
    var moved = new ArrayList<Moved>();
    for (var row : rows) {
      var handoff = HandoffRow.read(row);
      var route = new Route(route(row).wanted(), row.getString("rule"), null, false, null);
      var reason = why.getOrDefault(handoff.pass().handoffId(), "");
      for (var turn = 0; turn < TURNS_TO_PASS_ON; turn++) {
        if (rotation.next(route) instanceof Turn(var seller, var team, _)
            && handoff.answered(new PassOn(seller, team, reason), at) instanceof Moved other) {
          moved.add(other);
          break;
        }
      }
    }
    return moved;
  }

  /**
   * Looks without the rotation first, which whoever deals to new handoffs would have to wait for.
   */
  @Override
  public Uni<Boolean> dealWaiting(SqlConnection tx) {
    var now = now();
    var assigning = assigning();
    return roster
        .awaited(tx, assigning)
        .chain(
            awaited ->
                awaited.isEmpty()
                    ? NOTHING
                    : roster
                        .look(tx, now.at())
                        .map(rotation -> awaited.stream().filter(rotation::anybody).toList())
                        .chain(
                            wanted ->
                                wanted.isEmpty() ? NOTHING : deal(tx, wanted, assigning, now)));
  }

  /** The charters under which Baton assigns: by one that isn't known yet, nobody does. */
  private Set<Integer> assigning() {
    return charters.known().values().stream()
        .filter(signed -> signed.agreement().terms().routing().mode() == Mode.ASSIGN)
        .map(Signed::version)
        .collect(Collectors.toUnmodifiableSet());
  }

  private Uni<Boolean> deal(
      SqlConnection tx, List<Wanted> wanted, Set<Integer> assigning, Moment now) {
    return roster
        .hold(tx, now.at())
        .chain(
            rotation ->
                tx.preparedQuery(LOCK_WAITING)
                    .execute(waiting(wanted.stream().filter(rotation::anybody).toList(), assigning))
                    .chain(
                        rows -> {
                          var routes = rows(rows).map(PostgresHandoffs::route).toList();
                          return roster
                              .owners(tx, companies(routes))
                              .invoke(rotation::remember)
                              .chain(() -> deal(tx, handoffs(rows), routes, rotation, now));
                        }));
  }

  private Uni<Boolean> deal(
      SqlConnection tx, List<Handoff> waiting, List<Route> routes, Rotation rotation, Moment now) {
    var dealt = new ArrayList<Moved>();
    for (var i = 0; i < waiting.size(); i++) {
      if (rotation.next(routes.get(i)) instanceof Turn(var seller, var team, var why)
          && waiting.get(i).answered(new Assign(seller, team, why), now) instanceof Moved moved) {
        dealt.add(moved);
      }
    }
    return write(tx, dealt)
        .chain(
            () ->
                dealt.isEmpty() ? Uni.createFrom().voidItem() : roster.keep(tx, rotation, now.at()))
        .replaceWith(!dealt.isEmpty() && waiting.size() == WAITING_AT_ONCE);
  }

  private static Tuple waiting(List<Wanted> wanted, Set<Integer> assigning) {
    return Tuple.of(
        column(wanted, Wanted::team, String[]::new),
        column(wanted, each -> Objects.requireNonNullElse(each.country(), ""), String[]::new),
        column(wanted, each -> Objects.requireNonNullElse(each.persona(), ""), String[]::new),
        assigning.toArray(Integer[]::new),
        WAITING_AT_ONCE);
  }

  private static Route route(Row row) {
    return new Route(
        new Wanted(
            row.getString("wanted_team"), row.getString("country"), row.getString("persona")),
        row.getString("rule"),
        row.getString("company"),
        false,
        null);
  }

  private static Set<String> companies(Collection<Route> routes) {
    return routes.stream()
        .map(Route::company)
        .filter(Objects::nonNull)
        .collect(Collectors.toUnmodifiableSet());
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
        .chain(() -> roster.owners(tx, companies(routes.values())))
        .invoke(rotation::remember)
        .chain(() -> kin.people(tx, passes.stream().map(Pass::leadId).toList()))
        .chain(
            people ->
                endedDeals(tx, people.leads())
                    .chain(deals -> ends(tx, passes, deals, people))
                    .map(ends -> opened(passes, ends, routes, rotation, now))
                    .chain(opened -> write(tx, opened, begun(opened, fresh), Map.of()))
                    .chain(() -> roster.keep(tx, rotation, now.at()))
                    .chain(() -> weave(tx, people)));
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
                  : Handoff.endedBefore(pass, new End(deal.result()), moment(deal.at()));
            })
        .toList();
  }

  @Override
  public Uni<Void> reported(SqlConnection tx, List<SalesStep> steps) {
    var leads = leads(steps.stream().map(SalesStep::leadId));
    return crm.meet(tx, leads)
        .chain(() -> crm.hear(tx, steps))
        .chain(() -> kin.people(tx, List.of(leads)))
        .chain(people -> weave(tx, people));
  }

  /** Tells the stories of these people's handoffs anew, with all that their CRM says. */
  private Uni<Void> weave(SqlConnection tx, People people) {
    return crm.of(tx, people.leads()).chain(steps -> weave(tx, people, steps));
  }

  private Uni<Void> weave(SqlConnection tx, People people, List<OfLead> steps) {
    return steps.isEmpty()
        ? Uni.createFrom().voidItem()
        : handoffs(tx, LOCK_OF_LEADS, people.leads())
            .chain(
                handoffs ->
                    handoffs.isEmpty()
                        ? Uni.createFrom().voidItem()
                        : crm.own(tx, handoffs)
                            .chain(own -> weave(tx, people, handoffs, own, steps)));
  }

  private Uni<Void> weave(
      SqlConnection tx,
      People people,
      List<Handoff> handoffs,
      Map<UUID, List<LeadHandoff>> own,
      List<OfLead> steps) {
    var passes = PassesOfPeople.of(people, handoffs);
    var belonging = new LinkedHashMap<UUID, List<Reported>>();
    var gone = new LinkedHashMap<UUID, List<Reported>>();
    for (var each : steps) {
      var step = each.step();
      var pass = passes.pass(each.leadId(), null, step.at());
      if (pass == null) {
        continue;
      }
      var moved = each.handoffId() != null && !each.handoffId().equals(pass.handoffId());
      if (moved) {
        gone.computeIfAbsent(each.handoffId(), _ -> new ArrayList<>()).add(step);
      }
      belonging
          .computeIfAbsent(pass.handoffId(), _ -> new ArrayList<>())
          .add(moved ? step.unsaid() : step);
    }
    var moved = new ArrayList<Moved>();
    var changed = new ArrayList<Handoff>();
    var origins = new LinkedHashMap<LeadHandoff, UUID>();
    var said = new ArrayList<Said>();
    for (var handoff : handoffs) {
      var pass = handoff.pass();
      var woven =
          Weaving.of(
              handoff,
              own.getOrDefault(pass.handoffId(), List.of()),
              belonging.getOrDefault(pass.handoffId(), List.of()),
              gone.getOrDefault(pass.handoffId(), List.of()),
              charters.agreement(pass.charterVersion()).terms().routing().mode() == Mode.OBSERVE,
              this::moment);
      woven.taken().forEach((step, taken) -> said.add(new Said(step, pass.handoffId(), taken)));
      if (woven.moved() != null) {
        moved.add(woven.moved());
        origins.putAll(woven.origins());
        if (woven.moved().handoff().state() != handoff.state()
            || !Objects.equals(woven.moved().handoff().offer(), handoff.offer())) {
          changed.add(woven.moved().handoff());
        }
      }
    }
    return write(tx, moved, changed, Map.of(), origins).chain(() -> crm.said(tx, said));
  }

  /**
   * The deals, by pass, that had ended before their pass was heard of: events of two topics race.
   */
  private static Uni<Map<UUID, Deal>> ends(
      SqlConnection tx, List<Pass> fresh, List<Deal> deals, People people) {
    if (deals.isEmpty()) {
      return Uni.createFrom().item(Map.of());
    }
    return handoffs(tx, OF_LEADS, people.leads())
        .map(
            before -> {
              var passes =
                  PassesOfPeople.of(
                      people, Stream.concat(before.stream().map(Handoff::pass), fresh.stream()));
              var ends = new LinkedHashMap<UUID, Deal>();
              for (var deal : deals) {
                var pass = passes.pass(deal.leadId(), deal.passId(), deal.at());
                if (pass != null) {
                  ends.putIfAbsent(pass.passId(), deal);
                }
              }
              return ends;
            });
  }

  private List<Moved> ended(List<Handoff> handoffs, List<Deal> deals, People people) {
    var byPass = handoffs.stream().collect(toMap(each -> each.pass().passId(), each -> each));
    var passes = PassesOfPeople.of(people, handoffs);
    var ended = new LinkedHashMap<UUID, Moved>();
    for (var deal : deals) {
      var pass = passes.pass(deal.leadId(), deal.passId(), deal.at());
      if (pass != null
          && byPass.get(pass.passId()) instanceof Handoff handoff
          && handoff.answered(new End(deal.result()), moment(deal.at())) instanceof Moved moved) {
        ended.putIfAbsent(pass.passId(), moved);
      }
    }
    return List.copyOf(ended.values());
  }

  private static Uni<Void> hear(SqlConnection tx, List<LeadOutcome> outcomes) {
    return tx.preparedQuery(HEAR_DEALS)
        .execute(
            Tuple.of(
                column(outcomes, LeadOutcome::outcomeId, UUID[]::new),
                column(outcomes, LeadOutcome::revision, Long[]::new),
                column(outcomes, LeadOutcome::leadId, UUID[]::new),
                column(outcomes, LeadOutcome::passId, UUID[]::new),
                column(outcomes, each -> each.result().word(), String[]::new),
                column(outcomes, each -> utc(each.occurredAt()), OffsetDateTime[]::new)))
        .replaceWithVoid();
  }

  private static Uni<List<Deal>> endedDeals(SqlConnection tx, UUID[] leads) {
    return tx.preparedQuery(ENDED_DEALS)
        .execute(Tuple.of(leads))
        .map(
            rows ->
                rows(rows)
                    .map(
                        row ->
                            new Deal(
                                row.getUUID("lead_id"),
                                row.getUUID("pass_id"),
                                OutcomeResult.of(row.getString("result")),
                                HandoffRow.instant(row, "occurred_at")))
                    .toList());
  }

  private static Map<UUID, LeadQualified> begun(List<Moved> opened, List<LeadQualified> fresh) {
    var byPass = fresh.stream().collect(toMap(LeadQualified::passId, each -> each));
    return opened.stream()
        .map(moved -> moved.handoff().pass())
        .collect(toMap(Pass::handoffId, pass -> byPass.get(pass.passId())));
  }

  private Uni<Void> write(SqlConnection tx, List<Moved> moved) {
    return write(tx, moved, Map.of(), Map.of());
  }

  private Uni<Void> write(
      SqlConnection tx,
      List<Moved> moved,
      Map<UUID, LeadQualified> begun,
      Map<LeadHandoff, UUID> origins) {
    return write(tx, moved, moved.stream().map(Moved::handoff).toList(), begun, origins);
  }

  /**
   * @param changed those that came into another state or other hands
   * @param begun those that begin with these steps
   * @param origins the steps that come from a CRM's
   */
  private Uni<Void> write(
      SqlConnection tx,
      List<Moved> moved,
      List<Handoff> changed,
      Map<UUID, LeadQualified> begun,
      Map<LeadHandoff, UUID> origins) {
    if (moved.isEmpty()) {
      return Uni.createFrom().voidItem();
    }
    var now = moved.stream().map(Moved::handoff).toList();
    var steps = moved.stream().flatMap(each -> each.steps().stream()).toList();
    return tx.preparedQuery(WRITE)
        .execute(rows(now))
        .chain(() -> tx.preparedQuery(WRITE_STEPS).execute(steps(steps, origins)))
        .chain(() -> remember(tx, changed))
        .chain(() -> notifications.enqueue(tx, notices(moved)))
        .chain(() -> clocks.follow(tx, steps, begun))
        .chain(
            followed ->
                outbox.append(
                    tx,
                    Stream.<List<? extends Event>>of(followed.steps(), followed.verdicts())
                        .flatMap(List::stream)
                        .toList()));
  }

  /** By the charter of the handoff, whichever was in force at the step. */
  private static List<Notice> notices(List<Moved> moved) {
    return moved.stream()
        .flatMap(
            each ->
                each.steps().stream()
                    .map(step -> Notice.of(step, each.handoff().pass().charterVersion())))
        .toList();
  }

  /** Whose a company is, and who gets a turn again. */
  private Uni<Void> remember(SqlConnection tx, List<Handoff> moved) {
    var held = new LinkedHashMap<UUID, String>();
    Uni<Void> refusals = Uni.createFrom().voidItem();
    for (var handoff : moved) {
      switch (handoff) {
        case Offered(var pass, _, var offer) -> held.put(pass.handoffId(), offer.sellerId());
        case Rejected(var pass, _, var offer, _, var reason, _) ->
            refusals =
                refusals.chain(
                    () ->
                        roster.refused(
                            tx,
                            pass.handoffId(),
                            offer.sellerId(),
                            reason != null
                                && !offer.routing().equals(Handoff.BY_HAND)
                                && BadLead.says(
                                    charters.agreement(pass.charterVersion()), reason)));
        case Unassigned _, Accepted _, Qualified _, Returned _, Closed _ -> {}
      }
    }
    return refusals.chain(() -> roster.held(tx, held));
  }

  private static Tuple rows(List<Handoff> handoffs) {
    return Tuple.tuple()
        .addArrayOfUUID(column(handoffs, each -> each.pass().handoffId(), UUID[]::new))
        .addArrayOfUUID(column(handoffs, each -> each.pass().leadId(), UUID[]::new))
        .addArrayOfUUID(column(handoffs, each -> each.pass().passId(), UUID[]::new))
        .addArrayOfOffsetDateTime(
            column(handoffs, each -> utc(each.pass().qualifiedAt()), OffsetDateTime[]::new))
        .addArrayOfInteger(column(handoffs, each -> each.pass().charterVersion(), Integer[]::new))
        .addArrayOfLong(column(handoffs, Handoff::revision, Long[]::new))
        .addArrayOfString(column(handoffs, each -> each.state().word(), String[]::new))
        .addArrayOfOffsetDateTime(
            column(handoffs, each -> utc(each.since()), OffsetDateTime[]::new))
        .addArrayOfString(offered(handoffs, Offer::sellerId, String[]::new))
        .addArrayOfString(offered(handoffs, Offer::team, String[]::new))
        .addArrayOfOffsetDateTime(
            offered(handoffs, offer -> utc(offer.at()), OffsetDateTime[]::new))
        .addArrayOfString(column(handoffs, Handoff::routing, String[]::new))
        .addArrayOfString(column(handoffs, Handoff::reason, String[]::new))
        .addArrayOfString(column(handoffs, HandoffRow::note, String[]::new))
        .addArrayOfOffsetDateTime(
            column(handoffs, each -> utc(HandoffRow.until(each)), OffsetDateTime[]::new))
        .addArrayOfString(column(handoffs, HandoffRow::facts, String[]::new));
  }

  private static Tuple steps(List<LeadHandoff> steps, Map<LeadHandoff, UUID> origins) {
    return Tuple.tuple()
        .addArrayOfUUID(column(steps, LeadHandoff::handoffId, UUID[]::new))
        .addArrayOfLong(column(steps, LeadHandoff::revision, Long[]::new))
        .addArrayOfString(column(steps, each -> each.step().word(), String[]::new))
        .addArrayOfOffsetDateTime(
            column(steps, each -> utc(each.occurredAt()), OffsetDateTime[]::new))
        .addArrayOfString(column(steps, LeadHandoff::sellerId, String[]::new))
        .addArrayOfString(column(steps, LeadHandoff::reason, String[]::new))
        .addArrayOfString(column(steps, LeadHandoff::channel, String[]::new))
        .addArrayOfString(column(steps, LeadHandoff::result, String[]::new))
        .addArrayOfString(column(steps, LeadHandoff::routing, String[]::new))
        .addArrayOfString(column(steps, LeadHandoff::team, String[]::new))
        .addArrayOfUUID(column(steps, origins::get, UUID[]::new));
  }

  private static <C> C[] offered(
      List<Handoff> handoffs, Function<Offer, @Nullable C> value, IntFunction<C[]> array) {
    return column(
        handoffs,
        each -> {
          var offer = each.offer();
          return offer == null ? null : value.apply(offer);
        },
        array);
  }

  private static Uni<List<Handoff>> handoffs(SqlConnection tx, String statement, UUID[] leads) {
    return tx.preparedQuery(statement).execute(Tuple.of(leads)).map(PostgresHandoffs::handoffs);
  }

  private static List<Handoff> handoffs(RowSet<Row> rows) {
    return rows(rows).map(HandoffRow::read).collect(Collectors.toList());
  }

  private static Stream<Row> rows(RowSet<Row> rows) {
    return StreamSupport.stream(rows.spliterator(), false);
  }

  private static UUID[] leads(Stream<UUID> leads) {
    return leads.distinct().toArray(UUID[]::new);
  }

  private Moment now() {
    return moment(clock.instant().truncatedTo(ChronoUnit.MILLIS));
  }

  private Moment moment(Instant at) {
    return new Moment(at, charters.versionAt(at));
  }
}
