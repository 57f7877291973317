package baton.reporting.meeting.rest;

import baton.charter.print.Block;
import baton.charter.print.Block.Bullets;
import baton.charter.print.Block.Heading;
import baton.charter.print.Block.Paragraph;
import baton.charter.print.Block.Table;
import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/** An agenda as people read it on two pages. It says what the agenda says and computes nothing. */
final class Sheet {
  private static final String NOTHING = "–";
  private static final int MOST_RESTATED = 8;
  private static final int MOST_CHANGES = 6;
  private static final int MOST_OBJECTIONS = 8;

  private final JsonNode agenda;
  private final List<Block> blocks = new ArrayList<>();

  private Sheet(JsonNode agenda) {
    this.agenda = agenda;
  }

  static String title(JsonNode agenda) {
    return "Marketing and sales, week " + agenda.path("week").asText();
  }

  static List<Block> of(JsonNode agenda) {
    var sheet = new Sheet(agenda);
    sheet.write();
    return sheet.blocks;
  }

  private void write() {
    blocks.add(new Heading(1, title(agenda)));
    blocks.add(new Paragraph(head()));
    scorecard();
    goals();
    promises();
    rejections();
    objections();
    restated();
    amendments();
    decisions();
    attendance();
  }

  private String head() {
    var says = new ArrayList<String>();
    says.add(
        "%s to %s (%s)."
            .formatted(
                agenda.path("from").asText(),
                LocalDate.parse(agenda.path("to").asText()).minusDays(1),
                agenda.path("zone").asText()));
    if (!agenda.path("over").asBoolean()) {
      says.add("The week isn't over: its numbers still grow.");
    }
    var meeting = agenda.path("meeting");
    if (meeting.isObject()) {
      says.add(
          "Meeting on %s at %s."
              .formatted(meeting.path("on").asText(), meeting.path("at").asText()));
    }
    says.add(
        agenda.path("completeTo").isTextual()
            ? "Complete to " + agenda.path("completeTo").asText() + "."
            : "Nobody knows yet until when this is complete.");
    says.add("Charter versions: " + words(agenda.path("charters")) + ".");
    return String.join(" ", says);
  }

  /** Marketing's numbers and sales' side by side, then those of both. */
  private void scorecard() {
    heading("Scorecard");
    var marketing = gauges("marketing");
    var sales = gauges("sales");
    var nothing = List.of("", "", "", "");
    table(
        List.of(
            "Marketing", "Last week", "This week", "Why", "Sales", "Last week", "This week", "Why"),
        IntStream.range(0, Math.max(marketing.size(), sales.size()))
            .mapToObj(
                row ->
                    Stream.concat(
                            (row < marketing.size() ? marketing.get(row) : nothing).stream(),
                            (row < sales.size() ? sales.get(row) : nothing).stream())
                        .toList())
            .toList());
    table(List.of("Both", "Last week", "This week", "Why"), gauges("both"));
  }

  private List<List<String>> gauges(String side) {
    return stream(agenda.path("moved"))
        .filter(gauge -> gauge.path("side").asText().equals(side))
        .map(
            gauge ->
                List.of(
                    gauge.path("says").asText(),
                    gauged(gauge, "lastWeek"),
                    gauged(gauge, "thisWeek"),
                    String.join(", ", texts(gauge.path("because")))))
        .toList();
  }

  private static String gauged(JsonNode gauge, String name) {
    var value = gauge.path(name);
    return gauge.path("unit").asText().equals("per-pass") && value.isNumber()
        ? String.format(Locale.ROOT, "%.2f", value.asDouble())
        : value(value);
  }

  private void goals() {
    var rows = new ArrayList<List<String>>();
    goals(agenda.path("goals"), "", rows);
    section(
        "Goals",
        List.of("Goal", "Owned by", "Until", "Target", "Actual", "Pacing", "Forecast", "Outlook"),
        rows,
        "The charter in force has no goals.");
  }

