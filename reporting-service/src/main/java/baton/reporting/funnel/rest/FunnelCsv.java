package baton.reporting.funnel.rest;

import baton.contracts.Json;
import baton.reporting.funnel.Counts;
import baton.reporting.funnel.Funnel;
import baton.reporting.funnel.Part.Kind;
import baton.reporting.journey.Ending;
import baton.reporting.journey.How;
import baton.reporting.journey.Stage;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A line per row and one for all, safe to open in a spreadsheet: text that one would take for a
 * formula gets an apostrophe.
 */
final class FunnelCsv {
  private static final String FORMULAS = "=+-@\t\r\n\0＝＋－＠";

  private FunnelCsv() {}

  static String of(Funnel funnel) {
    var question = funnel.question();
    var by = FunnelJson.by(question);
    var currencies = new TreeSet<>(funnel.total().tallied(Kind.REVENUE).keySet());
    funnel.rows().forEach(row -> currencies.addAll(row.counts().tallied(Kind.REVENUE).keySet()));
    var lines = new ArrayList<List<String>>();
    lines.add(header(by, currencies));
    for (var row : funnel.rows()) {
      var line = new ArrayList<String>();
      FunnelJson.values(question, row).forEach(value -> line.add(text(value)));
      lines.add(counts(line, row.counts(), funnel, currencies));
    }
    var total = new ArrayList<String>();
    for (int i = 0; i < by.size(); i++) {
      total.add(text(i == 0 ? "(total)" : null));
    }
    lines.add(counts(total, funnel.total(), funnel, currencies));
    return lines.stream()
        .map(line -> String.join(",", line))
        .collect(Collectors.joining("\r\n", "", "\r\n"));
  }

  private static List<String> header(List<String> by, TreeSet<String> currencies) {
    var header = new ArrayList<String>();
    by.forEach(name -> header.add(text(name)));
    for (var stage : Stage.values()) {
      header.add(text(stage.word()));
      if (stage != Stage.CAPTURED) {
        header.add(text(stage.word() + "Inferred"));
        if (stage == Stage.SAL) {
          header.add(text("salDeemed"));
        }
        header.add(text(stage.word() + "FromPrevious"));
        header.add(text(stage.word() + "FromFirst"));
      }
    }
    currencies.forEach(currency -> header.add(text("revenue" + currency)));
    for (var ending : Ending.values()) {
      header.add(text("ended" + capital(ending.word())));
    }
    header.add(text("endedOpen"));
    header.add(text("completeTo"));
    return header;
  }

  private static List<String> counts(
      List<String> line, Counts counts, Funnel funnel, TreeSet<String> currencies) {
    var basis = funnel.question().basis();
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
        line.add(number(FunnelJson.ratio(count, previous)));
        line.add(number(FunnelJson.ratio(count, first)));
      }
      previous = count;
    }
    var revenue = counts.tallied(Kind.REVENUE);
    for (var currency : currencies) {
      var amount = revenue.get(currency);
      line.add(amount == null ? "" : FunnelJson.money(amount, currency));
    }
    for (var ending : Ending.values()) {
      line.add(Long.toString(counts.now(ending)));
    }
    line.add(Long.toString(counts.now(null)));
    line.add(funnel.completeTo() == null ? "" : Json.text(funnel.completeTo()));
    return line;
  }

  private static String number(@Nullable Double ratio) {
    return ratio == null ? "" : ratio.toString();
  }

  /** Absent is empty, and empty is quoted. */
  static String text(@Nullable String value) {
    if (value == null) {
      return "";
    }
    var safe = !value.isEmpty() && FORMULAS.indexOf(value.charAt(0)) >= 0 ? "'" + value : value;
    return "\"" + safe.replace("\"", "\"\"") + "\"";
  }

  private static String capital(String word) {
    return Character.toUpperCase(word.charAt(0)) + word.substring(1);
  }
}
