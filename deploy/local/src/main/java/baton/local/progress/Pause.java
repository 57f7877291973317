package baton.local.demo;

import java.time.Duration;
import java.util.concurrent.TimeUnit;

/** A while in which nothing is done. */
final class Pause {
  private Pause() {}

  /** Fails where the thread is told to end meanwhile. */
  static void of(Duration time) {
    try {
      TimeUnit.MILLISECONDS.sleep(time.toMillis());
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(interrupted);
    }
  }
}
