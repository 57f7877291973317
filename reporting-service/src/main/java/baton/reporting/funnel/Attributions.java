package baton.reporting.funnel;

import baton.reporting.attribution.Terms;
import io.smallrye.mutiny.Uni;

/** Where attributions are read from. */
public interface Attributions {

  /** Fails with {@link TooManyKeys} where a chain can't be solved in good time. */
  Uni<Attribution> answer(Question question, Terms terms);

  /** A chain of more keys than can be solved in good time. */
  final class TooManyKeys extends RuntimeException {
    private static final long serialVersionUID = 1;

    public TooManyKeys() {
      super("a chain of too many keys", null, false, false);
    }
  }
}
