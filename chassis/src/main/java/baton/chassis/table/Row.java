package baton.chassis.table;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One row of a file.
 *
 * @param line where it begins, counted from 1
 * @param cells of a row at fault the whole line, or as much of it as fits, is the only one
 * @param fault why it can't be taken apart; null where it can
 */
public record Row(long line, List<String> cells, @Nullable String fault) {
  public Row {
    cells = List.copyOf(cells);
  }
}
