package baton.reporting.funnel.rest;

import baton.charter.Agreement;
import baton.charter.Goal;
import baton.charter.Pointer;
import baton.chassis.access.Role;
import baton.chassis.charter.Charters;
import baton.chassis.charter.Signed;
import baton.chassis.problem.Faults;
import baton.reporting.funnel.Answered;
import baton.reporting.funnel.Basis;
import baton.reporting.funnel.Counts;
import baton.reporting.funnel.Deals;
import baton.reporting.funnel.Matter;
import baton.reporting.funnel.Numbers;
import baton.reporting.funnel.Part.Kind;
import baton.reporting.funnel.Question;
import baton.reporting.funnel.Report;
import baton.reporting.funnel.Reports;
import baton.reporting.funnel.WhichPasses;
import baton.reporting.goal.Actual;
import baton.reporting.goal.Materials;
import baton.reporting.goal.Progress;
import baton.reporting.journey.Stage;
import baton.reporting.money.Purse;
import baton.reporting.money.Rates;
import baton.reporting.spend.Cost;
import baton.reporting.spend.Spending;
import baton.reporting.verdict.Verdicts;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.UriInfo;
import java.math.BigDecimal;
import java.math.MathContext;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.jspecify.annotations.Nullable;

@Path("/goals")
@RolesAllowed({Role.Name.REPORT, Role.Name.MARKETING, Role.Name.SALES_MANAGER, Role.Name.ADMIN})
class GoalResource {
  private static final Numbers NUMBERS =
      new Numbers(
          true, Set.of(Kind.REVENUE, Kind.SOURCED), Set.of(Matter.DECISION, Matter.DEAL), true);

  private final Reports reports;
  private final Spending spending;
  private final Materials materials;
  private final Verdicts verdicts;
  private final Charters charters;
  private final InstantSource clock;

  GoalResource(
      Reports reports,
      Spending spending,
      Materials materials,
      Verdicts verdicts,
      Charters charters,
      InstantSource clock) {
    this.reports = reports;
    this.spending = spending;
    this.materials = materials;
    this.verdicts = verdicts;
    this.charters = charters;
    this.clock = clock;
  }

  @GET
  @Produces(MediaType.APPLICATION_JSON)
  @Operation(
      summary = "How far the charter's goals are reached",
      description =
          "The goals of the charter in force, paced by the business days of its calendar, with what"
              + " they come to if it goes on so.")
  public Uni<ObjectNode> goals(@Context UriInfo uri) {
    return standing(uri).map(GoalTable::json);
  }

  @GET
  @Produces(Answers.CSV)
  public Uni<String> table(@Context UriInfo uri) {
    return standing(uri).map(GoalTable::csv);
  }

  private Uni<GoalTable> standing(UriInfo uri) {
    var faults = new Faults();
    uri.getQueryParameters()
        .keySet()
        .forEach(name -> faults.add(Pointer.of("", name), "is not known here"));
    faults.throwIfAny();
    return standing();
  }

  /** How all of them stand now. */
  Uni<GoalTable> standing() {
    var now = clock.instant();
    var signed = charters.at(now);
    return trees(signed.agreement().terms().goals(), signed, now)
        .chain(
            trees ->
                reports
                    .answer(question(Basis.PERIOD, null, signed.agreement()), Numbers.counted())
                    .map(
                        all ->
                            new GoalTable(
                                signed.version(),
                                signed.agreement().calendar().zone(),
                                now,
                                all.completeTo(),
                                trees)));
  }

  private Uni<List<GoalTable.Tree>> trees(List<Goal> goals, Signed signed, Instant now) {
    return Multi.createFrom()
        .iterable(goals)
        .onItem()
        .transformToUniAndConcatenate(
            goal ->
                progress(goal, signed, now)
                    .chain(
                        progress ->
                            trees(goal.children(), signed, now)
                                .map(children -> new GoalTable.Tree(progress, children))))
        .collect()
        .asList();
  }

