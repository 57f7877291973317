package baton.bench;

import java.nio.file.Path;
import java.util.function.Consumer;

/**
 * How thoroughly to measure, and where.
 *
 * @param repetitions how often reference, ours, reference is run
 * @param brief a tenth of the work: shows that a bench runs, and proves nothing
 * @param folder for whatever a bench needs to keep while it runs
 * @param news who is told how far it is
 */
public record Setting(int repetitions, boolean brief, Path folder, Consumer<String> news) {

  /** This much, or a tenth of it when brief. */
  public int scaled(int much) {
    return brief ? Math.max(1, much / 10) : much;
  }
}
