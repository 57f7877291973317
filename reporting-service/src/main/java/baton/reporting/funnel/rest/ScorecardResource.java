package baton.reporting.funnel.rest;

import static baton.reporting.funnel.rest.ReportJson.JSON;

import baton.charter.Goal;
import baton.chassis.access.Role;
import baton.reporting.funnel.Basis;
import baton.reporting.funnel.Deals;
import baton.reporting.funnel.Numbers;
import baton.reporting.funnel.Part.Kind;
import baton.reporting.funnel.Period;
import baton.reporting.funnel.Question;
import baton.reporting.funnel.Report;
import baton.reporting.funnel.rest.ScorecardLayout.Growth;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.UriInfo;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

@Path("/scorecard")
@RolesAllowed({Role.Name.REPORT, Role.Name.MARKETING, Role.Name.SALES_MANAGER, Role.Name.ADMIN})
class ScorecardResource {
  private static final Numbers STAGES = Numbers.counted();
  private static final Numbers MONEY = Numbers.of(Kind.REVENUE);
  private static final Numbers OPEN_MONEY = Numbers.of(Kind.PIPELINE);
  private static final int DIGITS_OF_A_SHARE = 6;

  private final Answers answers;
  private final OtherPromises others;

  ScorecardResource(Answers answers, OtherPromises others) {
    this.answers = answers;
    this.others = others;
  }

  @GET
  @Produces(MediaType.APPLICATION_JSON)
  public Uni<ObjectNode> report(@Context UriInfo uri) {
    return report(answers.asked(uri));
  }

  /** What it says about this. */
  Uni<ObjectNode> report(Question asked) {
    var terms = answers.agreement().terms();
    var inOne = ReportingCurrency.of(terms);
    return Uni.combine()
        .all()
        .unis(
            answers.report(asked, ScorecardLayout.NUMBERS),
            growth(asked),
            coverage(asked),
            others.asked(asked))
        .asTuple()
        .map(
            read ->
                ReportJson.of(
                    read.getItem1(),
                    new ScorecardLayout(
                        answers.now(),
                        answers::owes,
                        inOne,
                        read.getItem2(),
                        read.getItem3(),
                        read.getItem4())));
  }

  @GET
  @Produces(Answers.CSV)
  public Uni<String> table(@Context UriInfo uri) {
    return report(uri).map(ReportCsv::of);
  }

  /** The month of the last day asked about, or of today, and the one before. */
  private Uni<Growth> growth(Question asked) {
    var to = asked.to();
    var last = to == null ? LocalDate.ofInstant(answers.now(), asked.zone()) : to.minusDays(1);
    var month = last.withDayOfMonth(1);
    var months =
        new Question(
            Basis.PERIOD,
            asked.passes(),
            month.minusMonths(1),
            to == null ? month.plusMonths(1) : to,
            asked.zone(),
            null,
            asked.by(),
            Period.MONTH,
            asked.only());
    var name = month.toString().substring(0, "2026-03".length());
    return answers.report(months, STAGES).map(report -> growth(report, name));
  }

  private static Growth growth(Report report, String month) {
    var rows = new HashMap<List<@Nullable String>, Growth.Counted>();
    long before = 0;
    long current = 0;
    for (var row : report.rows()) {
      boolean now = month.equals(row.period());
      long mqls = row.counts().mqls(Basis.PERIOD);
      before += now ? 0 : mqls;
      current += now ? mqls : 0;
      rows.merge(
          row.key(),
          now ? new Growth.Counted(0, mqls) : new Growth.Counted(mqls, 0),
          (one, other) ->
              new Growth.Counted(one.last() + other.last(), one.current() + other.current()));
    }
    return new Growth(new Growth.Counted(before, current), rows);
  }

  /** Of each goal for revenue, what open deals may bring of what is still missing. */
  private Uni<List<ObjectNode>> coverage(Question asked) {
    var terms = answers.agreement().terms();
    var goals = new ArrayList<Goal>();
    terms.goals().forEach(goal -> collect(goal, goals));
    if (goals.isEmpty()) {
      return Uni.createFrom().item(List.of());
    }
    var open =
        answers
            .report(within(asked, null, null), OPEN_MONEY)
            .map(report -> Deals.of(report.total()))
            .memoize()
            .indefinitely();
    var reads = new ArrayList<Uni<ObjectNode>>();
    for (var goal : goals) {
      var currency = ReportingCurrency.in(Objects.requireNonNull(goal.currency()), terms);
      reads.add(
          Uni.combine()
              .all()
              .unis(open, answers.report(within(asked, goal.from(), goal.to()), MONEY))
              .asTuple()
              .map(
                  read ->
                      covered(
                          goal,
                          currency,
                          read.getItem2().total().tallied(Kind.REVENUE),
                          read.getItem1().expected(goal.from(), goal.to()))));
    }
    return Uni.combine()
        .all()
        .unis(reads)
        .with(told -> told.stream().map(ObjectNode.class::cast).toList());
  }

  private static void collect(Goal goal, List<Goal> into) {
    if (goal.metric().equals("revenue") && goal.currency() != null) {
      into.add(goal);
    }
    goal.children().forEach(child -> collect(child, into));
  }

  private static Question within(Question asked, @Nullable LocalDate from, @Nullable LocalDate to) {
    return new Question(
        Basis.PERIOD, asked.passes(), from, to, asked.zone(), null, List.of(), null, asked.only());
  }

  static ObjectNode covered(
      Goal goal,
      ReportingCurrency currency,
      Map<String, BigDecimal> won,
      Map<String, BigDecimal> expected) {
    var missing = goal.target().subtract(currency.sum(won));
    var open = currency.sum(expected);
    var node = JSON.objectNode();
    node.put("goal", goal.id());
    node.put("from", goal.from().toString());
    node.put("to", goal.to().toString());
    node.put("target", ReportJson.money(goal.target(), currency.currency()));
    node.set("won", currency.told(won));
    node.set("expected", currency.told(expected));
    node.put(
        "coverage",
        missing.signum() <= 0
            ? null
            : open.divide(missing, DIGITS_OF_A_SHARE, RoundingMode.HALF_EVEN).doubleValue());
    return node;
  }
}
