package baton.reporting.funnel.rest;

import static baton.reporting.funnel.rest.ReportJson.JSON;
import static baton.reporting.funnel.rest.ReportJson.ratio;

import baton.contracts.Side;
import baton.reporting.funnel.Answered;
import baton.reporting.funnel.Basis;
import baton.reporting.funnel.Counts;
import baton.reporting.funnel.Deals;
import baton.reporting.funnel.Durations;
import baton.reporting.funnel.Leakage;
import baton.reporting.funnel.Matter;
import baton.reporting.funnel.Numbers;
import baton.reporting.funnel.Pace;
import baton.reporting.funnel.Part.Kind;
import baton.reporting.funnel.Promises;
import baton.reporting.funnel.Question;
import baton.reporting.funnel.Report;
import baton.reporting.funnel.Term;
import baton.reporting.journey.Ending;
import baton.reporting.journey.Stage;
import baton.reporting.money.Rates;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Every number that has no report of its own: marketing's, sales', and those of both.
 *
 * @param now what is open and was due before has been broken
 * @param owes what a clause promises, in the charter's word; null if no charter has it
 * @param inOne adds up currencies, if the charter names one for that
 * @param growth how many MQLs there were last month and this one, all together and by key
 * @param coverage what open deals cover of each goal for revenue
 * @param ofNoLead promises about periods and requests
 */
