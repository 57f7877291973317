package baton.chassis.command;

import baton.chassis.problem.Problem;
import java.util.UUID;
import java.util.function.Supplier;

/** An id in a path. What can't be one is nobody's: it isn't there, rather than malformed. */
public final class PathId {
  private PathId() {}

  public static UUID of(String text, Supplier<Problem> unknown) {
    try {
      return UUID.fromString(text);
    } catch (IllegalArgumentException noId) {
      throw unknown.get();
    }
  }
}
