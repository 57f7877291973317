package baton.lead.dossier.postgres;

import java.util.Arrays;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Rows given as one array a column. Unnested side by side, since unnest in FROM first keeps every
 * column apart, which costs three times as much; what an array lacks at its end is null.
 *
 * @param columns each with its type, as in {@code uuid id, text stage}; a numeric is given as text
 */
record Given(String columns) {

  /** The rows as a table of this name, the first column being this parameter. */
  String from(int first) {
    var each = columns.strip().split(",\\s*", -1);
    return IntStream.range(0, each.length)
        .mapToObj(n -> column(each[n], first + n))
        .collect(Collectors.joining(", ", "(SELECT ", ") AS given"));
  }

  String names() {
    return Arrays.stream(columns.strip().split(",\\s*", -1))
        .map(column -> column.split(" ", -1)[1])
        .collect(Collectors.joining(", "));
  }

  /** Inserts the rows as they are. */
  String into(String table) {
    return "INSERT INTO " + table + " (" + names() + ") SELECT * FROM " + from(1);
  }

  private static String column(String column, int parameter) {
    var typeAndName = column.split(" ", -1);
    return typeAndName[0].equals("numeric")
        ? "unnest($" + parameter + "::text[])::numeric AS " + typeAndName[1]
        : "unnest($" + parameter + "::" + typeAndName[0] + "[]) AS " + typeAndName[1];
  }
}
