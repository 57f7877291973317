package baton.reporting.funnel;

import io.smallrye.mutiny.Uni;

/** Where funnels are read from. */
public interface Funnels {
  Uni<Funnel> answer(Question question);

  /**
   * How many leads are captured and stand nowhere, stand somewhere uncaptured, or are missing from
   * their days: 0, or something is broken.
   */
  Uni<Long> unconserved();
}