  private static void goals(JsonNode goals, String indent, List<List<String>> into) {
    for (var goal : goals) {
      into.add(
          List.of(
              indent + goal.path("id").asText() + " (" + goal.path("metric").asText() + ")",
              words(goal.path("owners")),
              goal.path("to").asText(),
              value(goal.path("target")),
              value(goal.path("actual")),
              share(goal.path("pacing")),
              value(goal.path("forecast")),
              goal.path("outlook").asText()));
      goals(goal.path("children"), indent + "· ", into);
    }
  }

  private void promises() {
    section(
        "Promises and breaches",
        List.of("Clause", "Owed by", "Met", "Breached", "Excused", "Open", "Kept"),
        stream(agenda.path("promises"))
            .map(
                row ->
                    List.of(
                        row.path("key").path("clause").asText(),
                        row.path("owedBy").asText(),
                        value(row.path("met")),
                        value(row.path("breached")),
                        value(row.path("excused")),
                        value(row.path("open")),
                        share(row.path("attainment"))))
            .toList(),
        "No promise was due.");
    bullets(
        stream(agenda.path("disputes"))
            .map(
                each ->
                    "%s, owed by %s: %d %s"
                        .formatted(
                            each.path("clause").asText(),
                            each.path("owedBy").asText(),
                            each.path("count").asLong(),
                            each.path("state").asText()))
            .toList());
  }

  private void rejections() {
    section(
        "Rejected, by campaign",
        List.of("Campaign", "Rejected", "Of decided", "Reasons"),
        stream(agenda.path("rejections"))
            .map(
                row ->
                    List.of(
                        row.path("campaign").asText("(none)").replace("null", "(none)"),
                        value(row.path("count")),
                        share(row.path("rate")),
                        stream(row.path("reasons"))
                            .sorted(
                                Comparator.comparingLong(reason -> -reason.path("count").asLong()))
                            .map(
                                reason ->
                                    (reason.path("reason").isTextual()
                                            ? reason.path("reason").asText()
                                            : "(no reason)")
                                        + " "
                                        + reason.path("count").asLong())
                            .collect(Collectors.joining(", "))))
            .toList(),
        "Nothing was rejected.");
  }

  private void objections() {
    section(
        "Objections and material",
        List.of("Objection", "This week", "Last week", "Material"),
        stream(agenda.path("objections"))
            .limit(MOST_OBJECTIONS)
            .map(
                row ->
                    List.of(
                        row.path("objection").asText(),
                        value(row.path("thisWeek")),
                        value(row.path("lastWeek")),
                        row.path("covered").asBoolean()
                            ? "there"
                            : row.path("requested").asLong() > 0
                                ? "asked for, not there yet"
                                : "missing, nobody asked"))
            .toList(),
        "None was heard.");
  }

  private void restated() {
    var restated = agenda.path("restated").path("latest");
    long others =
        agenda.path("restated").path("count").asLong() - Math.min(restated.size(), MOST_RESTATED);
    if (!restated.isEmpty()) {
      heading("Told otherwise before");
      bullets(
          Stream.concat(
                  stream(restated).limit(MOST_RESTATED).map(Sheet::restated),
                  others > 0
                      ? Stream.of("and " + others + " others: GET /restatements lists them")
                      : Stream.empty())
              .toList());
    }
  }

  private static String restated(JsonNode each) {
    var number = each.path("number");
    return "%s of %s%s: %s, now %s (%s)"
        .formatted(
            Stream.concat(
                    Stream.of(number.path("metric").asText()),
                    stream(number.path("of")).map(JsonNode::asText))
                .collect(Collectors.joining(" ")),
            number.path("day").asText(),
            stream(number.path("key"))
                .filter(JsonNode::isTextual)
                .map(JsonNode::asText)
                .collect(Collectors.joining(", ", ", ", ""))
                .replaceAll("^, $", ""),
            value(each.path("from")),
            value(each.path("to")),
            each.path("by").isObject()
                ? each.path("by").path("type").asText()
                : each.path("leads").asLong() + " leads at once");
  }

