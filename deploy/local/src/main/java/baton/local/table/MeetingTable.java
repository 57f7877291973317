package baton.local.table;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/** What {@code GET /meetings/{week}} answers, table by table. */
public final class MeetingTable {
  private static final String NOTHING = "–";

  private final StringBuilder text = new StringBuilder();

  private MeetingTable() {}

  /**
   * @param proposed versions of the charter that wait for signatures
   */
  public static String of(JsonNode agenda, List<Integer> proposed) {
    var table = new MeetingTable();
    table.write(agenda, proposed);
    return table.text.toString();
  }

  private void write(JsonNode agenda, List<Integer> proposed) {
    line(
        "Marketing and sales, week %s: %s to %s (%s)%s",
        agenda.path("week").asText(),
        agenda.path("from").asText(),
        LocalDate.parse(agenda.path("to").asText()).minusDays(1),
        agenda.path("zone").asText(),
        agenda.path("over").asBoolean() ? "" : ", not over yet");
    section(
        3,
        List.of("", "number", "why it moved", "last week", "this week"),
        agenda.path("moved"),
        each ->
            List.of(
                each.path("side").asText(),
                each.path("says").asText(),
                words(each.path("because"), ""),
                value(each.path("lastWeek"), each.path("unit").asText()),
                value(each.path("thisWeek"), each.path("unit").asText())));
    var goals = JsonNodeFactory.instance.arrayNode();
    flatten(agenda.path("goals"), goals::add);
    section(
        4,
        List.of("goal", "owned by", "until", "outlook", "target", "actual", "pacing %", "forecast"),
        goals,
        each ->
            List.of(
                each.path("id").asText(),
                words(each.path("owners"), NOTHING),
                each.path("to").asText(),
                each.path("outlook").asText(),
                amount(each.path("target")),
                amount(each.path("actual")),
                Cells.percent(each.path("pacing")),
                amount(each.path("forecast"))));
    section(
        2,
        List.of("clause", "owed by", "met", "breached", "excused", "open", "kept %"),
        agenda.path("promises"),
        each ->
            List.of(
                each.path("key").path("clause").asText(),
                each.path("owedBy").asText(),
                Cells.count(each.path("met")),
                Cells.count(each.path("breached")),
                Cells.count(each.path("excused")),
                Cells.count(each.path("open")),
                Cells.percent(each.path("attainment"))));
    section(
        3,
        List.of("disputes about", "owed by", "state", "breaches"),
        agenda.path("disputes"),
        each ->
            List.of(
                each.path("clause").asText(),
                each.path("owedBy").asText(),
                each.path("state").asText(),
                Cells.count(each.path("count"))));
    section(
        2,
        List.of("campaign", "rejected for", "rejected", "of decided %"),
        agenda.path("rejections"),
        each ->
            List.of(
                name(each.path("campaign")),
                stream(each.path("reasons"))
                    .map(reason -> name(reason.path("reason")) + " " + reason.path("count"))
                    .collect(Collectors.joining(", ")),
                Cells.count(each.path("count")),
                Cells.percent(each.path("rate"))));
    section(
        2,
        List.of("objection", "material", "this week", "last week"),
        agenda.path("objections"),
        each ->
            List.of(
                each.path("objection").asText(),
                each.path("covered").asBoolean()
                    ? "there"
                    : each.path("requested").asLong() > 0 ? "asked for" : "missing",
                Cells.count(each.path("thisWeek")),
                Cells.count(each.path("lastWeek"))));
    section(
        4,
        List.of("restated", "day", "of", "by", "was", "is"),
        agenda.path("restated").path("latest"),
        each ->
            List.of(
                Stream.concat(
                        Stream.of(each.path("number").path("metric").asText()),
                        stream(each.path("number").path("of")).map(JsonNode::asText))
                    .collect(Collectors.joining(" ")),
                each.path("number").path("day").asText(),
                stream(each.path("number").path("key"))
                    .filter(JsonNode::isTextual)
                    .map(JsonNode::asText)
                    .collect(Collectors.joining(", ")),
                each.path("by").isObject()
                    ? each.path("by").path("type").asText()
                    : each.path("leads") + " leads",
                amount(each.path("from")),
                amount(each.path("to"))));
    long others =
        agenda.path("restated").path("count").asLong()
            - agenda.path("restated").path("latest").size();
    if (others > 0) {
      line("and %,d others: GET /restatements", others);
    }
    section(
        2,
        List.of("charter", "in force from"),
        agenda.path("amendments"),
        each ->
            List.of(
                "version " + each.path("version").asInt(), each.path("effectiveFrom").asText()));
    if (!proposed.isEmpty()) {
      line("");
    }
    proposed.forEach(
        version ->
            line(
                "Version %d of the charter is proposed: ./baton charter diff %d, ./baton meeting --what-if",
                version, version));
    section(
        4,
        List.of("decided", "who", "due", "state"),
        agenda.path("decisions"),
        each ->
            List.of(
                each.path("text").asText(),
                each.path("owner").asText(),
                each.path("due").asText(),
                each.path("state").asText()));
    line("");
    line(
        "marketing: %s   sales: %s",
        words(agenda.path("attendance").path("marketing"), "nobody noted"),
        words(agenda.path("attendance").path("sales"), "nobody noted"));
    line("complete to %s", agenda.path("completeTo").asText());
  }

  /** One table; none where there is nothing to say. */
  private void section(
      int leftColumns, List<String> header, JsonNode rows, Function<JsonNode, List<String>> cells) {
    if (!rows.isEmpty()) {
      var table = new Table(leftColumns, header);
      rows.forEach(row -> table.row(cells.apply(row)));
      text.append('\n').append(table.text());
    }
  }

  private void line(String format, Object... words) {
    text.append(String.format(Locale.ROOT, format, words)).append('\n');
  }

  private static void flatten(JsonNode goals, Consumer<JsonNode> into) {
    for (var goal : goals) {
      into.accept(goal);
      flatten(goal.path("children"), into);
    }
  }

  private static String value(JsonNode value, String unit) {
    return switch (unit) {
      case "share" -> value.isNumber() ? Cells.percent(value) + " %" : NOTHING;
      case "duration" -> Cells.time(value);
      case "per-pass" ->
          value.isNumber() ? String.format(Locale.ROOT, "%.2f", value.asDouble()) : NOTHING;
      default -> amount(value);
    };
  }

  /** Money, a count, or a share as it is. */
  private static String amount(JsonNode value) {
    if (value.isObject()) {
      return Cells.money(JsonNodeFactory.instance.arrayNode().add(value));
    }
    return value.isNumber() && !value.isIntegralNumber() ? value.asText() : Cells.count(value);
  }

  private static String name(JsonNode value) {
    return value.isTextual() ? value.asText() : "(none)";
  }

  private static String words(JsonNode nodes, String otherwise) {
    var words = new ArrayList<String>();
    nodes.forEach(node -> words.add(node.asText()));
    return words.isEmpty() ? otherwise : String.join(", ", words);
  }

  private static Stream<JsonNode> stream(JsonNode nodes) {
    return StreamSupport.stream(nodes.spliterator(), false);
  }
}
