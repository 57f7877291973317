package baton.local.progress;

import java.time.Duration;
import java.util.concurrent.TimeUnit;

/** A while in which nothing is done. */
public final class Pause {
  private Pause() {}

  /** Fails where the thread is told to end meanwhile. */
  public static void of(Duration time) {
    try {
      TimeUnit.MILLISECONDS.sleep(time.toMillis());
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(interrupted);
    }
  }
}
