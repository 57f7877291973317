package baton.infrastructure;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.ref.Reference;
import java.util.List;

/**
 * Ends servers and removes their folder when this JVM is gone, however it went: a shell waits on a
 * pipe that only this JVM holds open. A shutdown hook would miss a kill -9, and could find its
 * class loader closed.
 */
final class Watch {
  private static final String SCRIPT =
      """
      trap '' INT TERM HUP
      cat > /dev/null
      kill -QUIT $1 2> /dev/null
      kill -KILL $2 2> /dev/null
      for i in 1 2 3 4 5; do rm -rf "$3" && exit 0; sleep 1; done
      """;

  private Watch() {}

  static void over(PostgresProcess postgres, KafkaProcess kafka, TestFolder folder) {
    try {
      var shell =
          new ProcessBuilder(
                  List.of(
                      "sh",
                      "-c",
                      SCRIPT,
                      "baton-watch",
                      Long.toString(postgres.pid()),
                      Long.toString(kafka.pid()),
                      folder.path().toString()))
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .redirectError(ProcessBuilder.Redirect.DISCARD)
              .start();
      Thread.ofPlatform()
          .daemon()
          .name("baton-infrastructure")
          .start(() -> holdOpen(shell, folder));
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }

  /** The pipe and the folder's lock would be closed if they became garbage. */
  private static void holdOpen(Process shell, TestFolder folder) {
    try {
      shell.waitFor();
    } catch (InterruptedException ending) {
      Thread.currentThread().interrupt();
    }
    Reference.reachabilityFence(shell);
    Reference.reachabilityFence(folder);
  }
}
