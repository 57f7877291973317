package baton.chassis.command;

import baton.chassis.problem.Problem;
import java.util.UUID;
import java.util.function.Supplier;

/**
 * An id or a number in a path. What can't be one is nobody's: it isn't there, rather than
 * malformed.
 */
public final class PathId {
  private PathId() {}

  public static long number(String text, Supplier<Problem> unknown) {
    if (!text.matches("\\d{1,18}")) {
      throw unknown.get();
    }
    return Long.parseLong(text);
  }

  public static UUID of(String text, Supplier<Problem> unknown) {
    try {
      return UUID.fromString(text);
    } catch (IllegalArgumentException noId) {
      throw unknown.get();
    }
  }
}
