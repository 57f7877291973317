package baton.local.table;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Columns as wide as what stands in them; text to the left, numbers to the right. */
public final class Table {
  private final List<String> header;
  private final List<List<String>> rows = new ArrayList<>();
  private final int leftColumns;

  /** The first {@code leftColumns} columns hold text, the others numbers. */
  public Table(int leftColumns, List<String> header) {
    this.leftColumns = leftColumns;
    this.header = List.copyOf(header);
  }

  public Table row(List<String> cells) {
    rows.add(List.copyOf(cells));
    return this;
  }

  public String text() {
    var widths =
        IntStream.range(0, header.size())
            .map(
                column ->
                    Math.max(
                        width(header.get(column)),
                        rows.stream().mapToInt(row -> width(row.get(column))).max().orElse(0)))
            .toArray();
    var lines = new ArrayList<String>();
    lines.add(line(header, widths));
    lines.add(IntStream.of(widths).mapToObj("─"::repeat).collect(Collectors.joining("──")));
    rows.forEach(row -> lines.add(line(row, widths)));
    return lines.stream().map(line -> line + "\n").collect(Collectors.joining());
  }

  private String line(List<String> cells, int[] widths) {
    return IntStream.range(0, widths.length)
        .mapToObj(
            column -> {
              var cell = cells.get(column);
              var padding = " ".repeat(widths[column] - width(cell));
              return column < leftColumns ? cell + padding : padding + cell;
            })
        .collect(Collectors.joining("  "))
        .stripTrailing();
  }

  private static int width(String cell) {
    return cell.codePointCount(0, cell.length());
  }
}
