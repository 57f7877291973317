package baton.reporting.funnel.rest;

import static baton.reporting.funnel.rest.ReportJson.JSON;

import baton.reporting.attribution.Credits;
import baton.reporting.attribution.Key;
import baton.reporting.funnel.Basis;
import baton.reporting.funnel.Counts;
import baton.reporting.funnel.Numbers;
import baton.reporting.funnel.Part.Kind;
import baton.reporting.funnel.Question;
import baton.reporting.funnel.Report;
import baton.reporting.journey.Stage;
import baton.reporting.money.Purse;
import baton.reporting.money.Rates;
import baton.reporting.spend.Cost;
import baton.reporting.spend.Roi;
import baton.reporting.spend.Roi.Reached;
import baton.reporting.spend.Spending;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What was spent beside what came of it: a line per key of either. */
record RoiTable(Report report, List<Line> lines, Roi total) {
  static final Numbers NUMBERS = new Numbers(true, Set.of(Kind.SOURCED), Set.of(), false);

  /** What came of one key's spend; time stands first in the key. */
  record Line(Key key, Roi roi) {}

  /**
   * @param credits to whom revenue is credited; null for the touch that created the lead
   */
  static RoiTable of(Report report, List<Spending.Sum> spent, @Nullable Credits credits) {
    var question = report.question();
    var sums = new HashMap<Key, Roi>();
    for (var row : report.rows()) {
      sums.merge(new Key(ReportJson.values(question, row)), came(row.counts(), credits), Roi::plus);
    }
    if (credits != null && !question.by().isEmpty()) {
      for (var row : credits.rows()) {
        sums.merge(row.key(), credited(row), Roi::plus);
      }
    }
    for (var sum : spent) {
      sums.merge(key(question, sum), cost(sum), Roi::plus);
    }
    var lines = new ArrayList<Line>();
    for (var sum : sums.entrySet()) {
      if (!sum.getValue().isNothing()) {
        lines.add(new Line(sum.getKey(), sum.getValue()));
      }
    }
    lines.sort(Comparator.comparing(Line::key));
    return new RoiTable(
        report,
        lines,
        Stream.concat(
                spent.stream().map(RoiTable::cost),
                Stream.ofNullable(credits).map(all -> credited(all.total())))
            .reduce(came(report.total(), credits), Roi::plus));
  }

  private static Roi credited(Credits.Row row) {
    return new Roi(Purse.EMPTY, Roi.NONE.reached(), Purse.of(row.revenue()));
  }

  private static Key key(Question question, Spending.Sum sum) {
    var key = new ArrayList<@Nullable String>();
    var period = question.period();
    var start = sum.start();
    if (period != null && start != null) {
      key.add(period.name(start));
    }
    key.addAll(sum.key());
    return new Key(key);
  }

  private static Roi cost(Spending.Sum sum) {
    return new Roi(Purse.of(Map.of(sum.currency(), sum.amount())), Roi.NONE.reached(), Purse.EMPTY);
  }

  private static Roi came(Counts counts, @Nullable Credits credits) {
    return new Roi(
        Purse.EMPTY,
        new Reached(
            counts.reached(Stage.CAPTURED, Basis.PERIOD),
            counts.mqls(Basis.PERIOD),
            counts.reached(Stage.SQL, Basis.PERIOD),
            counts.reached(Stage.WON, Basis.PERIOD)),
        credits == null ? Purse.of(counts.tallied(Kind.SOURCED)) : Purse.EMPTY);
  }

  ObjectNode json(String model, Cost cost, Rates rates) {
    var answer = ReportJson.head(report, List.of());
    answer.put("model", model);
    answer.put("cost", cost.word());
    answer.put("reportingCurrency", rates.reporting());
    answer.put("ratesOfCharter", rates.charterVersion());
    var worth = answer.putObject("rates");
    rates.worth().forEach((currency, rate) -> worth.put(currency, rate.toPlainString()));
    var rows = answer.putArray("rows");
    var names = ReportJson.by(report.question());
    for (var line : lines) {
      var row = rows.addObject();
      ReportJson.key(row, names, line.key().values());
      row.setAll(say(line.roi(), rates));
    }
    answer.set("total", say(total, rates));
    return answer;
  }

  private static ObjectNode say(Roi roi, Rates rates) {
    var said = JSON.objectNode();
    var reached = roi.reached();
    ReportJson.money(said, "spend", roi.spend().amounts());
    said.put("leads", reached.leads());
    said.put("mqls", reached.mqls());
    said.put("sqls", reached.sqls());
    said.put("customers", reached.customers());
    counts(reached)
        .forEach(
            (name, count) -> {
              if (count == 0) {
                said.putNull(name);
              } else {
                ReportJson.money(said, name, roi.costPer(count).amounts());
              }
            });
    ReportJson.money(said, "revenue", roi.revenue().amounts());
    var returns = said.putArray("roi");
    roi.returns()
        .forEach(
            (currency, returned) ->
                returns.addObject().put("currency", currency).put("roi", number(returned)));
    var one = roi.in(rates);
    var currency = rates.reporting();
    if (one != null && currency != null) {
      inOne(said.putObject("inReportingCurrency"), one, roi, rates, currency);
    }
    return said;
  }

  private static void inOne(ObjectNode said, Roi one, Roi roi, Rates rates, String currency) {
    said.put("currency", currency);
    said.put("spend", ReportJson.money(one.spend().in(currency), currency));
    counts(one.reached())
        .forEach(
            (name, count) ->
                said.put(
                    name,
                    count == 0
                        ? null
                        : ReportJson.money(one.costPer(count).in(currency), currency)));
    said.put("revenue", ReportJson.money(one.revenue().in(currency), currency));
    said.put("roi", number(one.returned(currency)));
    var spend = rates.total(roi.spend());
    var revenue = rates.total(roi.revenue());
    ReportJson.money(said, "spendApart", spend == null ? new TreeMap<>() : spend.apart().amounts());
    ReportJson.money(
        said, "revenueApart", revenue == null ? new TreeMap<>() : revenue.apart().amounts());
  }

  /** What costs are told of, in order. */
  private static Map<String, Long> counts(Reached reached) {
    var counts = new java.util.LinkedHashMap<String, Long>();
    counts.put("costPerLead", reached.leads());
    counts.put("costPerMql", reached.mqls());
    counts.put("costPerSql", reached.sqls());
    counts.put("costPerCustomer", reached.customers());
    return counts;
  }

  private static @Nullable Double number(@Nullable BigDecimal exact) {
    return exact == null ? null : exact.doubleValue();
  }
}
