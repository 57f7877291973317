package baton.chassis.database;

import java.util.Collection;
import java.util.function.Function;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/** Rows turned into columns, as {@code unnest} takes them: one statement for however many rows. */
public final class Columns {
  private Columns() {}

  public static <T, C> C[] column(
      Collection<T> rows, Function<T, @Nullable C> value, IntFunction<C[]> array) {
    return rows.stream().map(value).toArray(array);
  }
}
