package baton.local.audit;

import baton.charter.print.Block;
import baton.local.table.Table;
import java.util.List;
import java.util.stream.Collectors;

/** Pages as a terminal shows them. */
public final class Terminal {
  private static final int WIDTH = 100;
  private static final String BULLET = "• ";

  private Terminal() {}

  public static String text(List<Block> blocks) {
    return blocks.stream().map(Terminal::text).collect(Collectors.joining("\n"));
  }

  private static String text(Block block) {
    return switch (block) {
      case Block.Heading(var level, var text) ->
          text + "\n" + (level == 1 ? "═" : "─").repeat(text.length()) + "\n";
      case Block.Paragraph(var text) -> wrapped(text, "") + "\n";
      case Block.Bullets(var items) ->
          items.stream()
              .map(item -> BULLET + wrapped(item, " ".repeat(BULLET.length())) + "\n")
              .collect(Collectors.joining());
      case Block.Table(var header, var rows) -> {
        var table = new Table(1, header);
        rows.forEach(table::row);
        yield table.text();
      }
    };
  }

  private static String wrapped(String text, String indent) {
    var lines = new StringBuilder();
    int column = indent.length();
    for (var word : text.split(" ")) {
      if (column > indent.length() && column + 1 + word.length() > WIDTH) {
        lines.append('\n').append(indent);
        column = indent.length();
      } else if (column > indent.length()) {
        lines.append(' ');
        column++;
      }
      lines.append(word);
      column += word.length();
    }
    return lines.toString();
  }
}
