package baton.chassis.paging;

import baton.chassis.problem.Problem;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** An entity tag per revision, so that who changes a thing has read its latest form. */
public final class ETags {
  private ETags() {}

  public static String of(long revision) {
    return "\"" + revision + "\"";
  }

  /** Refuses a change by who sends no If-Match, or that of another revision. */
  public static void match(@Nullable String ifMatch, long revision) {
    if (ifMatch == null || ifMatch.isBlank()) {
      throw Problem.preconditionRequired();
    }
    var tag = of(revision);
    if (Arrays.stream(ifMatch.split(",", -1))
        .map(String::strip)
        .noneMatch(given -> given.equals(tag) || given.equals("*"))) {
      throw Problem.stale();
    }
  }
}