  private void amendments() {
    heading("The charter");
    var items = new ArrayList<String>();
    for (var each : agenda.path("amendments")) {
      items.add(
          "Version %d, in force from %s: %s"
              .formatted(
                  each.path("version").asInt(),
                  each.path("effectiveFrom").asText(),
                  Stream.concat(
                          texts(each.path("changes")).stream().limit(MOST_CHANGES),
                          each.path("changes").size() > MOST_CHANGES
                              ? Stream.of("and more")
                              : Stream.empty())
                      .collect(Collectors.joining("; "))));
    }
    items.add(
        "Proposed versions are those of GET /charters; POST /what-if says what one of them would"
            + " have come to.");
    bullets(items);
  }

  private void decisions() {
    section(
        "Decisions",
        List.of("What", "Who", "Due", "State", "Since"),
        stream(agenda.path("decisions"))
            .map(
                row ->
                    List.of(
                        row.path("text").asText(),
                        row.path("owner").asText(),
                        row.path("due").asText(),
                        row.path("state").asText(),
                        row.path("week").asText()))
            .toList(),
        "None is open.");
  }

  private void attendance() {
    var were = agenda.path("attendance");
    heading("Who is here");
    blocks.add(
        new Paragraph(
            "Marketing: %s   Sales: %s%s"
                .formatted(
                    line(were.path("marketing")),
                    line(were.path("sales")),
                    were.has("complete") && !were.path("complete").asBoolean()
                        ? "   The charter asks for at least %d of marketing and %d of sales."
                            .formatted(
                                were.at("/asked/marketing").asInt(),
                                were.at("/asked/sales").asInt())
                        : "")));
  }

  private static String line(JsonNode names) {
    return names.isEmpty() ? "____________________" : words(names);
  }

  // ---- blocks and words

  private void heading(String text) {
    blocks.add(new Heading(2, text));
  }

  private void section(
      String heading, List<String> header, List<List<String>> rows, String otherwise) {
    heading(heading);
    if (rows.isEmpty()) {
      blocks.add(new Paragraph(otherwise));
    } else {
      table(header, rows);
    }
  }

  private void table(List<String> header, List<List<String>> rows) {
    blocks.add(new Table(header, rows));
  }

  private void bullets(List<String> items) {
    if (!items.isEmpty()) {
      blocks.add(new Bullets(items));
    }
  }

  private static Stream<JsonNode> stream(JsonNode nodes) {
    return StreamSupport.stream(nodes.spliterator(), false);
  }

  private static List<String> texts(JsonNode nodes) {
    return stream(nodes).map(JsonNode::asText).toList();
  }

  private static String words(JsonNode nodes) {
    return nodes.isEmpty() ? NOTHING : String.join(", ", texts(nodes));
  }

  private static String share(JsonNode ratio) {
    return ratio.isNumber()
        ? String.format(Locale.ROOT, "%.1f %%", 100 * ratio.asDouble())
        : NOTHING;
  }

  /** A count, a share, a time or money, whichever it is. */
  private static String value(JsonNode node) {
    if (node.isObject()) {
      return money(node);
    }
    if (node.isTextual()) {
      return time(node.asText());
    }
    if (!node.isNumber()) {
      return NOTHING;
    }
    return node.isIntegralNumber() ? String.format(Locale.ROOT, "%,d", node.asLong()) : share(node);
  }

  private static String money(JsonNode node) {
    return String.format(
        Locale.ROOT,
        "%,.2f %s",
        new BigDecimal(node.path("amount").asText("0")),
        node.path("currency").asText());
  }

  /** The two largest units. */
  private static String time(String iso) {
    if (!iso.startsWith("P") && !iso.startsWith("-P")) {
      return iso;
    }
    var time = Duration.parse(iso);
    if (time.toDays() > 0) {
      return time.toDays() + " d " + time.toHoursPart() + " h";
    }
    return time.toHours() > 0
        ? time.toHours() + " h " + time.toMinutesPart() + " min"
        : time.toMinutes() + " min " + time.toSecondsPart() + " s";
  }
}
