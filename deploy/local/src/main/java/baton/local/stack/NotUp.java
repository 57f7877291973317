package baton.local.stack;

import java.nio.file.Path;

/** A part that didn't come up, and the log that says why. */
public final class NotUp extends RuntimeException {
  private static final long serialVersionUID = 1;

  NotUp(String what, Path log) {
    super(what + "; its log is " + log, null, false, false);
  }

  NotUp(String what) {
    super(what, null, false, false);
  }
}
