package baton.reporting.funnel.rest;

import baton.contracts.Json;
import baton.reporting.funnel.Basis;
import baton.reporting.funnel.Cohort;
import baton.reporting.funnel.Counts;
import baton.reporting.funnel.Part.Kind;
import baton.reporting.funnel.Report;
import baton.reporting.journey.Ending;
import baton.reporting.journey.How;
import baton.reporting.journey.Stage;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** The funnel as a table, its columns named as people know them. */
final class FunnelCsv {
  private FunnelCsv() {}

  static String of(Report report) {
    var question = report.question();
    var by = ReportJson.by(question);
    var currencies = new TreeSet<>(report.total().tallied(Kind.REVENUE).keySet());
    report.rows().forEach(row -> currencies.addAll(row.counts().tallied(Kind.REVENUE).keySet()));
    var lines = new ArrayList<List<String>>();
    boolean cohorts = question.basis() == Basis.COHORT;
    lines.add(header(by, currencies, cohorts));
    for (var row : report.rows()) {
      var line = new ArrayList<String>();
      ReportJson.values(question, row).forEach(value -> line.add(Csv.text(value)));
      lines.add(
          counts(
              line,
              row.counts(),
              report,
              currencies,
              cohorts ? Cohort.of(report, row.period()) : null));
    }
    var total = new ArrayList<String>();
    for (int i = 0; i < by.size(); i++) {
      total.add(Csv.text(i == 0 ? "(total)" : null));
    }
    lines.add(
        counts(
            total, report.total(), report, currencies, cohorts ? Cohort.of(report, null) : null));
    return Csv.of(lines);
  }

  private static List<String> header(List<String> by, TreeSet<String> currencies, boolean cohorts) {
    var header = new ArrayList<String>();
    by.forEach(name -> header.add(Csv.text(name)));
    for (var stage : Stage.values()) {
      header.add(Csv.text(stage.word()));
      if (stage != Stage.CAPTURED) {
        header.add(Csv.text(stage.word() + "Inferred"));
        if (stage == Stage.SAL) {
          header.add(Csv.text("salDeemed"));
        }
        header.add(Csv.text(stage.word() + "FromPrevious"));
        header.add(Csv.text(stage.word() + "FromFirst"));
        if (cohorts) {
          header.add(Csv.text(stage.word() + "Immature"));
        }
      }
    }
    currencies.forEach(currency -> header.add(Csv.text("revenue" + currency)));
    for (var ending : Ending.values()) {
      header.add(Csv.text("ended" + Csv.capital(ending.word())));
    }
    header.add(Csv.text("endedOpen"));
    if (cohorts) {
      header.add(Csv.text("immature"));
    }
    header.add(Csv.text("completeTo"));
    return header;
  }

  private static List<String> counts(
      List<String> line,
      Counts counts,
      Report report,
      TreeSet<String> currencies,
      @Nullable Cohort cohort) {
    var basis = report.question().basis();
    long first = counts.reached(Stage.CAPTURED, basis);
    long previous = first;
    for (var stage : Stage.values()) {
      long count = counts.reached(stage, basis);
      line.add(Long.toString(count));
      if (stage != Stage.CAPTURED) {
        line.add(Long.toString(counts.reached(stage, How.INFERRED, basis)));
        if (stage == Stage.SAL) {
          line.add(Long.toString(counts.reached(stage, How.DEEMED, basis)));
        }
        line.add(number(ReportJson.ratio(count, previous)));
        line.add(number(ReportJson.ratio(count, first)));
        if (cohort != null) {
          line.add(Boolean.toString(cohort.immature(stage)));
        }
      }
      previous = count;
    }
    var revenue = counts.tallied(Kind.REVENUE);
    for (var currency : currencies) {
      var amount = revenue.get(currency);
      line.add(amount == null ? "" : ReportJson.money(amount, currency));
    }
    for (var ending : Ending.values()) {
      line.add(Long.toString(counts.now(ending)));
    }
    line.add(Long.toString(counts.now(null)));
    if (cohort != null) {
      line.add(Boolean.toString(cohort.immature()));
    }
    line.add(report.completeTo() == null ? "" : Json.text(report.completeTo()));
    return line;
  }

  private static String number(@Nullable Double ratio) {
    return ratio == null ? "" : ratio.toString();
  }
}
