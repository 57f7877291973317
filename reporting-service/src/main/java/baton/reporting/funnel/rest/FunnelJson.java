package baton.reporting.funnel.rest;

import baton.contracts.Json;
import baton.reporting.funnel.Counts;
import baton.reporting.funnel.Funnel;
import baton.reporting.funnel.Part.Kind;
import baton.reporting.funnel.Question;
import baton.reporting.journey.Ending;
import baton.reporting.journey.How;
import baton.reporting.journey.Stage;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.Currency;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The shape that scripts depend on. */
final class FunnelJson {
  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

  private FunnelJson() {}

  static ObjectNode of(Funnel funnel) {
    var question = funnel.question();
    var answer = JSON.objectNode();
    answer.put("basis", question.basis().word());
    answer.put("passes", question.passes().name().toLowerCase(Locale.ROOT));
    answer.put("zone", question.zone().getId());
    answer.put("from", question.from() == null ? null : question.from().toString());
    answer.put("to", question.to() == null ? null : question.to().toString());
    if (question.withinDays() != null) {
      answer.put("withinDays", question.withinDays());
    }
    answer.put("completeTo", funnel.completeTo() == null ? null : Json.text(funnel.completeTo()));
    funnel.charters().forEach(answer.putArray("charters")::add);
    by(question).forEach(answer.putArray("by")::add);
    var rows = answer.putArray("rows");
    for (var row : funnel.rows()) {
      var key = JSON.objectNode();
      var values = values(question, row);
      for (int i = 0; i < values.size(); i++) {
        key.put(by(question).get(i), values.get(i));
      }
      var node = JSON.objectNode();
      node.set("key", key);
      rows.add(counts(node, row.counts(), question));
    }
    answer.set("total", counts(JSON.objectNode(), funnel.total(), question));
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

  static List<@Nullable String> values(Question question, Funnel.Row row) {
    var values = new ArrayList<@Nullable String>();
    if (question.period() != null) {
      values.add(row.period());
    }
    values.addAll(row.key());
    return values;
  }

  private static ObjectNode counts(ObjectNode row, Counts counts, Question question) {
    var basis = question.basis();
    var stages = row.putObject("stages");
    long first = counts.reached(Stage.CAPTURED, basis);
    long previous = first;
    for (var stage : Stage.values()) {
      long count = counts.reached(stage, basis);
      var node = stages.putObject(stage.word());
      node.put("count", count);
      if (stage == Stage.CAPTURED) {
        long inferred = counts.reached(stage, How.INFERRED, basis);
        if (inferred != 0) {
          node.put("inferred", inferred);
        }
      } else {
        node.put("inferred", counts.reached(stage, How.INFERRED, basis));
        if (stage == Stage.SAL) {
          node.put("deemed", counts.reached(stage, How.DEEMED, basis));
        }
        node.put("fromPrevious", ratio(count, previous));
        node.put("fromFirst", ratio(count, first));
      }
      if (stage == Stage.WON) {
        var revenue = node.putArray("revenue");
        counts
            .tallied(Kind.REVENUE)
            .forEach(
                (currency, amount) ->
                    revenue
                        .addObject()
                        .put("amount", money(amount, currency))
                        .put("currency", currency));
      }
      previous = count;
    }
    var ended = row.putObject("ended");
    for (var ending : Ending.values()) {
      ended.put(ending.word(), counts.now(ending));
    }
    ended.put("open", counts.now(null));
    reasons(row, "rejected", counts.tallied(Kind.REJECTED));
    reasons(row, "returned", counts.tallied(Kind.RETURNED));
    return row;
  }

  private static void reasons(ObjectNode row, String name, Map<String, BigDecimal> reasons) {
    var node = row.putObject(name);
    node.put(
        "count", reasons.values().stream().reduce(BigDecimal.ZERO, BigDecimal::add).longValue());
    var list = node.putArray("reasons");
    reasons.forEach(
        (reason, count) ->
            list.addObject()
                .put("reason", reason.isEmpty() ? null : reason)
                .put("count", count.longValue()));
  }

  static @Nullable Double ratio(long count, long of) {
    return of == 0 ? null : (double) count / of;
  }

  /** With the digits that the currency has, and more only if the amount does. */
  static String money(BigDecimal amount, String currency) {
    var plain = amount.stripTrailingZeros();
    int digits = digits(currency);
    return (plain.scale() < digits ? plain.setScale(digits, RoundingMode.UNNECESSARY) : plain)
        .toPlainString();
  }

  private static int digits(String currency) {
    try {
      return Math.max(0, Currency.getInstance(currency).getDefaultFractionDigits());
    } catch (IllegalArgumentException unknown) {
      return 2;
    }
  }
}
