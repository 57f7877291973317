package baton.infrastructure;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A process that did not come up; the message names its log and ends with its last lines. */
public final class NotStarted extends RuntimeException {
  private static final long serialVersionUID = 1;
  private static final int LAST_LINES = 15;

  NotStarted(String what, Path log) {
    super(what + "; its log is " + log + "\n" + end(log));
  }

  static String end(Path log) {
    try {
      var lines = Files.readAllLines(log);
      return String.join("\n", lines.subList(Math.max(0, lines.size() - LAST_LINES), lines.size()));
    } catch (IOException unreadable) {
      return "";
    }
  }
}
