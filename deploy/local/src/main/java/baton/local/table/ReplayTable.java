package baton.local.table;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;

/** What {@code POST /what-if} answers: what happened beside what would have. */
public final class ReplayTable {
  private static final String HAPPENED = "happened";
  private static final String WOULD_HAVE = "wouldHave";

  private ReplayTable() {}

  public static String of(JsonNode result) {
    var text = new StringBuilder();
    text.append(numbers(result)).append('\n');
    if (!result.path("clauses").isEmpty()) {
      text.append(clauses(result.path("clauses"))).append('\n');
    }
    if (!result.path("periods").isEmpty()) {
      text.append(periods(result.path("periods"))).append('\n');
    }
    if (!result.path("load").path("sellers").isEmpty()) {
      text.append(load(result.path("load").path("sellers"))).append('\n');
    }
    text.append("What a replay can't know:\n");
    result.path("limits").forEach(limit -> text.append("- ").append(limit.asText()).append('\n'));
    text.append("\ncomplete to ").append(result.path("completeTo").asText()).append('\n');
    return text.toString();
  }

  /** In short, for a meeting that has more to look at. */
  public static String inShort(int version, JsonNode result) {
    var table = new Table(1, List.of("under version " + version, "happened", "would have"));
    both(table, "MQLs", result.path("mqls"), side -> Cells.count(side.path("leads")));
    both(
        table,
        "accepted of decided %",
        result.path("acceptance"),
        side -> Cells.percent(side.path("acceptance")));
    for (var clause : result.path("clauses")) {
      both(
          table,
          clause.path("clause").asText() + " broken by " + clause.path("owedBy").asText(),
          clause,
          side -> Cells.count(side.path("breached")));
    }
    return table.text();
  }

  private static void both(
      Table table, String name, JsonNode both, Function<JsonNode, String> cell) {
    table.row(List.of(name, cell.apply(both.path(HAPPENED)), cell.apply(both.path(WOULD_HAVE))));
  }

  private static String numbers(JsonNode result) {
    var table = new Table(1, List.of("", "happened", "would have", "change"));
    var mqls = result.path("mqls");
    counts(table, "leads that were MQLs", mqls, "leads");
    counts(table, "MQLs, each pass", mqls, "passes");
    table.row(List.of("  as they were", "", Cells.count(mqls.path("kept")), ""));
    table.row(List.of("  no longer", "", "", signed(-mqls.path("lost").asLong())));
    table.row(List.of("  new", "", "", signed(mqls.path("gained").asLong())));
    for (var persona : mqls.path("byPersona")) {
      row(
          table,
          "  persona " + persona.path("persona").asText("(none)"),
          persona.path(HAPPENED),
          persona.path(WOULD_HAVE));
    }
    for (var tier : mqls.path("byTier")) {
      row(
          table,
          "  tier " + tier.path("tier").asText("(none)"),
          tier.path(HAPPENED),
          tier.path(WOULD_HAVE));
    }
    var acceptance = result.path("acceptance");
    counts(table, "accepted", acceptance, "accepted");
    counts(table, "of decided", acceptance, "decided");
    table.row(
        List.of(
            "acceptance %",
            Cells.percent(acceptance.path(HAPPENED).path("acceptance")),
            Cells.percent(acceptance.path(WOULD_HAVE).path("acceptance")),
            ""));
    return table.text();
  }

  private static void counts(Table table, String name, JsonNode both, String count) {
    row(table, name, both.path(HAPPENED).path(count), both.path(WOULD_HAVE).path(count));
  }

  private static void row(Table table, String name, JsonNode happened, JsonNode would) {
    table.row(
        List.of(
            name,
            Cells.count(happened),
            Cells.count(would),
            signed(would.asLong() - happened.asLong())));
  }

  private static String signed(long change) {
    return change == 0 ? "" : String.format(Locale.ROOT, "%+,d", change);
  }

  private static String clauses(JsonNode clauses) {
    var table =
        new Table(
            2,
            List.of(
                "clause",
                "owed by",
                "met",
                "would",
                "breached",
                "would",
                "open",
                "would",
                "kept %",
                "would"));
    for (var clause : clauses) {
      var was = clause.path(HAPPENED);
      var would = clause.path(WOULD_HAVE);
      table.row(
          List.of(
              clause.path("clause").asText(),
              clause.path("owedBy").asText(),
              Cells.count(was.path("met")),
              Cells.count(would.path("met")),
              Cells.count(was.path("breached")),
              Cells.count(would.path("breached")),
              Cells.count(was.path("open")),
              Cells.count(would.path("open")),
              Cells.percent(was.path("attainment")),
              Cells.percent(would.path("attainment"))));
    }
    return table.text();
  }

  private static String periods(JsonNode periods) {
    var table =
        new Table(
            2, List.of("clause", "from", "counted", "would", "of", "would", "verdict", "would"));
    for (var period : periods) {
      var was = period.path(HAPPENED);
      var would = period.path(WOULD_HAVE);
      table.row(
          List.of(
              period.path("clause").asText(),
              period.path("from").asText(),
              Cells.count(was.path("counted")),
              Cells.count(would.path("counted")),
              Cells.count(was.path("of")),
              Cells.count(would.path("of")),
              was.path("verdict").asText(),
              would.path("verdict").asText()));
    }
    return table.text();
  }

  private static String load(JsonNode sellers) {
    var table =
        new Table(1, List.of("seller", "handoffs", "would", "most open at a time", "would"));
    for (var seller : sellers) {
      table.row(
          List.of(
              seller.path("seller").asText(),
              Cells.count(seller.path(HAPPENED).path("handoffs")),
              Cells.count(seller.path(WOULD_HAVE).path("handoffs")),
              Cells.count(seller.path(HAPPENED).path("peakOpen")),
              Cells.count(seller.path(WOULD_HAVE).path("peakOpen"))));
    }
    return table.text();
  }
}
