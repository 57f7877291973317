package baton.reporting.funnel;

import io.smallrye.mutiny.Uni;

/** Where the sums of reports are read from. */
public interface Reports {

  /** All of it as of one moment. */
  Uni<Report> answer(Question question, Numbers numbers);

  /**
   * How many leads are captured and stand nowhere, stand somewhere uncaptured, or are missing from
   * their days: 0, or something is broken.
   */
  Uni<Long> unconserved();
}
