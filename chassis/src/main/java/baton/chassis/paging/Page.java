package baton.chassis.paging;

import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** One page of a list; {@code next} is the cursor of the page after it, null on the last. */
public record Page<T>(List<T> items, @Nullable String next) {
  public Page {
    items = List.copyOf(items);
  }

  /**
   * The page that begins what was found: whoever looks for one more than fits knows whether it is
   * the last.
   *
   * @param found one more than {@code size} where there is more
   * @param cursor of what comes after an item
   */
  public static <F, T> Page<T> of(
      List<F> found, int size, Function<F, T> shown, Function<F, String> cursor) {
    var fits = found.subList(0, Math.min(size, found.size()));
    return new Page<>(
        fits.stream().map(shown).toList(),
        found.size() > size ? cursor.apply(fits.getLast()) : null);
  }

  /** The same, of what is shown as it was found. */
  public static <T> Page<T> of(List<T> found, int size, Function<T, String> cursor) {
    return of(found, size, Function.identity(), cursor);
  }
}
