package baton.charter.print;

import static baton.charter.print.Html.escaped;

import baton.charter.Agreement;
import baton.charter.print.Block.Bullets;
import baton.charter.print.Block.Heading;
import baton.charter.print.Block.Paragraph;
import baton.charter.print.Block.Table;
import java.util.List;
import java.util.stream.Collectors;

/**
 * A charter, and whatever else both sides read together, as a person reads it. Whatever it says is
 * escaped, so that no text becomes markup.
 */
public final class Pages {
  private static final String STYLE =
      "@page{size:A4;margin:14mm}body{font:10pt/1.35"
          + " system-ui,sans-serif;color:#111;max-width:52rem;margin:1rem auto;padding:0"
          + " 1rem}h1{font-size:1.5em;margin:0 0 .3em}h2{font-size:1.1em;margin:1em 0"
          + " .3em;border-bottom:1px solid #999}p,ul{margin:.3em"
          + " 0}ul{padding-left:1.2em}table{border-collapse:collapse;width:100%}th,td{text-align:left;vertical-align:top;padding:.15em"
          + " .6em .15em 0;border-bottom:1px solid #ddd}@media"
          + " print{body{font-size:8.5pt;margin:0;max-width:none;padding:0}h2{break-after:avoid}"
          + "tr,li{break-inside:avoid}}";

  private Pages() {}

  public static String markdown(Agreement agreement) {
    return markdown(Contents.of(agreement));
  }

  public static String markdown(List<Block> blocks) {
    return blocks.stream().map(Pages::markdown).collect(Collectors.joining("\n\n", "", "\n"));
  }

  public static String html(Agreement agreement) {
    return html(agreement.terms().name(), Contents.of(agreement));
  }

  public static String html(String title, List<Block> blocks) {
    return blocks.stream()
        .map(Pages::html)
        .collect(
            Collectors.joining(
                "\n",
                "<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n<title>"
                    + escaped(title)
                    + "</title>\n<style>"
                    + STYLE
                    + "</style>\n</head>\n<body>\n",
                "\n</body>\n</html>\n"));
  }

  private static String markdown(Block block) {
    return switch (block) {
      case Heading(var level, var text) -> "#".repeat(level) + " " + plain(text);
      case Paragraph(var text) -> plain(text);
      case Bullets(var items) ->
          items.stream().map(item -> "- " + plain(item)).collect(Collectors.joining("\n"));
      case Table(var header, var rows) ->
          row(header)
              + "\n"
              + header.stream().map(_ -> "---").collect(Collectors.joining(" | ", "| ", " |"))
              + rows.stream().map(row -> "\n" + row(row)).collect(Collectors.joining());
    };
  }

  private static String row(List<String> cells) {
    return cells.stream().map(Pages::plain).collect(Collectors.joining(" | ", "| ", " |"));
  }

  private static String plain(String text) {
    return text.replaceAll("\\s+", " ").replaceAll("([\\\\`*_\\[\\]<>|#&])", "\\\\$1");
  }

  private static String html(Block block) {
    return switch (block) {
      case Heading(var level, var text) -> "<h" + level + ">" + escaped(text) + "</h" + level + ">";
      case Paragraph(var text) -> "<p>" + escaped(text) + "</p>";
      case Bullets(var items) ->
          items.stream()
              .map(item -> "<li>" + escaped(item) + "</li>")
              .collect(Collectors.joining("", "<ul>", "</ul>"));
      case Table(var header, var rows) ->
          "<table><thead>"
              + cells(header, "th")
              + "</thead><tbody>"
              + rows.stream().map(row -> cells(row, "td")).collect(Collectors.joining())
              + "</tbody></table>";
    };
  }

  private static String cells(List<String> row, String tag) {
    return row.stream()
        .map(cell -> "<" + tag + ">" + escaped(cell) + "</" + tag + ">")
        .collect(Collectors.joining("", "<tr>", "</tr>"));
  }
}