  private Uni<Progress> progress(Goal goal, Signed signed, Instant now) {
    var agreement = signed.agreement();
    var rates = Rates.of(signed.version(), agreement.terms());
    return actual(goal, agreement, rates, now)
        .map(
            actual ->
                Progress.of(goal, actual, agreement.calendar(), agreement.calendar().zone(), now));
  }

  /** What was reached in the goal's days; null where nobody counts it. */
  private Uni<Actual> actual(Goal goal, Agreement agreement, Rates rates, Instant now) {
    var zone = agreement.calendar().zone();
    return switch (goal.metric()) {
      case "content-delivered" ->
          materials.delivered(start(goal.from(), zone), start(goal.to(), zone)).map(Actual::of);
      case "spend" ->
          spending
              .spent(
                  new Spending.Asked(
                      goal.from(), goal.to(), List.of(), null, Map.of(), Cost.LOADED))
              .map(
                  sums ->
                      money(
                          sums.stream()
                              .map(sum -> Purse.of(Map.of(sum.currency(), sum.amount())))
                              .reduce(Purse.EMPTY, Purse::plus),
                          goal,
                          rates));
      case "lead-to-customer-rate" ->
          counts(Basis.COHORT, goal, agreement)
              .map(
                  counts ->
                      share(
                          counts.reached(Stage.WON, Basis.COHORT),
                          counts.reached(Stage.CAPTURED, Basis.COHORT)));
      default -> counts(Basis.PERIOD, goal, agreement).map(counts -> counted(goal, counts, rates));
    };
  }

  private static Actual counted(Goal goal, Counts counts, Rates rates) {
    return switch (goal.metric()) {
      case "captured" -> Actual.of(reached(counts, Stage.CAPTURED));
      case "mql" -> Actual.of(counts.mqls(Basis.PERIOD));
      case "sal" -> Actual.of(reached(counts, Stage.SAL));
      case "sql" -> Actual.of(reached(counts, Stage.SQL));
      case "won" -> Actual.of(reached(counts, Stage.WON));
      case "revenue" -> money(Purse.of(counts.tallied(Kind.REVENUE)), goal, rates);
      case "sourced-revenue" -> money(Purse.of(counts.tallied(Kind.SOURCED)), goal, rates);
      case "acceptance" -> {
        var answered = Answered.of(counts);
        yield share(answered.accepted(), answered.decided());
      }
      case "rejection-rate" -> {
        var answered = Answered.of(counts);
        yield share(answered.rejected(), answered.decided());
      }
      case "win-rate" -> {
        var deals = Deals.of(counts);
        yield share(deals.won(), deals.won() + deals.lost());
      }
      default -> Actual.of((BigDecimal) null);
    };
  }

  private Uni<Counts> counts(Basis basis, Goal goal, Agreement agreement) {
    return reports.answer(question(basis, goal, agreement), NUMBERS).map(Report::total);
  }

  private static Question question(Basis basis, @Nullable Goal goal, Agreement agreement) {
    return new Question(
        basis,
        WhichPasses.ANY,
        goal == null ? null : goal.from(),
        goal == null ? null : goal.to(),
        agreement.calendar().zone(),
        null,
        List.of(),
        null,
        Map.of());
  }

  private static long reached(Counts counts, Stage stage) {
    return counts.reached(stage, Basis.PERIOD);
  }

  private static Actual money(Purse purse, Goal goal, Rates rates) {
    var currency = Objects.requireNonNull(goal.currency(), "money has a currency");
    var total = rates.total(purse, currency.getCurrencyCode());
    return new Actual(total.amount(), total.apart());
  }

  private static Actual share(long part, long of) {
    return Actual.of(
        of == 0
            ? null
            : BigDecimal.valueOf(part).divide(BigDecimal.valueOf(of), MathContext.DECIMAL64));
  }

  private static Instant start(java.time.LocalDate day, ZoneId zone) {
    return day.atStartOfDay(zone).toInstant();
  }
}
