package baton.reporting.funnel.charters;

import baton.charter.Agreement;
import baton.charter.Goal;
import baton.chassis.charter.Charters;
import baton.chassis.charter.Signed;
import baton.contracts.Side;
import baton.reporting.funnel.Answered;
import baton.reporting.funnel.Basis;
import baton.reporting.funnel.Cohort;
import baton.reporting.funnel.Counts;
import baton.reporting.funnel.Deals;
import baton.reporting.funnel.Matter;
import baton.reporting.funnel.Numbers;
import baton.reporting.funnel.Part.Kind;
import baton.reporting.funnel.Promises;
import baton.reporting.funnel.Question;
import baton.reporting.funnel.Report;
import baton.reporting.funnel.Reports;
import baton.reporting.funnel.WhichPasses;
import baton.reporting.goal.Actual;
import baton.reporting.goal.Goals;
import baton.reporting.goal.Materials;
import baton.reporting.goal.Progress;
import baton.reporting.goal.Standing;
import baton.reporting.goal.Standing.Branch;
import baton.reporting.journey.Stage;
import baton.reporting.money.Purse;
import baton.reporting.money.Rates;
import baton.reporting.spend.Cost;
import baton.reporting.spend.Spending;
import baton.reporting.verdict.Verdicts;
import baton.reporting.verdict.Verdicts.Due;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.math.BigDecimal;
import java.math.MathContext;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A goal counts what it names, in the days of the charter's calendar. */
@ApplicationScoped
class CountedGoals implements Goals {
  private final Reports reports;
  private final Spending spending;
  private final Materials materials;
  private final Verdicts verdicts;
  private final Charters charters;
  private final InstantSource clock;

  CountedGoals(
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

  @Override
  public Uni<Standing> standing() {
    var now = clock.instant();
    var signed = charters.at(now);
    return branches(signed.agreement().terms().goals(), signed, now)
        .chain(
            goals ->
                reports
                    .answer(question(Basis.PERIOD, null, signed.agreement()), Numbers.counted())
                    .map(
                        all ->
                            new Standing(
                                signed.version(),
                                signed.agreement().calendar().zone(),
                                now,
                                all.completeTo(),
                                goals)));
  }

  private Uni<List<Branch>> branches(List<Goal> goals, Signed signed, Instant now) {
    return Multi.createFrom()
        .iterable(goals)
        .onItem()
        .transformToUniAndConcatenate(
            goal ->
                progress(goal, signed, now)
                    .chain(
                        progress ->
                            branches(goal.children(), signed, now)
                                .map(children -> new Branch(progress, children))))
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
          reports
              .answer(question(Basis.COHORT, goal, agreement), numbers(goal))
              .map(CountedGoals::won);
      case "pipeline" ->
          reports
              .answer(question(Basis.PERIOD, null, agreement), Numbers.of(Kind.PIPELINE))
              .map(
                  all ->
                      money(
                          Purse.of(Deals.of(all.total()).expected(goal.from(), goal.to())),
                          goal,
                          rates));
      case "sla-attainment" ->
          verdicts
              .ofNoLead(start(goal.from(), zone), start(goal.to(), zone))
              .chain(
                  dues ->
                      counts(Basis.PERIOD, goal, agreement)
                          .map(counts -> kept(goal, counts, dues, now)));
      default -> counts(Basis.PERIOD, goal, agreement).map(counts -> counted(goal, counts, rates));
    };
  }

  private static Actual counted(Goal goal, Counts counts, Rates rates) {
    return switch (goal.metric()) {
      case "captured" -> Actual.of(reached(counts, Stage.CAPTURED));
      case "mql" -> Actual.of(counts.mqls(Basis.PERIOD));
      case "sal" -> Actual.of(reached(counts, Stage.SAL));
      case "sql" -> Actual.of(reached(counts, Stage.SQL));
      case "opportunity" ->
          Actual.of(counts.tallied(Kind.OPPORTUNITIES).getOrDefault("", BigDecimal.ZERO));
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
      default -> throw new IllegalArgumentException("no goal counts " + goal.metric());
    };
  }

  /** Of what the goal's owners promised, about leads and others, which part was kept. */
  private static Actual kept(Goal goal, Counts counts, List<Due> dues, Instant now) {
    var promises =
        new ArrayList<>(
            List.of(
                Promises.sum(
                    counts, now, clause -> goal.owners().contains(Side.of(clause.owedBy())))));
    for (var due : dues) {
      if (goal.owners().contains(due.promised().owedBy())) {
        promises.add(new Promises(due.met(), due.broken(), due.excused(), 0, Map.of()));
      }
    }
    var sum = Promises.sum(promises);
    return share(sum.met(), sum.met() + sum.breached());
  }

  /** Of the captured, and whether more of them may still be. */
  private static Actual won(Report report) {
    var share =
        share(
            report.total().reached(Stage.WON, Basis.COHORT),
            report.total().reached(Stage.CAPTURED, Basis.COHORT));
    return new Actual(share.value(), share.apart(), Cohort.of(report, null).immature(Stage.WON));
  }

  private Uni<Counts> counts(Basis basis, Goal goal, Agreement agreement) {
    return reports.answer(question(basis, goal, agreement), numbers(goal)).map(Report::total);
  }

  /** No more than the goal is about: the others cost reads. */
  private static Numbers numbers(Goal goal) {
    return switch (goal.metric()) {
      case "revenue" -> Numbers.of(Kind.REVENUE);
      case "sourced-revenue" -> Numbers.of(Kind.SOURCED);
      case "opportunity" -> Numbers.of(Kind.OPPORTUNITIES);
      case "sla-attainment" -> Numbers.noted(Matter.PROMISE, Matter.OPEN_PROMISE);
      case "acceptance", "rejection-rate" -> ofEveryPass(Matter.DECISION);
      case "win-rate" -> ofEveryPass(Matter.DEAL);
      default -> Numbers.counted();
    };
  }

  private static Numbers ofEveryPass(Matter matter) {
    return new Numbers(false, Set.of(), Set.of(matter), true);
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
    return Actual.of(total.amount(), total.apart());
  }

  private static Actual share(long part, long of) {
    return Actual.of(
        of == 0
            ? null
            : BigDecimal.valueOf(part).divide(BigDecimal.valueOf(of), MathContext.DECIMAL64));
  }

  private static Instant start(LocalDate day, ZoneId zone) {
    return day.atStartOfDay(zone).toInstant();
  }
}
