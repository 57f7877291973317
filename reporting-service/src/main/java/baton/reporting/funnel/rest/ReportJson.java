package baton.reporting.funnel.rest;

import baton.contracts.Json;
import baton.reporting.funnel.Basis;
import baton.reporting.funnel.Cohort;
import baton.reporting.funnel.Question;
import baton.reporting.funnel.Report;
import baton.reporting.money.Digits;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SortedSet;
import org.jspecify.annotations.Nullable;

/** What every report says alike: what was asked, until when it is complete, a row per key. */
final class ReportJson {
  static final JsonNodeFactory JSON = JsonNodeFactory.instance;

  private ReportJson() {}

  static ObjectNode of(Report report, Layout layout) {
    var question = report.question();
    var answer = head(report, layout.apart());
    var rows = answer.putArray("rows");
    for (var row : report.rows()) {
      for (var said : layout.rows(row, question)) {
        var node = JSON.objectNode();
        var key = key(node, by(question), values(question, row));
        layout.apart().forEach(name -> key.set(name, said.remove(name)));
        rows.add(node.setAll(said));
        if (question.basis() == Basis.COHORT) {
          layout.mark(node, Cohort.of(report, row.period()));
        }
      }
    }
    var total = layout.total(report.total(), question);
    if (question.basis() == Basis.COHORT) {
      layout.mark(total, Cohort.of(report, null));
    }
    answer.set("total", total);
    return answer;
  }

  /**
   * @param apart what rows are told apart by beside what was asked by
   */
  static ObjectNode head(Report report, List<String> apart) {
    var by = new ArrayList<>(by(report.question()));
    by.addAll(apart);
    return head(report.question(), report.completeTo(), report.charters(), by);
  }

  static ObjectNode head(
      Question question,
      @Nullable Instant completeTo,
      SortedSet<Integer> charters,
      List<String> by) {
    var answer = JSON.objectNode();
    answer.put("basis", question.basis().word());
    answer.put("passes", question.passes().name().toLowerCase(Locale.ROOT));
    answer.put("zone", question.zone().getId());
    answer.put("from", question.from() == null ? null : question.from().toString());
    answer.put("to", question.to() == null ? null : question.to().toString());
    if (question.withinDays() != null) {
      answer.put("withinDays", question.withinDays());
    }
    answer.put("completeTo", completeTo == null ? null : Json.text(completeTo));
    charters.forEach(answer.putArray("charters")::add);
    by.forEach(answer.putArray("by")::add);
    return answer;
  }

  /** What rows are told apart by, time first. */
  static List<String> by(Question question) {
    var by = new ArrayList<String>();
    if (question.period() != null) {
      by.add(question.period().word());
    }
    question.by().forEach(dimension -> by.add(dimension.word()));
    return by;
  }

  static List<@Nullable String> values(Question question, Report.Row row) {
    var values = new ArrayList<@Nullable String>();
    if (question.period() != null) {
      values.add(row.period());
    }
    values.addAll(row.key());
    return values;
  }

  /** What tells a row apart, by name. */
  static ObjectNode key(ObjectNode row, List<String> names, List<@Nullable String> values) {
    var key = row.putObject("key");
    for (int i = 0; i < names.size(); i++) {
      key.put(names.get(i), values.get(i));
    }
    return key;
  }

  static @Nullable Double ratio(long count, long of) {
    return of == 0 ? null : (double) count / of;
  }

  /** A list of amounts, one of each currency. */
  static void money(ObjectNode node, String name, Map<String, BigDecimal> amounts) {
    var list = node.putArray(name);
    amounts.forEach(
        (currency, amount) ->
            list.addObject().put("amount", money(amount, currency)).put("currency", currency));
  }

  /** With the digits that the currency has, and more only if the amount does. */
  static String money(BigDecimal amount, String currency) {
    var plain = amount.stripTrailingZeros();
    int digits = Digits.of(currency);
    return (plain.scale() < digits ? plain.setScale(digits, RoundingMode.UNNECESSARY) : plain)
        .toPlainString();
  }

  /** How often each word was said, the empty one as null. */
  static void counts(
      ObjectNode node, String name, String word, Map<String, ? extends Number> counts) {
    var list = node.putArray(name);
    counts.forEach(
        (said, count) ->
            list.addObject()
                .put(word, said.isEmpty() ? null : said)
                .put("count", count.longValue()));
  }

  static @Nullable String text(JsonNode node) {
    return node.isNull() || node.isMissingNode() ? null : node.asText();
  }
}