record ScorecardLayout(
    Instant now,
    Function<String, @Nullable String> owes,
    @Nullable ReportingCurrency inOne,
    Growth growth,
    List<ObjectNode> coverage,
    List<OfNoLead> ofNoLead)
    implements Layout {
  static final Numbers NUMBERS =
      new Numbers(
          true,
          Set.of(Kind.REVENUE, Kind.LOST_VALUE, Kind.PIPELINE),
          Set.of(
              Matter.PASS,
              Matter.DECISION,
              Matter.END,
              Matter.PROMISE,
              Matter.OPEN_PROMISE,
              Matter.DEAL,
              Matter.OPEN_DEAL),
          true);

  private static final double MILLIS_A_DAY = 86_400_000;

  /** MQLs of two months. */
  record Growth(Counted total, Map<List<@Nullable String>, Counted> rows) {
    /** One month's, and those of the one before. */
    record Counted(long last, long current) {
      /** In per cent; null where there was nothing to grow from. */
      @Nullable Double rate() {
        return last == 0 ? null : (current - last) * 100.0 / last;
      }
    }

    private static final Counted NONE = new Counted(0, 0);

    Counted of(List<@Nullable String> key) {
      return rows.getOrDefault(key, NONE);
    }
  }

  @Override
  public Numbers numbers() {
    return NUMBERS;
  }

  @Override
  public List<ObjectNode> rows(Report.Row row, Question question) {
    var period = row.period();
    return List.of(
        card(
            row.counts(),
            question,
            period == null ? growth.of(row.key()) : null,
            ofNoLead.stream().filter(each -> Objects.equals(period, each.period())).toList()));
  }

  @Override
  public ObjectNode total(Counts counts, Question question) {
    var card = card(counts, question, growth.total(), ofNoLead);
    var covered = ((ObjectNode) card.path("both")).putArray("coverage");
    coverage.forEach(covered::add);
    return card;
  }

  private ObjectNode card(
      Counts counts, Question question, Growth.@Nullable Counted months, List<OfNoLead> others) {
    var card = JSON.objectNode();
    var marketing = card.putObject("marketing");
    marketing(marketing, counts, question, months);
    SlaLayout.counts(
        marketing.putObject("promises"), OfNoLead.owedBy(Side.MARKETING, counts, now, others));
    var paces = Pace.of(counts);
    var sales = card.putObject("sales");
    sales(sales, counts, paces);
    SlaLayout.counts(sales.putObject("promises"), OfNoLead.owedBy(Side.SALES, counts, now, others));
    both(card.putObject("both"), counts, paces, question);
    return card;
  }

  private void marketing(
      ObjectNode node, Counts counts, Question question, Growth.@Nullable Counted months) {
    node.put("mqls", counts.mqls(question.basis()));
    node.put("leadVelocityRate", months == null ? null : months.rate());
    var answered = Answered.of(counts);
    node.putObject("acceptance")
        .put("accepted", answered.accepted())
        .put("decided", answered.decided())
        .put("rate", ratio(answered.accepted(), answered.decided()))
        .put("deemed", answered.deemed())
        .put("open", answered.open());
    QualityLayout.rejected(node, answered);
    var passes = terms(counts, "number");
    long again = sum(passes, "again", null);
    long verified = sum(passes, "again", "sql");
    node.putObject("reMqlYield")
        .put("again", again)
        .put("sql", verified)
        .put("rate", ratio(verified, again));
  }

  private void sales(ObjectNode node, Counts counts, Map<Pace, Durations> paces) {
    node.set(
        "timeToAssign", VelocityLayout.spread(Objects.requireNonNull(paces.get(Pace.ASSIGNMENT))));
    var hops = terms(counts, "hops");
    long offered = hops.values().stream().mapToLong(Long::longValue).sum();
    long hopped =
        hops.entrySet().stream()
            .mapToLong(hop -> Long.parseLong(hop.getKey().get(1)) * hop.getValue())
            .sum();
    node.putObject("ownerHops")
        .put("hops", hopped)
        .put("offered", offered)
        .put("perPass", ratio(hopped, offered));
    long ignored = terms(counts, "ignored").values().stream().mapToLong(Long::longValue).sum();
    node.putObject("ignored")
        .put("count", ignored)
        .put("offered", offered)
        .put("rate", ratio(ignored, offered));
    SlaLayout.counts(node.putObject("attemptsCompliance"), owing(counts, "attempts"));
    SlaLayout.counts(node.putObject("feedbackCompleteness"), owing(counts, "feedback"));
    var ends = counts.noted(Matter.END);
    long returned = ends.getOrDefault(Ending.RETURNED.word(), 0L);
    long ended = ends.values().stream().mapToLong(Long::longValue).sum();
    node.putObject("recycle")
        .put("returned", returned)
        .put("ended", ended)
        .put("rate", ratio(returned, ended));
  }

  private void both(ObjectNode node, Counts counts, Map<Pace, Durations> paces, Question question) {
    long captured = counts.reached(Stage.CAPTURED, question.basis());
    long won = counts.reached(Stage.WON, question.basis());
    node.putObject("leadToCustomer")
        .put("won", won)
        .put("captured", captured)
        .put("rate", question.basis() == Basis.COHORT ? ratio(won, captured) : null);
    var deals = Deals.of(counts);
    winRate(node.putObject("winRate"), deals);
    var cycle = Objects.requireNonNull(paces.get(Pace.CAPTURED_TO_WON));
    var fromCaptured = cycle.percentile(0.5);
    var fromSql = median(paces, Pace.SQL_TO_WON);
    node.putObject("cycle")
        .put("fromCaptured", VelocityLayout.text(fromCaptured))
        .put("fromSql", fromSql);
    ReportJson.money(node, "revenue", deals.revenue());
    if (inOne != null) {
      node.set("revenueInOne", inOne.told(deals.revenue()));
    }
    ReportJson.money(node, "meanDeal", each(deals.revenue(), deals::mean));
    velocity(
        node.putObject("pipelineVelocity"),
        deals,
        fromCaptured == null ? null : fromCaptured.toMillis() / MILLIS_A_DAY);
    var leakages = node.putArray("leakage");
    Leakage.of(counts).forEach(leakage -> leakages.add(leakage(leakage, deals)));
  }

  private static @Nullable String median(Map<Pace, Durations> paces, Pace pace) {
    return VelocityLayout.text(Objects.requireNonNull(paces.get(pace)).percentile(0.5));
  }

  private void winRate(ObjectNode node, Deals deals) {
    node.put("won", deals.won()).put("lost", deals.lost()).put("byCount", deals.winRate());
    var byValue = node.putArray("byValue");
    Stream.concat(deals.revenue().keySet().stream(), deals.lostValue().keySet().stream())
        .distinct()
        .sorted()
        .forEach(
            currency ->
                byValue.addObject().put("currency", currency).put("rate", deals.winRate(currency)));
    if (inOne != null) {
      var got = inOne.sum(deals.revenue());
      var all = got.add(inOne.sum(deals.lostValue()));
      node.put("byValueInOne", all.signum() == 0 ? null : got.doubleValue() / all.doubleValue());
    }
  }

  private void velocity(ObjectNode node, Deals deals, @Nullable Double cycleInDays) {
    var perDay = each(deals.openValued(), currency -> deals.velocity(currency, cycleInDays));
    node.put("open", deals.open());
    ReportJson.money(node, "perDay", perDay);
    if (inOne != null) {
      node.set("perDayInOne", inOne.told(perDay));
    }
  }

  private ObjectNode leakage(Leakage leakage, Deals deals) {
    var node = JSON.objectNode();
    node.put("tier", leakage.tier().isEmpty() ? null : leakage.tier());
    node.put("late", leakage.late());
    node.put("conversionLate", leakage.conversionLate());
    node.put("inTime", leakage.inTime());
    node.put("conversionInTime", leakage.conversionInTime());
    var difference = leakage.difference();
    var between = leakage.interval();
    node.put("difference", difference);
    node.put("low", between == null ? null : between.low());
    node.put("high", between == null ? null : between.high());
    if (difference != null && between != null) {
      cost(node, "cost", leakage, difference, deals);
      cost(node, "costLow", leakage, between.low(), deals);
      cost(node, "costHigh", leakage, between.high(), deals);
    }
    node.put("says", "correlation, not cause");
    return node;
  }

  private static void cost(
      ObjectNode node, String name, Leakage leakage, double difference, Deals deals) {
    var cost = leakage.cost(difference, deals);
    ReportJson.money(node, name, each(cost, cost::get));
  }

  /** What comes of each currency, rounded; those of which nothing does are left out. */
  private static Map<String, BigDecimal> each(
      Map<String, ?> currencies, Function<String, @Nullable BigDecimal> of) {
    var amounts = new TreeMap<String, BigDecimal>();
    for (var currency : currencies.keySet()) {
      var amount = of.apply(currency);
      if (amount != null) {
        amounts.put(currency, Rates.rounded(amount, currency));
      }
    }
    return amounts;
  }

  private Promises owing(Counts counts, String what) {
    return Promises.sum(counts, now, clause -> what.equals(owes.apply(clause.id())));
  }

  private static Map<List<String>, Long> terms(Counts counts, String about) {
    var terms = new HashMap<List<String>, Long>();
    counts
        .noted(Matter.PASS)
        .forEach(
            (term, count) -> {
              var words = Term.words(term);
              if (words.getFirst().equals(about)) {
                terms.put(words, count);
              }
            });
    return terms;
  }

  private static long sum(Map<List<String>, Long> terms, String second, @Nullable String third) {
    return terms.entrySet().stream()
        .filter(term -> term.getKey().get(1).equals(second))
        .filter(term -> third == null || term.getKey().get(2).equals(third))
        .mapToLong(Map.Entry::getValue)
        .sum();
  }
}
