package baton.reporting.funnel.rest;

import static baton.reporting.funnel.rest.ReportJson.JSON;

import baton.contracts.Json;
import baton.contracts.Side;
import baton.reporting.goal.Progress;
import baton.reporting.goal.Standing;
import baton.reporting.goal.Standing.Branch;
import baton.reporting.goal.Standing.Placed;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigDecimal;
import java.math.MathContext;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The goals as a tree, and as a table in which each names its parent. */
final class GoalTable {
  private static final List<String> COLUMNS =
      List.of(
          "goal",
          "parent",
          "metric",
          "owners",
          "from",
          "to",
          "currency",
          "target",
          "actual",
          "attained",
          "pacing",
          "forecast",
          "outlook",
          "immature",
          "asOf",
          "completeTo");

  private GoalTable() {}

  static ObjectNode json(Standing standing) {
    var answer = JSON.objectNode();
    answer.put("zone", standing.zone().getId());
    answer.put("asOf", Json.text(standing.asOf()));
    answer.put("completeTo", text(standing.completeTo()));
    answer.putArray("charters").add(standing.charterVersion());
    say(standing.goals(), answer.putArray("goals"));
    return answer;
  }

  private static void say(List<Branch> goals, ArrayNode into) {
    for (var each : goals) {
      var progress = each.progress();
      var goal = progress.goal();
      var said = into.addObject();
      said.put("id", goal.id());
      said.put("metric", goal.metric());
      var owners = said.putArray("owners");
      goal.owners().forEach(owner -> owners.add(owner.word()));
      said.put("from", goal.from().toString());
      said.put("to", goal.to().toString());
      put(said, "target", goal.target(), progress);
      put(said, "actual", progress.actual().value(), progress);
      ReportJson.money(said, "apart", progress.actual().apart().amounts());
      said.put("attained", number(progress.attained()));
      said.put("daysGone", number(progress.gone()));
      said.put("pacing", number(progress.pacing()));
      put(said, "forecast", progress.forecast(), progress);
      said.put("outlook", progress.outlook().word());
      said.put("immature", progress.actual().immature());
      say(each.children(), said.putArray("children"));
    }
  }

  /** Money as money, everything else as a number. */
  private static void put(
      ObjectNode said, String name, @Nullable BigDecimal value, Progress progress) {
    var currency = progress.goal().currency();
    if (value == null) {
      said.putNull(name);
    } else if (currency == null) {
      said.put(name, plain(value));
    } else {
      said.putObject(name)
          .put("amount", ReportJson.money(value, currency.getCurrencyCode()))
          .put("currency", currency.getCurrencyCode());
    }
  }

  static String csv(Standing standing) {
    var lines = new ArrayList<List<String>>();
    lines.add(COLUMNS.stream().map(Csv::text).toList());
    standing.placed().forEach(placed -> lines.add(line(placed, standing)));
    return Csv.of(lines);
  }

  private static List<String> line(Placed placed, Standing standing) {
    var progress = placed.progress();
    var goal = progress.goal();
    var currency = goal.currency();
    return Stream.of(
            Csv.text(goal.id()),
            Csv.text(placed.parent()),
            Csv.text(goal.metric()),
            Csv.text(goal.owners().stream().map(Side::word).collect(Collectors.joining(" "))),
            goal.from().toString(),
            goal.to().toString(),
            Csv.text(currency == null ? null : currency.getCurrencyCode()),
            figure(goal.target()),
            figure(progress.actual().value()),
            figure(progress.attained()),
            figure(progress.pacing()),
            figure(progress.forecast()),
            Csv.text(progress.outlook().word()),
            Boolean.toString(progress.actual().immature()),
            Json.text(standing.asOf()),
            text(standing.completeTo()) == null ? "" : String.valueOf(text(standing.completeTo())))
        .toList();
  }

  private static String figure(@Nullable BigDecimal value) {
    return value == null ? "" : plain(value).toPlainString();
  }

  private static BigDecimal plain(BigDecimal value) {
    var plain = value.round(MathContext.DECIMAL64).stripTrailingZeros();
    return plain.scale() < 0 ? plain.setScale(0) : plain;
  }

  private static @Nullable Double number(@Nullable BigDecimal value) {
    return value == null ? null : value.doubleValue();
  }

  private static @Nullable String text(@Nullable Instant instant) {
    return instant == null ? null : Json.text(instant);
  }
}
